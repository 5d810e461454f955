import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentHoldout, experimentResult, setHoldout } from '#app/domains/experiments/index.ts';
import { exposureKey } from '#app/domains/experiments/rules.ts';
import { readTestSums } from '#app/domains/experiments/split-tests/store-sums.ts';
import { ofHoldout } from '#app/domains/experiments/split-tests/withheld.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { inArm, type Laboratory, openLaboratory, type OrderPart, people, start } from './laboratory.ts';

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory();
});
afterAll(() => lab.test.dispose());

const [tested, other, goals] = [randomUUID(), randomUUID(), randomUUID()];
const off = (line: string | null, minor: number, ...of: string[]) => ({ line, minor, of });

async function shopWithOffers(): Promise<ShopId> {
  const shopId = await lab.shopWithCosts();
  await lab.inShop(shopId, async ({ tx }) => {
    for (const [id, kind] of [
      [tested, 'quantity-breaks'],
      [other, 'fixed'],
      [goals, 'cart-goals'],
    ] as const)
      await tx.bundle.create({
        data: {
          shopId,
          id,
          kind,
          title: kind,
          status: 'active',
          discountType: 'percentage',
          discountValue: 1,
        },
      });
    const code = { sourceKind: 'loyalty-tier', sourceId: '1', purpose: '', title: 'Gold', offer: 'x', state: 'open' };
    const moments = { startsAt: new Date(0), issuedAt: new Date(0) };
    await tx.discountCode.create({ data: { shopId, code: 'OURS-1', terms: { type: 'amount' }, ...code, ...moments } });
  });
  return shopId;
}

const hiding = (subject: object) => ({
  subject,
  arms: [
    { key: 'a', share: 5_000, change: {} },
    { key: 'b', share: 5_000, change: { hide: true } },
  ],
});
const ofTested = hiding({ type: 'bundle', id: tested });

/** What an order counts in both versions: of whoever sees the offer, and of whoever does not. */
async function bothWays(part: OrderPart, form: object): Promise<[shown: number, hidden: number]> {
  const shopId = await shopWithOffers();
  const one = await lab.running(shopId, form, ['7']);
  const visitors = people(40);
  const [shown, hidden] = [inArm(one, visitors, 'a')[0], inArm(one, visitors, 'b')[0]] as [VisitorId, VisitorId];
  await lab.sight(shopId, [shown, hidden]);
  for (const buyer of [shown, hidden]) await lab.order(shopId, buyer, part);
  const { arms } = await lab.reading(shopId, one);
  return [arms[0]?.profitMinor ?? NaN, arms[1]?.profitMinor ?? NaN];
}

