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
const result = (shopId: ShopId) =>
  database.db.inShop(shopId, (scope) => experimentResult(scope, { now, marginBps: 4000 }));
const sight = (shopId: ShopId, visitorIds: readonly VisitorId[], at = seen) =>
  database.db.asSystem((scope) =>
    recordSightings(
      scope,
      visitorIds.map((visitorId) => ({ shopId, visitorId, productId: null, at })),
    ),
  );

async function order(
  shopId: ShopId,
  visitorId: string | undefined,
  values: Partial<{
    placedAt: Date;
    totalMinor: number;
    refundedMinor: number;
    cancelledAt: Date;
    test: boolean;
    currency: string;
  }> = {},
) {
  const id = randomUUID();
  await database.db.inShop(shopId, async ({ tx }) => {
    await tx.order.create({
      data: {
        shopId,
        id,
        placedAt: now,
        platformUpdatedAt: now,
        currency: 'USD',
        subtotalMinor: 1000,
        discountMinor: 0,
        totalMinor: 1000,
        visitorId: visitorId ?? null,
        ...values,
        ...(values.placedAt ? {} : { placedAt: new Date('2026-10-10T00:00:00Z') }),
      },
    });
    await tx.orderLine.create({
      data: { shopId, orderId: id, id: '1', quantity: 1, unitPriceMinor: values.totalMinor ?? 1000 },
    });
  });
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

  it('takes what each arm’s visitors brought after they were first seen, less refunds and costs', async () => {
    const shopId = await insertShop(database);
    await set(shopId, 5000, start);
    const experiment = await database.db.inShop(shopId, currentHoldout);
    if (!experiment) throw new Error('no experiment');
    const people = visitors(400);
    await sight(shopId, people);
    const treated = people.filter((id) => armOf(id, experiment) === 'treatment');
    const held = people.filter((id) => armOf(id, experiment) === 'holdout');
    const [buyer, other, cancelled, tester, foreigner, early] = treated;
    await order(shopId, buyer, { totalMinor: 5000, refundedMinor: 1000 }); // 4000 - 60 % of 5000: no cost is known
    await order(shopId, buyer, { totalMinor: 300 }); // 120
    await order(shopId, other, { totalMinor: 1000, refundedMinor: 1000 }); // the money back, the goods gone: -600
    await order(shopId, cancelled, { cancelledAt: now });
    await order(shopId, tester, { test: true });
    await order(shopId, foreigner, { currency: 'JPY' });
    await order(shopId, held[0], { totalMinor: 700 }); // 280
    await order(shopId, randomUUID(), { totalMinor: 9999 });
    expect(await result(shopId)).toMatchObject({
      status: 'not-enough-data',
      currency: 'USD',
      treatment: {
        visitors: treated.length,
        buyers: 2,
        profitPerVisitor: expect.closeTo(520 / treated.length, 6) as number,
      },
      holdout: { visitors: held.length, buyers: 1, profitPerVisitor: expect.closeTo(280 / held.length, 6) as number },
      assumedShare: 1,
      varianceReduction: 0,
    });
    await order(shopId, early, { placedAt: new Date('2026-10-04T00:00:00Z') });
    expect(await result(shopId)).toMatchObject({ treatment: { buyers: 2 }, holdout: { buyers: 1 } });
  });

  it('is read like every other experiment: what visitors did before takes out variance, and machines do not count', async () => {
    const shopId = await insertShop(database);
    await set(shopId, 5000, start);
    const experiment = await database.db.inShop(shopId, currentHoldout);
    if (!experiment) throw new Error('no experiment');
    const people = visitors(300);
    await sight(shopId, people);
    const arms = (['treatment', 'holdout'] as const).map((arm) => people.filter((id) => armOf(id, experiment) === arm));
    // Regular customers of both arms buy as before; the first 30 of the treatment buy for twice as much.
    for (const [index, arm] of arms.entries()) {
      for (const [at, buyer] of arm.slice(0, 30).entries()) {
        const usual = 1000 + 100 * (at % 10);
        await order(shopId, buyer, { totalMinor: usual, placedAt: new Date('2026-09-20T00:00:00Z') });
        await order(shopId, buyer, { totalMinor: index === 0 ? 2 * usual : usual });
      }
    }
    const [machine] = arms[1]?.slice(-1) ?? [];
    await order(shopId, machine, { totalMinor: 50_000 });
    await database.db.inShop(
      shopId,
      ({ tx }) => tx.$executeRaw`
        INSERT INTO signal (shop_id, id, visitor_id, kind, product_id, occurred_at, received_at)
        SELECT ${shopId}::uuid, gen_random_uuid(), ${machine}, 'view', '7', ${seen}, ${seen} FROM generate_series(1, 301)`,
    );
    const read = await result(shopId);
    if (read.status !== 'gain') throw new Error(JSON.stringify(read));
    expect(read.holdout).toMatchObject({ visitors: (arms[1]?.length ?? 0) - 1, buyers: 30 });
    expect(read.varianceReduction).toBeGreaterThan(0.5);
    expect(read.interval.low).toBeGreaterThan(0);
    expect(read.incrementalMinor).toBe(Math.round(read.difference * read.treatment.visitors));
  });

  it('shows nothing of another shop', async () => {
    const [mine, other] = [await insertShop(database), await insertShop(database)];
    await set(mine, 500, start);
    await set(other, 500, start);
    await sight(other, visitors(20));
    expect(await result(mine)).toMatchObject({ treatment: { visitors: 0 }, holdout: { visitors: 0 } });
  });
});
