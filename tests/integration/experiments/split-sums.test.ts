import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentHoldout, setHoldout } from '#app/domains/experiments/index.ts';
import { HOLDOUT } from '#app/domains/experiments/model.ts';
import { exposureKey } from '#app/domains/experiments/rules.ts';
import { readTestSums } from '#app/domains/experiments/split-tests/store-sums.ts';
import { readBegun } from '#app/domains/experiments/store.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { VisitorId } from '#app/shared/ids.ts';
import { inArm, type Laboratory, later, openLaboratory, type OrderPart, people, seen, start } from './laboratory.ts';

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory();
});
afterAll(() => lab.test.dispose());

describe('profit of an order', () => {
  it.each<[string, OrderPart, number, number]>([
    ['price minus cost, without tax and shipping', {}, 1_000, 700],
    ['what we took off shipping is a loss', { shippingOffMinor: 490, shippingGiftMinor: 490 }, 1_000, 210],
    ['what the store itself took off shipping is not', { shippingOffMinor: 490, shippingGiftMinor: 0 }, 1_000, 700],
    [
      'everything came back, but not the parcel that we paid for',
      { lines: [{ refundedQuantity: 1 }], refundedMinor: 1_200, shippingOffMinor: 490, shippingGiftMinor: 490 },
      0,
      -490,
    ],
    ['a discount comes off', { lines: [{ discountMinor: 150 }] }, 850, 550],
    ['unknown cost: the shop’s margin of 40 % is assumed', { lines: [{ variantId: 'gone' }] }, 1_000, 400],
    [
      'one of two units came back',
      { lines: [{ quantity: 2, refundedQuantity: 1 }], totalMinor: 2_400, refundedMinor: 1_200 },
      1_000,
      700,
    ],
    ['everything came back', { lines: [{ refundedQuantity: 1 }], refundedMinor: 1_200 }, 0, 0],
    ['half the money back, the goods kept: the cost stays', { refundedMinor: 600 }, 500, 200],
    ['all the money back, the goods kept: a loss', { refundedMinor: 1_200 }, 0, -300],
    ['cancelled', { cancelledAt: later }, 0, 0],
    ['a test', { test: true }, 0, 0],
    ['another currency', { currency: 'JPY' }, 0, 0],
    ['before the exposure', { placedAt: new Date('2026-10-04T00:00:00Z') }, 0, 0],
  ])('%s', async (_why, part, revenue, profit) => {
    const shopId = await lab.shopWithCosts();
    const one = await lab.running(shopId);
    const [buyer] = people(1) as [VisitorId];
    await lab.sight(shopId, [buyer]);
    await lab.order(shopId, buyer, part);
    await lab.order(shopId, randomUUID());
    const arms = (await lab.reading(shopId, one)).arms;
    expect(arms.map((arm) => arm.revenueMinor).reduce((sum, value) => sum + value)).toBeCloseTo(revenue, 6);
    expect(arms.map((arm) => arm.profitMinor).reduce((sum, value) => sum + value)).toBeCloseTo(profit, 6);
  });
});

it('profit leaves out the tax that the shop says its prices contain', async () => {
  const shopId = await lab.shopWithCosts();
  await lab.inShop(shopId, ({ tx }) =>
    tx.shop.update({ where: { id: shopId }, data: { settings: { enteredTaxBps: 2_500 } } }),
  );
  const one = await lab.running(shopId);
  const [known, unknown] = people(2) as [VisitorId, VisitorId];
  await lab.sight(shopId, [known, unknown]);
  const profit = async () => {
    const { arms } = await lab.reading(shopId, one);
    return arms.reduce((sum, arm) => sum + arm.profitMinor, 0);
  };
  // 10.00 with a quarter of tax on 8.00; a cost of 3.00, then the usual margin of 40 %.
  await lab.order(shopId, known);
  expect(await profit()).toBeCloseTo(500, 6);
  await lab.order(shopId, unknown, { lines: [{ variantId: 'gone' }] });
  expect(await profit()).toBeCloseTo(500 + 320, 6);
  await lab.order(shopId, known, { shippingGiftMinor: 500 });
  expect(await profit()).toBeCloseTo(500 + 320 + 100, 6);
  await lab.inShop(shopId, ({ tx }) => tx.order.deleteMany({ where: { shopId, shippingGiftMinor: 500 } }));
  const learnt = { settings: {}, taxesIncluded: true, learntTaxBps: 6_000 };
  await lab.inShop(shopId, ({ tx }) => tx.shop.update({ where: { id: shopId }, data: learnt }));
  expect(await profit()).toBeCloseTo(625 - 300 + 250, 6);
});

