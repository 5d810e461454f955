import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  bindVisitors,
  ensureAdvocate,
  findAdvocateByCode,
  forgetOldBindings,
  renewCode,
} from '#app/domains/referrals/index.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-01T12:00:00Z');
const drawing = { now, random: randomBytes };
let made: TestServices;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

it('a code that is renewed twice at the same time leaves every code with its owner', async () => {
  const shopId = await insertShop(made.database);
  const { db } = made.services;
  const { id, code } = await db.inShop(shopId, (scope) => ensureAdvocate(scope, 'anna', drawing));
  const second = Promise.withResolvers<string | undefined>();
  const first = await db.inShop(shopId, async (scope) => {
    const renewed = await renewCode(scope, id, drawing);
    // Begins before the first is committed, and cannot end before.
    const other = db.inShop(shopId, async (theirs) => (await renewCode(theirs, id, drawing))?.code);
    second.resolve(other);
    await waitFor(async () => {
      const { rows } = await made.database.db.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    }, 'the second to wait for the first');
    return renewed?.code;
  });
  const last = await second.promise;
  for (const text of [code, first, last]) {
    const owner = await db.inShop(shopId, (scope) => findAdvocateByCode(scope, text ?? ''));
    expect(owner?.id).toBe(id);
  }
});

it('by whose link a visitor came is forgotten when no link of that time counts any more', async () => {
  const shopId = await insertShop(made.database);
  const { db } = made.services;
  const before = new Date('2026-01-01T00:00:00Z');
  await db.inShop(shopId, async (scope) => {
    const { id } = await ensureAdvocate(scope, 'anna', drawing);
    await bindVisitors(scope, ['long-ago'], id, new Date(before.getTime() - 1));
    await bindVisitors(scope, ['c:ben'], id, before);
  });
  await db.asSystem((scope) => forgetOldBindings(scope, before));
  const left = await db.inShop(shopId, ({ tx }) => tx.referralBinding.findMany({ where: { shopId } }));
  expect(left.map(({ visitor }) => visitor)).toEqual(['c:ben']);
});
