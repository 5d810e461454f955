import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VisitorId } from '#app/shared/ids.ts';
import { inArm, type Laboratory, openLaboratory, type OrderPart, people } from './laboratory.ts';
import { goals, hiding, off, ofTested, other, shopWithOffers, tested } from './withheld-offers.ts';

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory();
});
afterAll(() => lab.test.dispose());

/** What an order counts in both versions: of whoever sees the offer, and of whoever does not. */
async function bothWays(part: OrderPart, form: object): Promise<[shown: number, hidden: number]> {
  const shopId = await shopWithOffers(lab);
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
    const shopId = await shopWithOffers(lab);
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
    const shopId = await shopWithOffers(lab);
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
