import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeNumbers } from '#app/flows/home-numbers.ts';
import { setHoldout } from '#app/domains/experiments/index.ts';
import { createMemoryCache } from '#app/infra/memory-cache.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

// 09:00 on 4 November in New York; the clocks went back on the first.
const now = new Date('2026-11-04T14:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const clock = { now: () => now };
const numbers = (shopId: ShopId) =>
  homeNumbers({ db: database.db, clock, cache: createMemoryCache(clock) }, shopId, { days: 7 });

interface Line {
  quantity?: number;
  unitPriceMinor?: number;
  discountMinor?: number;
  refundedQuantity?: number;
  bundleId?: string;
  source?: string;
}
async function order(shopId: ShopId, placedAt: string, totalMinor: number, lines: Line[] = [], values: object = {}) {
  const id = randomUUID();
  await database.db.inShop(shopId, async ({ tx }) => {
    await tx.order.create({
      data: {
        shopId,
        id,
        placedAt: new Date(placedAt),
        platformUpdatedAt: now,
        currency: 'USD',
        subtotalMinor: totalMinor,
        discountMinor: 0,
        totalMinor,
        ...values,
      },
    });
    await tx.orderLine.createMany({
      data: lines.map((line, index) => ({
        shopId,
        orderId: id,
        id: String(index),
        quantity: 1,
        unitPriceMinor: 1000,
        ...line,
      })),
    });
  });
}

describe('home numbers', () => {
  it('are zeros on every day of a new shop', async () => {
    const shopId = await insertShop(database);
    const result = await numbers(shopId);
    expect(result.days).toHaveLength(7);
    expect(result.totals).toEqual({
      orders: 0,
      revenueMinor: 0,
      averageOrderMinor: null,
      trellisOrders: 0,
      trellisRevenueMinor: 0,
    });
    expect(result).toMatchObject({
      bundles: [],
      suggestions: { impressions: 0, clicks: 0, bought: 0 },
      experiment: { status: 'off' },
    });
  });

  it('put each order on its local day, with 25-hour days, and compare with the days before', async () => {
    const shopId = await insertShop(database, { timeZone: 'America/New_York' });
    await order(shopId, '2026-11-04T04:59:59Z', 100); // 3 November, 23:59:59
    await order(shopId, '2026-11-04T05:00:00Z', 200); // 4 November, midnight
    await order(shopId, '2026-10-29T04:00:00Z', 400); // 29 October, midnight in summer time
    await order(shopId, '2026-10-29T03:59:59Z', 800); // 28 October: the span before
    await order(shopId, '2026-11-04T14:00:00Z', 1600); // not before now
    const result = await numbers(shopId);
    expect(result.days.map((day) => [day.day, day.revenueMinor])).toEqual([
      ['2026-10-29', 400],
      ['2026-10-30', 0],
      ['2026-10-31', 0],
      ['2026-11-01', 0],
      ['2026-11-02', 0],
      ['2026-11-03', 100],
      ['2026-11-04', 200],
    ]);
    expect([result.totals.revenueMinor, result.previous.revenueMinor]).toEqual([700, 800]);
  });

  it('take refunds off and leave out cancelled, test and foreign orders', async () => {
    const shopId = await insertShop(database);
    await order(shopId, '2026-11-03T12:00:00Z', 5000, [], { refundedMinor: 1500 });
    await order(shopId, '2026-11-03T12:00:00Z', 1001);
    await order(shopId, '2026-11-03T12:00:00Z', 9999, [], { cancelledAt: now });
    await order(shopId, '2026-11-03T12:00:00Z', 9999, [], { test: true });
    await order(shopId, '2026-11-03T12:00:00Z', 9999, [], { currency: 'JPY' });
    expect((await numbers(shopId)).totals).toMatchObject({ orders: 2, revenueMinor: 4501, averageOrderMinor: 2251 });
  });

  it('credit only the lines that Trellis brought, without their refunded units, and name the bundles', async () => {
    const shopId = await insertShop(database);
    const bundleId = randomUUID();
    await database.db.inShop(shopId, ({ tx }) =>
      tx.bundle.create({
        data: {
          shopId,
          id: bundleId,
          title: 'Starter set',
          kind: 'fixed',
          discountType: 'percentage',
          discountValue: 1000,
          updatedAt: now,
        },
      }),
    );
    await order(shopId, '2026-11-03T12:00:00Z', 9000, [
      { quantity: 3, discountMinor: 300, refundedQuantity: 1, bundleId, source: 'bundle' }, // 2700 · 2/3
      { source: 'together' },
      { quantity: 2, refundedQuantity: 2, source: 'cart' },
      {},
      { source: '' },
    ]);
    await order(shopId, '2026-11-03T13:00:00Z', 1000, [{}]);
    const result = await numbers(shopId);
    expect(result.totals).toMatchObject({ orders: 2, trellisOrders: 1, trellisRevenueMinor: 2800 });
    expect(result.bundles).toEqual([{ bundleId, title: 'Starter set', orders: 1, revenueMinor: 1800 }]);
    expect(result.suggestions.bought).toBe(1);
  });

  it('count impressions and clicks, and nothing of another shop', async () => {
    const [shopId, other] = [await insertShop(database), await insertShop(database)];
    const at = new Date('2026-11-03T12:00:00Z');
    await order(other, '2026-11-03T12:00:00Z', 777, [{ source: 'cart' }]);
    for (const [shop, kinds] of [
      [shopId, ['impression', 'impression', 'click', 'view']],
      [other, ['impression', 'click']],
    ] as const) {
      await database.db.inShop(shop, ({ tx }) =>
        tx.signal.createMany({
          data: kinds.map((kind) => ({
            shopId: shop,
            id: randomUUID(),
            visitorId: randomUUID(),
            kind,
            occurredAt: at,
            receivedAt: at,
          })),
        }),
      );
    }
    expect(await numbers(shopId)).toMatchObject({
      totals: { orders: 0 },
      suggestions: { impressions: 2, clicks: 1, bought: 0 },
    });
  });

  it('are not moved by a bot that sees and clicks more in a day than people do', async () => {
    const shopId = await insertShop(database);
    const at = new Date('2026-11-03T12:00:00Z');
    const tell = (visitorId: string, kind: string, times: number) =>
      database.db.inShop(
        shopId,
        ({ tx }) => tx.$executeRaw`
          INSERT INTO signal (shop_id, id, visitor_id, kind, occurred_at, received_at)
          SELECT ${shopId}::uuid, gen_random_uuid(), ${visitorId}, ${kind}, ${at}, ${at} FROM generate_series(1, ${times}::int)`,
      );
    await tell(randomUUID(), 'impression', 1000);
    await tell(randomUUID(), 'click', 3);
    const before = (await numbers(shopId)).suggestions;
    expect(before).toEqual({ impressions: 1000, clicks: 3, bought: 0 });
    const bot = randomUUID();
    for (const kind of ['impression', 'click']) await tell(bot, kind, 1001);
    expect((await numbers(shopId)).suggestions).toEqual(before);
  });

  it('measure a small shop anew each time, and keep what took long for a hundred times as long', async () => {
    const shopId = await insertShop(database);
    await database.db.inShop(shopId, (scope) => setHoldout(scope, { holdoutBps: 500, freshSalt: 's', now }));
    const expose = () =>
      database.db.inShop(
        shopId,
        ({ tx }) => tx.$executeRaw`
          INSERT INTO exposure (shop_id, experiment, visitor_id, arm, first_seen_at)
          VALUES (${shopId}::uuid, ${`holdout@${now.toISOString()}`}, ${randomUUID()}, 'treatment', ${now})`,
      );
    // Every look at the clock is one `tick` (milliseconds) later than the one before.
    const time = { at: now.getTime() + 1, tick: 0 };
    const ticking = { now: () => new Date((time.at += time.tick)) };
    const services = { db: database.db, clock: ticking, cache: createMemoryCache({ now: () => new Date(time.at) }) };
    const counted = async () => {
      const { experiment } = await homeNumbers(services, shopId, { days: 7 });
      if (experiment.status !== 'not-enough-data') throw new Error(experiment.status);
      expect(experiment.since).toEqual(now);
      return experiment.treatment.visitors;
    };
    await expose();
    expect(await counted()).toBe(1);
    await expose();
    time.tick = 2_000;
    expect(await counted()).toBe(2);
    await expose();
    expect(await counted()).toBe(2);
    time.at += 200_000;
    expect(await counted()).toBe(3);
  });
});
