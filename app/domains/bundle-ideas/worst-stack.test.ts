import { describe, expect, it } from 'vitest';
import { defaultIncentiveRules, type IncentiveRules, matrixOfRow } from '#app/domains/incentives/index.ts';
import type { Beside, BesideGift } from './beside.ts';
import { defaultAssumptions, type IdeaProduct } from './model.ts';
import { worstStack } from './worst-stack.ts';

/** Two things of 20.00 that cost 10.00 each: a floor of 20.00 for 40.00 without a minimum margin. */
const products: readonly IdeaProduct[] = ['1', '2'].map((id) => ({
  id,
  title: `Thing ${id}`,
  productType: '',
  imageUrl: null,
  sellable: true,
  variants: [{ id: `${id}1`, priceMinor: 2000, costMinor: 1000, stock: null, sellWhenOutOfStock: true }],
}));
const offer = {
  kind: 'fixed' as const,
  pickCount: 0,
  items: products.map(({ id }) => ({ productId: id, variantId: null, quantity: 1 })),
};

const off = (bps: number): BesideGift['gives'] => ({ type: 'percentage', basisPoints: bps });
const amount = (minor: number): BesideGift['gives'] => ({ type: 'amount', minor });
const gift = (
  source: BesideGift['source'],
  gives: BesideGift['gives'],
  more: Partial<BesideGift> = {},
): BesideGift => ({
  source,
  title: source,
  class: 'order',
  gives,
  fromMinor: 0,
  ...more,
});

function worst(beside: Beside, own: Partial<IncentiveRules> = {}, assumed = { codeBps: 1000, shippingBps: 0 }) {
  const circumstances = {
    rules: { ...defaultIncentiveRules, ...own },
    assumptions: { ...defaultAssumptions, ...assumed },
    beside,
  };
  return worstStack(offer, 1000, products, circumstances);
}
const known = (...gifts: BesideGift[]): Beside => ({ codesKnown: true, gifts });
const sources = ({ with: parts }: ReturnType<typeof worst>) => parts.map(({ source }) => source);

describe('the worst stack of an idea', () => {
  it('assumes a code only where nothing is known of those of the store', () => {
    // 36.00 less 10 %: 32.40 with 20.00 of cost.
    expect(worst({ codesKnown: false, gifts: [] })).toMatchObject({ marginBps: 3827, with: [{ source: 'assumed' }] });
    expect(worst(known())).toMatchObject({ marginBps: 4444, with: [] });
    expect(worst(known(gift('store-code', off(3000))))).toMatchObject({
      marginBps: 2063,
      with: [{ source: 'store-code' }],
    });
  });

  it('refuses what a code of the store, a reward and an offer break together, and none of them alone', () => {
    const all = [gift('store-code', off(2000)), gift('reward', amount(500)), gift('offer', off(1500))];
    for (const one of all) expect(worst(known(one)).refusal).toBeNull();
    const together = worst(known(...all));
    expect(together.refusal).toBe('stack');
    expect(sources(together)).toEqual(['store-code', 'reward', 'offer']);
  });

  it('lets them meet only as the merchant does', () => {
    const { combinesWith } = defaultIncentiveRules;
    const alone = { ...combinesWith, order: { ...combinesWith.order, order: false } };
    const all = known(gift('store-code', off(2000)), gift('reward', amount(500)), gift('offer', off(1500)));
    expect(worst(all, { combinesWith: alone })).toMatchObject({ refusal: null, with: [{ source: 'store-code' }] });
    expect(worst(all, { combinesWith: matrixOfRow({ product: false, order: false, shipping: false }) }).with).toEqual(
      [],
    );
  });

  it('takes the largest reward that an order of this size can redeem', () => {
    const rewards = [
      gift('reward', amount(500)),
      gift('reward', amount(900), { title: 'from 40.00', fromMinor: 4000 }),
      gift('reward', amount(1500), { fromMinor: 4001 }),
    ];
    expect(worst(known(...rewards)).with).toMatchObject([{ title: 'from 40.00' }]);
  });

  it('says which tier brings the free shipping', () => {
    const free = gift('tier', off(10_000), { class: 'shipping', title: 'Gold' });
    const at = { codeBps: 0, shippingBps: 1000 };
    expect(worst(known(free), {}, at).with).toMatchObject([{ source: 'tier', title: 'Gold' }]);
    expect(worst(known(), {}, at).with).toMatchObject([{ source: 'assumed', class: 'shipping' }]);
    expect(worst(known(free), {}, { codeBps: 0, shippingBps: 0 }).with).toEqual([]);
  });

  it('has the order bear a free product where such a code may stand beside a bundle', () => {
    const free = gift('reward', { type: 'free-product', priceMinor: 3000, costMinor: 1700 }, { class: 'product' });
    expect(worst(known(free)).with).toEqual([]);
    const combinesWith = matrixOfRow({ product: true, order: true, shipping: true });
    // 36.00 for goods of 20.00 and a gift of 17.00.
    expect(worst(known(free), { combinesWith })).toMatchObject({ refusal: 'stack', with: [{ source: 'reward' }] });
  });
});

