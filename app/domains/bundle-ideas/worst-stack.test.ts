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