describe('whoever is not shown an offer counts as if it had not been given', () => {
  const broken: OrderPart = { lines: [{ discountMinor: 150 }], gifts: [off('0', 150, tested)] };

  it.each<[string, OrderPart, object, number, number]>([
    ['what it took off', broken, ofTested, 550, 700],
    ['another offer stays given', { ...broken, gifts: [off('0', 150, other)] }, ofTested, 550, 550],
    [
      'of two offers on a line its own part',
      { lines: [{ discountMinor: 150 }], gifts: [off('0', 100, tested), off('0', 50, other)] },
      ofTested,
      550,
      650,
    ],
    [
      'a discount of several offers as a whole',
      { ...broken, gifts: [off('0', 150, other, tested)] },
      ofTested,
      550,
      700,
    ],
    ['nothing was taken off', { gifts: [] }, ofTested, 700, 700],
    ['never more than came off', { ...broken, gifts: [off('0', 9_000, tested)] }, ofTested, 550, 700],
    [
      'one of two units came back: half of it was given',
      { ...broken, lines: [{ quantity: 2, discountMinor: 150, refundedQuantity: 1 }] },
      ofTested,
      625,
      700,
    ],
    [
      'all of it came back: nothing was given',
      { ...broken, lines: [{ discountMinor: 150, refundedQuantity: 1 }], refundedMinor: 1_200 },
      ofTested,
      0,
      0,
    ],
    ['half the money came back: half of it was given', { ...broken, refundedMinor: 600 }, ofTested, 125, 200],
    ['cancelled', { ...broken, cancelledAt: new Date('2026-10-07T00:00:00Z') }, ofTested, 0, 0],
    [
      'an unknown cost does not grow with the price',
      { lines: [{ variantId: 'gone', discountMinor: 200 }], gifts: [off('0', 200, tested)] },
      ofTested,
      320,
      520,
    ],
    [
      'free shipping of a goal, whatever came back',
      {
        lines: [{ refundedQuantity: 1 }],
        refundedMinor: 1_200,
        shippingGiftMinor: 490,
        gifts: [off(null, 490, goals)],
      },
      hiding({ type: 'bundle', id: goals }),
      -490,
      0,
    ],
    ['free shipping of somebody else', { shippingGiftMinor: 490, gifts: [off(null, 490, other)] }, ofTested, 210, 210],
    [
      'the bar of the goals: all goals, and they alone',
      {
        lines: [{ discountMinor: 150 }],
        shippingGiftMinor: 490,
        gifts: [off('0', 100, goals), off('0', 50, tested), off(null, 490, goals)],
      },
      hiding({ type: 'widget', id: 'goals' }),
      60,
      650,
    ],
    [
      'the block of offers: every offer but the goals',
      { lines: [{ discountMinor: 150 }], gifts: [off('0', 100, goals), off('0', 50, tested)] },
      hiding({ type: 'widget', id: 'bundle' }),
      550,
      600,
    ],
    ['suggestions give nothing', broken, hiding({ type: 'widget', id: 'cart' }), 550, 550],
    [
      'all of Trellis: offers, our codes and shipping, no code of the store',
      {
        lines: [{ discountMinor: 300 }],
        shippingGiftMinor: 200,
        gifts: [off('0', 100, tested)],
        discountCodes: [
          { code: 'ours-1', minor: 80 },
          { code: 'SUMMER', minor: 120 },
        ],
      },
      hiding({ type: 'app' }),
      200,
      580,
    ],
    [
      'all of Trellis, where half came back',
      {
        lines: [{ quantity: 2, discountMinor: 200, refundedQuantity: 1 }],
        gifts: [off('0', 100, tested)],
        discountCodes: [{ code: 'OURS-1', minor: 60 }],
      },
      hiding({ type: 'app' }),
      600,
      680,
    ],
    [
      'an order from before it was noted whose a discount is: what came off the lines credited to it',
      {
        lines: [
          { discountMinor: 150, bundleId: tested },
          { discountMinor: 90, bundleId: other },
        ],
      },
      ofTested,
      1_160,
      1_310,
    ],
    [
      'such an order with free shipping of a goal',
      { shippingGiftMinor: 490 },
      hiding({ type: 'bundle', id: goals }),
      210,
      700,
    ],
    [
      'such an order of all of Trellis',
      { lines: [{ discountMinor: 150, bundleId: other }] },
      hiding({ type: 'app' }),
      550,
      700,
    ],
  ])('%s', async (_why, part, form, shown, hidden) => {
    const [a, b] = await bothWays(part, form);
    expect([a, b].map((profit) => Math.round(profit * 1e6) / 1e6)).toEqual([shown, hidden]);
  });

  it('without tax, as everything else', async () => {
    const shopId = await shopWithOffers();
    await lab.inShop(shopId, ({ tx }) =>
      tx.shop.update({ where: { id: shopId }, data: { settings: { enteredTaxBps: 2_500 } } }),
    );
    const one = await lab.running(shopId, ofTested, ['7']);
    const [hidden] = inArm(one, people(20), 'b') as [VisitorId];
    await lab.sight(shopId, [hidden]);
    await lab.order(shopId, hidden, broken);
    expect((await lab.reading(shopId, one)).arms[1]?.profitMinor).toBeCloseTo(800 - 300, 6);
  });

  it('whatever comes back, between what was paid and what would have been paid for it', async () => {
    const shopId = await shopWithOffers();
    const one = await lab.running(shopId, ofTested, ['7']);
    const buyers = inArm(one, people(400), 'b');
    await lab.sight(shopId, buyers);
    let at = 0;
    let before = 0;
    const parts = fc.record({
      quantity: fc.integer({ min: 1, max: 5 }),
      back: fc.nat(5),
      discount: fc.nat(1_000),
      gift: fc.nat(2_000),
      money: fc.nat(3_000),
    });
    await fc.assert(
      fc.asyncProperty(parts, async ({ quantity, back, discount, gift, money }) => {
        const refundedQuantity = Math.min(back, quantity);
        await lab.order(shopId, buyers[at++] ?? '', {
          lines: [{ quantity, discountMinor: discount, refundedQuantity, unitPriceMinor: 1_000 }],
          totalMinor: Math.max(1, quantity * 1_000 - discount),
          refundedMinor: money,
          gifts: [off('0', gift, tested)],
        });
        const { arms } = await lab.reading(shopId, one);
        const total = arms[1]?.profitMinor ?? NaN;
        const [kept, net] = [(quantity - refundedQuantity) / quantity, quantity * 1_000 - discount];
        const stays = 1 - Math.min(1, money / Math.max(1, net));
        const cost = 300 * quantity * kept;
        const paid = Math.min(net * kept, net * stays) - cost;
        const given = total - before - paid;
        before = total;
        expect(given).toBeGreaterThanOrEqual(-1e-6);
        expect(given).toBeLessThanOrEqual(Math.min(Math.min(gift, discount) * kept, discount * stays) + 1e-6);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a quantity break that changes nobody’s behaviour', () => {
  const each = 150;
  const buy = async (shopId: ShopId, buyers: readonly string[]) => {
    for (const [index, buyer] of buyers.entries())
      await lab.order(shopId, buyer, {
        lines: [{ quantity: 1 + (index % 3), discountMinor: each }],
        gifts: [off('0', each, tested)],
      });
  };
  const known = (visitors: readonly string[]) => visitors.slice(0, visitors.length >> 1);

  it('costs its discounts in the test of its bundle, where it seemed to cost nothing', async () => {
    const shopId = await shopWithOffers();
    const one = await lab.running(shopId, ofTested, ['7']);
    const visitors = people(320);
    // As many in either version, so that no chance is in the figures.
    const size = Math.min(inArm(one, visitors, 'a').length, inArm(one, visitors, 'b').length);
    const groups = ['a', 'b'].map((key) => inArm(one, visitors, key).slice(0, size));
    for (const group of groups) {
      await lab.sight(shopId, group);
      await buy(shopId, known(group));
    }
    const reading = await lab.reading(shopId, one);
    const perVisitor = (each * known(groups[0] ?? []).length) / size;
    // Of the version that hides it beside the one that shows it.
    expect(reading.focus?.difference).toBeCloseTo(perVisitor, 6);
    expect(reading.arms.map(({ revenueMinor }) => revenueMinor)).toEqual([
      reading.arms[0]?.revenueMinor,
      reading.arms[0]?.revenueMinor,
    ]);
  });

  it('costs its discounts with and without Trellis', async () => {
    const shopId = await shopWithOffers();
    await lab.inShop(shopId, (scope) => setHoldout(scope, { holdoutBps: 5_000, freshSalt: 'h', now: start }));
    const visitors = people(320);
    const held = visitors.filter((visitor) => isHeldOut(visitor, 'h', 5_000));
    const rest = visitors.filter((visitor) => !isHeldOut(visitor, 'h', 5_000));
    const size = Math.min(held.length, rest.length);
    const groups = [held.slice(0, size), rest.slice(0, size)];
    for (const group of groups) {
      await lab.sight(shopId, group);
      await buy(shopId, known(group));
    }
    const result = await lab.inShop(shopId, (scope) =>
      experimentResult(scope, { now: lab.clock.at, marginBps: 4_000 }),
    );
    if (!('difference' in result)) throw new Error(result.status);
    const given = each * known(groups[1] ?? []).length;
    expect(result.difference).toBeCloseTo(-given / size, 6);
    expect(result.incrementalMinor).toBeCloseTo(-given, -1);
    const before = await lab.inShop(shopId, async (scope) => {
      const exposure = exposureKey((await currentHoldout(scope))!);
      const moments = { exposure, from: start, to: lab.clock.at, pastUntil: start, marginBps: 4_000 };
      const sums = [null, ofHoldout].map((withheld) => readTestSums(scope, { ...moments, withheld }));
      return [await sums[0], await sums[1]].map((one) =>
        one?.arms.map(({ profitMinor }) => profitMinor).sort((a, b) => a - b),
      );
    });
    expect((before[0]?.[1] ?? 0) - (before[0]?.[0] ?? 0)).toBeCloseTo(0, 6);
    expect((before[1]?.[1] ?? 0) - (before[1]?.[0] ?? 0)).toBeCloseTo(given, 6);
  });
});