/** Bundle at 10 % off: 36.00 of 40.00, with a floor of 20.00. */
describe('what the cart earns by its subtotal', () => {
  const free = (costMinor: number | null, priceMinor = 3000): BesideGift['gives'] => ({
    type: 'free-product',
    priceMinor,
    costMinor,
  });
  const goal = (gives: BesideGift['gives'], more: Partial<BesideGift> = {}) => gift('goal', gives, more);
  const goalGift = (gives: BesideGift['gives'], more: Partial<BesideGift> = {}) =>
    goal(gives, { class: 'product', ...more });
  const shipping = goal(off(10_000), { class: 'shipping' });
  const { combinesWith } = defaultIncentiveRules;
  const noOrder = matrixOfRow({ product: false, order: false, shipping: true });
  const nothing = matrixOfRow({ product: false, order: false, shipping: false });
  const ordersAlone = { ...combinesWith, order: { ...combinesWith.order, order: false } };

  it.each([
    // 36.00 less 20 % is 28.80: 20.00 of cost.
    ['an order discount', [goal(off(2000))], {}, { marginBps: 3055, refusal: null, with: ['goal'] }],
    ['an amount off the order', [goal(amount(600))], {}, { marginBps: 3333, refusal: null, with: ['goal'] }],
    ['one that breaks the margin', [goal(off(5000))], {}, { refusal: 'stack', with: ['goal'] }],
    [
      'one that breaks the margin with a code, and neither alone',
      [goal(off(3000)), gift('store-code', off(3000))],
      {},
      { refusal: 'stack', with: ['store-code', 'goal'] },
    ],
    [
      'one that stands beside no code: the better of the two',
      [goal(off(3000)), gift('store-code', off(2000))],
      { combinesWith: ordersAlone },
      { marginBps: 2063, refusal: null, with: ['goal'] },
    ],
    [
      'one that stands beside no bundle',
      [goal(off(5000))],
      { combinesWith: noOrder },
      { marginBps: 4444, refusal: null, with: [] },
    ],
    ['one that this order does not reach', [goal(off(5000), { fromMinor: 4001 })], {}, { refusal: null, with: [] }],
    ['one that it reaches exactly', [goal(off(5000), { fromMinor: 4000 })], {}, { refusal: 'stack', with: ['goal'] }],
    [
      'the largest of several',
      [goal(off(500)), goal(off(2000)), goal(off(1000))],
      {},
      { marginBps: 3055, with: ['goal'] },
    ],
    // 36.00 for 20.00 and a gift that costs 10.00.
    ['a gift', [goalGift(free(1000))], {}, { marginBps: 1666, refusal: null, with: ['goal'] }],
    [
      'a gift whatever may combine',
      [goalGift(free(1000))],
      { combinesWith: nothing },
      { marginBps: 1666, with: ['goal'] },
    ],
    ['a gift that the order does not earn', [goalGift(free(1700))], {}, { refusal: 'stack', with: ['goal'] }],
    // Half of 30.00 is assumed.
    ['a gift of unknown cost', [goalGift(free(null))], {}, { marginBps: 277, refusal: null, with: ['goal'] }],
    ['a gift that is not reached', [goalGift(free(1700), { fromMinor: 5000 })], {}, { refusal: null, with: [] }],
    [
      'a gift and a discount that break it together',
      [goalGift(free(1000)), goal(off(2000))],
      {},
      { refusal: 'stack', with: ['goal', 'goal'] },
    ],
    ['a margin to be kept', [goal(off(2000))], { minMarginBps: 3100 }, { refusal: 'stack', with: ['goal'] }],
    // 36.00 less 30 % and 4.00 of shipping: 21.20.
    [
      'free shipping beside a discount',
      [goal(off(3000)), shipping],
      {},
      { marginBps: 566, refusal: null, with: ['goal', 'goal'] },
    ],
    ['free shipping alone', [shipping], {}, { marginBps: 3750, refusal: null, with: ['goal'] }],
    ['free shipping that does not combine', [shipping], { combinesWith: nothing }, { marginBps: 4444, with: [] }],
  ] as const)('%s', (_, gifts, rules, expected) => {
    const ships = gifts.some((one) => one.class === 'shipping');
    const found = worst(known(...gifts), rules, { codeBps: 0, shippingBps: ships ? 1000 : 0 });
    expect({ ...found, with: sources(found) }).toMatchObject(expected);
  });

  it('says what is broken by the bundle itself without them', () => {
    const found = worst(known(goal(off(2000))), { minMarginBps: 6000 });
    expect(found).toMatchObject({ refusal: 'margin', with: [] });
  });

  it('names each goal that stands, and the code beside it', () => {
    const all = [goalGift(free(100), { title: 'Mug' }), goal(off(500), { title: 'Five' }), gift('reward', amount(100))];
    expect(
      worst(known(...all))
        .with.map(({ title }) => title)
        .toSorted(),
    ).toEqual(['Five', 'Mug', 'reward']);
  });
});