describe('sums of a test', () => {
  it('says how much of the revenue has no known cost', async () => {
    const shopId = await lab.shopWithCosts();
    const one = await lab.running(shopId);
    const [buyer] = people(1) as [VisitorId];
    await lab.sight(shopId, [buyer]);
    await lab.order(shopId, buyer, { lines: [{ quantity: 3 }, { variantId: null }] });
    expect((await lab.reading(shopId, one)).assumedShare).toBeCloseTo(0.25, 6);
  });

  it('are not moved by a bot with 100,000 views, which is left out and named', async () => {
    const shopId = await lab.shopWithCosts();
    const one = await lab.running(shopId);
    const visitors = people(40);
    await lab.sight(shopId, visitors);
    for (const buyer of visitors.slice(0, 8)) await lab.order(shopId, buyer);
    const before = await lab.reading(shopId, one);
    const [bot] = people(1) as [VisitorId];
    await lab.sight(shopId, [bot]);
    await lab.order(shopId, bot, { lines: [{ quantity: 500 }] });
    await lab.views(shopId, bot, 100_000, later);
    const after = await lab.reading(shopId, one);
    expect(after.machines).toBe(1);
    expect({ ...after, machines: 0 }).toEqual(before);
  });

  it('cap what one visitor counts at ten times the usual, and say so', async () => {
    const shopId = await lab.shopWithCosts();
    const one = await lab.running(shopId);
    const visitors = people(20);
    await lab.sight(shopId, visitors);
    for (const buyer of visitors.slice(0, 9)) await lab.order(shopId, buyer);
    await lab.order(shopId, visitors[10] ?? '', { lines: [{ quantity: 1_000 }], totalMinor: 1_000_000 });
    const result = await lab.reading(shopId, one);
    expect(result).toMatchObject({ capMinor: 7_000, capped: 1 });
    expect(result.arms.reduce((sum, arm) => sum + arm.y, 0)).toBeCloseTo(9 * 700 + 7_000, 6);
    expect(result.arms.reduce((sum, arm) => sum + arm.profitMinor, 0)).toBeCloseTo(9 * 700 + 700_000, 6);
  });

  it('know a visitor’s past: own orders and those of a customer known before, never of one known by a later order', async () => {
    const shopId = await lab.shopWithCosts();
    const one = await lab.running(shopId);
    const [regular, fresh] = people(2) as [VisitorId, VisitorId];
    const past = (day: string) => new Date(`2026-09-${day}T12:00:00Z`);
    await lab.order(shopId, regular, { placedAt: past('20'), customerId: 'c1' });
    await lab.order(shopId, null, { placedAt: past('10'), customerId: 'c1' });
    await lab.order(shopId, randomUUID(), { placedAt: past('10'), customerId: 'c2' });
    await lab.views(shopId, regular, 3, past('21'));
    await lab.views(shopId, regular, 1, past('22'));
    await lab.views(shopId, regular, 1, new Date('2026-08-01T00:00:00Z'));
    // After the test began, though the visitor was not seen in it yet: an arm may have brought it about.
    await lab.order(shopId, regular, { placedAt: new Date('2026-10-03T00:00:00Z'), customerId: 'c1' });
    await lab.views(shopId, regular, 1, new Date('2026-10-03T00:00:00Z'));
    await lab.sight(shopId, [regular, fresh]);
    await lab.order(shopId, fresh, { customerId: 'c2' });
    const arms = (await lab.reading(shopId, one)).arms;
    expect(arms.reduce((sum, arm) => sum + arm.x1, 0)).toBeCloseTo(1_400, 6);
    expect(arms.reduce((sum, arm) => sum + arm.x2, 0)).toBe(2);
  });

  it('count only views of a tested bundle’s products, nobody held out, and nothing of another shop', async () => {
    const [shopId, other] = [await lab.shopWithCosts(), await lab.shopWithCosts()];
    await lab.inShop(shopId, (scope) => setHoldout(scope, { holdoutBps: 3_000, freshSalt: 'h', now: start }));
    const one = await lab.running(shopId, { subject: { type: 'bundle', id: randomUUID() } }, ['7']);
    await lab.running(other);
    const visitors = people(200);
    await lab.sight(shopId, visitors.slice(0, 100), seen, '7');
    await lab.sight(shopId, visitors.slice(100), seen, '8');
    await lab.sight(other, people(50));
    const counted = visitors.slice(0, 100).filter((visitor) => !isHeldOut(visitor, 'h', 3_000));
    expect((await lab.reading(shopId, one)).arms.map((arm) => arm.visitors)).toEqual([
      inArm(one, counted, 'a').length,
      inArm(one, counted, 'b').length,
    ]);
  });

  it('of a holdout whose share was changed end the past where the first share began', async () => {
    const shopId = await lab.shopWithCosts();
    const [first, second] = [new Date('2026-06-01T00:00:00Z'), new Date('2026-10-01T00:00:00Z')];
    for (const [holdoutBps, now] of [
      [5_000, first],
      [3_000, second],
    ] as const)
      await lab.inShop(shopId, (scope) => setHoldout(scope, { holdoutBps, freshSalt: 'h', now }));
    const visitors = people(60);
    for (const visitor of visitors.slice(0, 30)) {
      await lab.order(shopId, visitor, { placedAt: new Date('2026-05-20T00:00:00Z') });
      // Seen with Trellis already, or kept from it, so that this is what is measured and no past.
      await lab.order(shopId, visitor, { placedAt: new Date('2026-08-01T00:00:00Z'), lines: [{ quantity: 9 }] });
    }
    await lab.sight(shopId, visitors);
    const past = () =>
      lab.inShop(shopId, async (scope) => {
        const exposure = exposureKey((await currentHoldout(scope))!);
        const moments = { exposure, from: second, to: new Date('2026-11-01T00:00:00Z'), marginBps: 4_000 };
        const of = async (pastUntil: Date) =>
          (await readTestSums(scope, { ...moments, pastUntil, withheld: null })).arms.reduce(
            (sum, arm) => sum + arm.x1,
            0,
          );
        return [await of(first), await of(second), await readBegun(scope, HOLDOUT)];
      });
    expect(await past()).toEqual([30 * 700, expect.any(Number), first]);
    expect((await past())[1]).toBeGreaterThan(30 * 700);
  });
});
