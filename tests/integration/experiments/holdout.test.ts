import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  armOf,
  currentHoldout,
  experimentResult,
  recordSightings,
  setHoldout,
} from '#app/domains/experiments/index.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

const start = new Date('2026-10-01T00:00:00Z');
const seen = new Date('2026-10-05T00:00:00Z');
const now = new Date('2026-11-01T00:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const set = (shopId: ShopId, holdoutBps: number, at: Date) =>
  database.db.inShop(shopId, (scope) => setHoldout(scope, { holdoutBps, freshSalt: randomUUID(), now: at }));
const result = (shopId: ShopId) => database.db.inShop(shopId, (scope) => experimentResult(scope, now));
const sight = (shopId: ShopId, visitorIds: readonly VisitorId[], at = seen) =>
  database.db.asSystem((scope) =>
    recordSightings(
      scope,
      visitorIds.map((visitorId) => ({ shopId, visitorId, productId: null, at })),
    ),
  );

async function order(
  shopId: ShopId,
  visitorId: string,
  values: Partial<{
    placedAt: Date;
    totalMinor: number;
    refundedMinor: number;
    cancelledAt: Date;
    test: boolean;
    currency: string;
  }> = {},
) {
  await database.db.inShop(shopId, ({ tx }) =>
    tx.order.create({
      data: {
        shopId,
        id: randomUUID(),
        placedAt: now,
        platformUpdatedAt: now,
        currency: 'USD',
        subtotalMinor: 1000,
        discountMinor: 0,
        totalMinor: 1000,
        visitorId,
        ...values,
        ...(values.placedAt ? {} : { placedAt: new Date('2026-10-10T00:00:00Z') }),
      },
    }),
  );
}

function visitors(count: number): VisitorId[] {
  return Array.from({ length: count }, () => randomUUID() as VisitorId);
}

describe('the holdout of a shop', () => {
  it('starts once however often and however parallel it is set, and refuses a share above half', async () => {
    const shopId = await insertShop(database);
    expect(await result(shopId)).toEqual({ status: 'off' });
    await Promise.all([set(shopId, 500, start), set(shopId, 500, start), set(shopId, 500, start)]);
    expect(await database.db.inShop(shopId, ({ tx }) => tx.experiment.count())).toBe(1);
    expect(await set(shopId, 5001, start)).toMatchObject({ ok: false, code: 'share-out-of-range' });
  });

  it('counts afresh with the same salt when the share changes', async () => {
    const shopId = await insertShop(database);
    const before = await set(shopId, 500, start);
    await sight(shopId, visitors(10));
    const after = await set(shopId, 1000, new Date('2026-10-20T00:00:00Z'));
    if (!before.ok || !after.ok) throw new Error('refused');
    expect(after.value.experiment.salt).toBe(before.value.experiment.salt);
    expect(await result(shopId)).toMatchObject({
      status: 'not-enough-data',
      treatment: { visitors: 0 },
      holdout: { visitors: 0 },
    });
  });

  it('keeps the first exposure, also when an older sighting arrives later', async () => {
    const shopId = await insertShop(database);
    await set(shopId, 500, start);
    const [visitor] = visitors(1) as [VisitorId];
    const older = new Date('2026-10-03T00:00:00Z');
    await sight(shopId, [visitor]);
    await sight(shopId, [visitor], older);
    await sight(shopId, [visitor], now);
    const rows = await database.db.inShop(shopId, ({ tx }) => tx.exposure.findMany());
    expect(rows.map((row) => row.firstSeenAt)).toEqual([older]);
  });

  it('sums what each arm’s visitors paid after they were first seen', async () => {
    const shopId = await insertShop(database);
    await set(shopId, 5000, start);
    const experiment = await database.db.inShop(shopId, currentHoldout);
    if (!experiment) throw new Error('no experiment');
    const people = visitors(400);
    await sight(shopId, people);
    const treated = people.filter((id) => armOf(id, experiment) === 'treatment');
    const held = people.filter((id) => armOf(id, experiment) === 'holdout');
    const [buyer, other, cancelled, tester, foreigner, early] = treated as [
      VisitorId,
      VisitorId,
      VisitorId,
      VisitorId,
      VisitorId,
      VisitorId,
    ];
    await order(shopId, buyer, { totalMinor: 5000, refundedMinor: 1000 });
    await order(shopId, buyer, { totalMinor: 300 });
    await order(shopId, other, { totalMinor: 1000, refundedMinor: 1000 });
    await order(shopId, cancelled, { cancelledAt: now });
    await order(shopId, tester, { test: true });
    await order(shopId, foreigner, { currency: 'JPY' });
    await order(shopId, early, { placedAt: new Date('2026-10-04T00:00:00Z') });
    await order(shopId, held[0] ?? '', { totalMinor: 700 });
    await order(shopId, randomUUID(), { totalMinor: 9999 });
    expect(await result(shopId)).toMatchObject({
      status: 'not-enough-data',
      treatment: { visitors: treated.length, buyers: 1, revenueMinor: 4300 },
      holdout: { visitors: held.length, buyers: 1, revenueMinor: 700 },
      sampleRatio: { matches: true },
    });
  });

  it('shows nothing of another shop', async () => {
    const [mine, other] = [await insertShop(database), await insertShop(database)];
    await set(mine, 500, start);
    await set(other, 500, start);
    await sight(other, visitors(20));
    expect(await result(mine)).toMatchObject({ treatment: { visitors: 0 }, holdout: { visitors: 0 } });
  });
});
