import type { DiscountValue, GoalReward, GoalTerms, OfferItem, TermsOffer, UnitValue } from '../model.ts';
import { type Cell, type CellReader, valueCells } from './cells.ts';
import type { Kind, KindOnServer } from './kind.ts';
import { free } from './rewards.ts';
import { plainPlan } from './sets.ts';

const rewardCodes = ['order-discount', 'free-shipping', 'gift'] as const;

function giftOf(reward: GoalReward): OfferItem[] {
  return reward.type === 'gift'
    ? [{ productId: reward.productId, variantId: reward.variantId, quantity: 1, role: 'gift' }]
    : [];
}

/** The gifts of some tiers, each once. */
function giftsOf(tiers: readonly { readonly reward: GoalReward }[]): OfferItem[] {
  const gifts = tiers.flatMap(({ reward }) => giftOf(reward));
  return [...new Map(gifts.map((item) => [`${item.productId}/${item.variantId ?? ''}`, item])).values()];
}

function rewardCells(reward: GoalReward, at: (productId: string) => number): Cell[] {
  const code = rewardCodes.indexOf(reward.type);
  if (reward.type === 'order-discount') return [code, ...valueCells(reward.value)];
  return reward.type === 'gift' ? [code, at(reward.productId), reward.variantId ?? 0] : [code];
}

function readReward(cells: CellReader): GoalReward {
  const type = rewardCodes[cells.count(0, 2)] ?? 'free-shipping';
  if (type === 'order-discount') return { type, value: cells.discount() };
  return type === 'gift' ? { type, ...cells.item() } : { type };
}

/** Tiers with other values, in their order; a threshold that is no amount becomes one that no tier can have. */
function withGoalValues(tiers: GoalTerms['tiers'], values: readonly UnitValue[]): GoalTerms['tiers'] {
  const rest = [...values];
  return tiers.map(({ reward }) => {
    const threshold = rest.shift();
    const thresholdMinor = threshold?.type === 'amount' ? threshold.minor : 0;
    if (reward.type !== 'order-discount') return { thresholdMinor, reward };
    return { thresholdMinor, reward: { ...reward, value: rest.shift() as DiscountValue } };
  });
}

/**
 * Rewards by the cart's subtotal. A gift is a plan like that of a gift with purchase; order discounts and free
 * shipping are of other classes and are worked out after the sets (`goals.ts`).
 */
export const cartGoals: Kind<TermsOffer<'cart-goals'>> = {
  code: 6,
  plans({ terms: { tiers } }) {
    const withGift = tiers.filter((tier) => tier.reward.type === 'gift');
    const gifts = giftsOf(withGift).map((item) => [item]);
    return withGift.map((tier, index) => ({
      ...plainPlan,
      slots: [{ items: giftOf(tier.reward), min: 1, max: 1, paid: false }],
      times: 1,
      whole: true,
      subtotal: { from: tier.thresholdMinor, below: withGift[index + 1]?.thresholdMinor ?? null, gifts },
      tiers: free,
    }));
  },
  goals: ({ terms: { tiers } }) => ({ tiers, gifts: giftsOf(tiers).map((item) => [item]) }),
  orderWide: () => true,
  variable: {
    types: 2,
    // Of each tier what it is reached by, and what it takes off where it takes something off.
    of: ({ terms }) =>
      terms.tiers.flatMap(({ thresholdMinor, reward }): DiscountValue[] => [
        { type: 'amount', minor: thresholdMinor },
        ...(reward.type === 'order-discount' ? [reward.value] : []),
      ]),
    fits: (offer, values) =>
      withGoalValues(offer.terms.tiers, values).every(({ thresholdMinor }, at, tiers) => {
        return thresholdMinor > (tiers[at - 1]?.thresholdMinor ?? 0);
      }),
    with: (offer, values) => ({ ...offer, terms: { tiers: withGoalValues(offer.terms.tiers, values) } }),
  },
  read(head, cells) {
    const tiers = cells.list(() => ({
      thresholdMinor: cells.count(1, Number.MAX_SAFE_INTEGER),
      reward: readReward(cells),
    }));
    return cells.done()
      ? { ...head, kind: 'cart-goals', terms: { tiers }, items: giftsOf(tiers), startsAt: null, endsAt: null }
      : null;
  },
};

export const cartGoalsOnServer: KindOnServer<TermsOffer<'cart-goals'>> = {
  // What a whole order leaves is known at the checkout only.
  safe: (offer) => offer,
  write: ({ terms }, at) => [
    terms.tiers.length,
    ...terms.tiers.flatMap((tier) => [tier.thresholdMinor, ...rewardCells(tier.reward, at)]),
  ],
};
