import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import sweepCodeGuards from '#app/flows/codes/sweep-code-guards.ts';
import readStoreCodes from '#app/flows/codes/read-store-codes.ts';
import type { Platform } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { codeDesk, fiveOff } from './code-store.ts';

/** which shops' stores were spoken with */
let reached: ShopId[] = [];
const tell = ({ shopId }: { shopId: ShopId }) => reached.push(shopId);
/** As much of an adapter as the two jobs need. */
const platform = {
  capabilitiesOf: () => ({ discountEngine: 'function' }),
  readStoreCodes: (ref: { shopId: ShopId }) => {
    tell(ref);
    return Promise.resolve([]);
  },
  publishCodeGuard: (ref: { shopId: ShopId }) => {
    tell(ref);
    return Promise.resolve();
  },
} as unknown as Platform;

let made: TestServices;
/** one on each side of the broken one, whichever comes first */
let shops: readonly [ShopId, ShopId, ShopId];
let broken: ShopId;
beforeAll(async () => {
  made = await createTestServices({ platforms: () => ({ shopify: platform, woocommerce: null }) });
  const ids: ShopId[] = [];
  for (const domain of ['a', 'b', 'c']) {
    const shopId = await insertShop(made.database, { domain: `${domain}.myshopify.com` });
    ids.push(shopId);
    await codeDesk(made, shopId).issue(fiveOff);
  }
  const [first, second, third] = ids.sort();
  if (!first || !second || !third) throw new Error('three are needed');
  shops = [first, second, third];
  broken = first;
  await made.services.db.inShop(
    broken,
    ({ tx }) => tx.$executeRaw`
      UPDATE shop SET platform_state = '{"clockSkewMs": 1e300}' WHERE id = ${broken}::uuid`,
  );
});
afterAll(() => made.dispose());
beforeEach(() => {
  reached = [];
});

const context = () => ({
  services: made.services,
  attempt: 1,
  lastAttempt: true,
  signal: new AbortController().signal,
});

test.each([
  ['reads the codes', readStoreCodes, 'the codes of 1 shops could not be looked after'],
  ['guards the codes', sweepCodeGuards, 'the codes of 1 shops could not be guarded'],
])(
  'a shop that cannot be read keeps no other from what %s, and the job says that it failed',
  async (_what, job, says) => {
    await expect(made.services.db.inShop(broken, readShop)).rejects.toThrow('clockSkewMs');
    await expect(job({}, context())).rejects.toThrow(says);
    expect(reached.sort()).toEqual(shops.slice(1));
  },
);

test.each([
  ['a number that is none', { clockSkewMs: Number.NaN }, 'clockSkewMs'],
  ['a number beyond the whole ones', { clockSkewMs: 1e300 }, 'clockSkewMs'],
  [
    'a year of five digits',
    { clockSetBack: { from: '2026-01-01T00:00:00.000Z', until: new Date(9e14).toISOString() } },
    'clockSetBack.until',
  ],
])('%s is refused before it is written, and the shop stays readable', async (_what, change, where) => {
  const { db } = made.services;
  const [, shopId] = shops;
  const before = await db.inShop(shopId, readShop);
  await expect(db.inShop(shopId, (scope) => mergePlatformState(scope, change))).rejects.toThrow(where);
  expect((await db.inShop(shopId, readShop)).platformState).toEqual(before.platformState);
});
