import { withoutTax } from '#app/domains/incentives/index.ts';
import type { FriendOffer, ProgrammeTerms, Reward } from './model.ts';
import { rewardFor } from './rules.ts';

/** A customer's first order in the past. */
export interface FirstOrder {
  /** goods after discounts and refunds, minor units */
  readonly keptMinor: number;
}

export interface Assumptions {
  /** of the new customers, how many a friend would have brought, basis points */
  readonly broughtBps: number;
  /** of those, how many would not have come by themselves, basis points */
  readonly addedBps: number;
  /** gross margin of the store, basis points of the price without tax */
  readonly marginBps: number;
  /** what a point costs, in hundredths of a minor unit */
  readonly pointCost: number;
  /** friends of one advocate, on average */
  readonly friendsPerAdvocate: number;
}

export const usualAssumptions: Assumptions = {
  broughtBps: 1_000,
  addedBps: 5_000,
  marginBps: 4_000,
  pointCost: 100,
  friendsPerAdvocate: 1.5,
};

/** Amounts are without tax. */
export interface Simulation {
  readonly firstOrders: number;
  /** of them large enough to count */
  readonly eligible: number;
  readonly friends: number;
  readonly offersMinor: number;
  readonly rewardsMinor: number;
  /** margin of the orders that would not have come without a friend */
  readonly addedMarginMinor: number;
  readonly profitMinor: number;
  /** share of added friends from which on it pays, basis points; null = it never does */
  readonly breakEvenBps: number | null;
}

/** Sending an order is taken to cost this share of a usual one, as loyalty takes it, where nobody has said. */
const usualShipping = 0.1;

function offCost(offer: FriendOffer, keptMinor: number, shippingMinor: number): number {
  switch (offer.type) {
    case 'percentage':
      return Math.round((keptMinor * offer.basisPoints) / 10_000);
    case 'amount':
      return Math.min(offer.minor, keptMinor);
    case 'free-shipping':
      return shippingMinor;
    case 'none':
      return 0;
  }
}

/** A code for a part of a later order costs that part of an average one. Points cost what the merchant says. */
const rewardCost = (reward: Reward, pointCost: number, averageMinor: number, taxBps: number): number =>
  reward.type === 'points'
    ? Math.round((reward.points * pointCost) / 100)
    : 'minor' in reward
      ? withoutTax(reward.minor, taxBps)
      : withoutTax(Math.round((averageMinor * reward.basisPoints) / 10_000), taxBps);

/** Friends of one advocate follow each other with the same chance: the share of friends who are an advocate's nth. */
function shareOfNth(n: number, friendsPerAdvocate: number): number {
  const stop = 1 / Math.max(1, friendsPerAdvocate);
  return stop * (1 - stop) ** (n - 1);
}

/** How much further than the last tier friends are counted; so many are a rounding error beyond. */
const farthest = 200;

/**
 * What the programme would have cost on past first orders, and what it would have brought. Rounded half up, at the end.
 * @param parcelCostMinor what sending an order usually costs, with the tax that prices contain; null = nobody has said
 * @param taxBps in what was paid and in what offers and rewards take off, of the price without it
 */
export function simulate(
  orders: readonly FirstOrder[],
  terms: ProgrammeTerms,
  assumed: Assumptions,
  taxBps = 0,
  parcelCostMinor: number | null = null,
): Simulation {
  const eligible = orders.filter(({ keptMinor }) => keptMinor > 0 && keptMinor >= terms.minOrderMinor);
  const soldMinor = eligible.reduce((sum, { keptMinor }) => sum + keptMinor, 0);
  const averageMinor = eligible.length === 0 ? 0 : soldMinor / eligible.length;
  const shippingMinor = parcelCostMinor ?? Math.round(averageMinor * usualShipping);
  const brought = assumed.broughtBps / 10_000;
  const friends = eligible.length * brought;
  const offersMinor = withoutTax(
    brought * eligible.reduce((sum, { keptMinor }) => sum + offCost(terms.offer, keptMinor, shippingMinor), 0),
    taxBps,
  );
  let perFriend = 0;
  for (let n = 1; n <= farthest; n += 1)
    perFriend +=
      shareOfNth(n, assumed.friendsPerAdvocate) *
      rewardCost(rewardFor(terms, n, 'pay'), assumed.pointCost, averageMinor, taxBps);
  const rewardsMinor = friends * perFriend;
  const marginMinor = brought * withoutTax(soldMinor, taxBps) * (assumed.marginBps / 10_000);
  const addedMarginMinor = marginMinor * (assumed.addedBps / 10_000);
  const cost = offersMinor + rewardsMinor;
  const breakEven = marginMinor > 0 ? Math.ceil((cost / marginMinor) * 10_000) : null;
  return {
    firstOrders: orders.length,
    eligible: eligible.length,
    friends: Math.round(friends),
    offersMinor: Math.round(offersMinor),
    rewardsMinor: Math.round(rewardsMinor),
    addedMarginMinor: Math.round(addedMarginMinor),
    profitMinor: Math.round(addedMarginMinor - cost),
    breakEvenBps: breakEven !== null && breakEven <= 10_000 ? breakEven : null,
  };
}
