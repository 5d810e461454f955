import { kindOf } from './kinds/registry.ts';
import { guardDiscount, percentageOf } from './margin.ts';
import { type CartView, countedSubtotal } from './match.ts';
import type { GoalReward, IncentiveRules, Offer } from './model.ts';
import type { FormedBundle, GoalProgress, GuardOutcome } from './outcome.ts';
import { mostOfCode } from './own-codes.ts';
import { floorOfOrder } from './reserve.ts';
import type { LeftToCodes } from './stacking.ts';

/** One discount off the whole order. */
export interface OrderGoal {
  readonly offerId: string;
  readonly title: string;
  /** presentment minor units, after the guard */
  readonly minor: number;
  readonly wantedMinor: number;
  readonly guard: GuardOutcome;
}

/** Shipping that a goal makes free. */
export interface FreeShipping {
  readonly offerId: string;
  readonly title: string;
  /** what the goods still have above their floor, presentment minor units: shipping that is dearer is not free */
  readonly mostMinor: number;
}

/** What the order's goals earn of the classes `order` and `shipping`; gifts are among the bundles. */
export interface GoalEffect {
  readonly order: OrderGoal | null;
  readonly shipping: FreeShipping | null;
  /** an order discount that the bundles push out, because the merchant does not let the two combine */
  readonly pushedOut: string | null;
  /** the order discount pushes out the bundles */
  readonly withoutBundles: boolean;
  readonly progress: () => GoalProgress[];
}

export const noGoals: GoalEffect = {
  order: null,
  shipping: null,
  pushedOut: null,
  withoutBundles: false,
  progress: () => [],
};

type OrderReward = Extract<GoalReward, { type: 'order-discount' }>;

/**
 * The best order discount that the subtotal reaches and whether shipping is free. The guard holds for the whole
 * order after bundles. Where the merchant does not let order discounts stand beside bundles, the larger of the
 * two stays. Free shipping gives way to whatever it may not stand beside, because the part of the checkout that
 * knows the goods does not know what shipping costs. What comes off shipping counts as if it came off the goods:
 * shipping is taken to cost the merchant what it costs the shopper. Each entered code that may be one of ours keeps what
 * such a code takes off the goods at most.
 */
export function goalEffect(
  offers: readonly Offer[],
  view: CartView,
  bundles: readonly FormedBundle[],
  rules: IncentiveRules,
  { bps: reserveBps, unknown }: LeftToCodes,
): GoalEffect {
  const goals = offers.flatMap((offer) => progressOf(offer, view) ?? []);
  if (goals.length === 0) return noGoals;
  const bundleMinor = bundles.reduce((sum, bundle) => sum + bundle.discountMinor, 0);
  const beside = bundleMinor === 0 || rules.combinesWith.product.order;
  const before = bestOrder(goals, offers, view, beside ? bundleMinor : 0, reserveBps);
  const withoutBundles = !beside && before !== null && before.minor > bundleMinor;
  const order = beside || withoutBundles ? before : null;
  const { order: besideOrder, product: besideBundles } = rules.combinesWith.shipping;
  const stands = (besideOrder || (order?.minor ?? 0) === 0) && (besideBundles || bundleMinor === 0 || withoutBundles);
  const ships = goals.find((goal) => goal.tiers.some((tier) => tier.reached && tier.reward.type === 'free-shipping'));
  const base = view.subtotal - (withoutBundles ? 0 : bundleMinor);
  const ownCodes = rules.ownCodes ? unknown * mostOfCode(rules.ownCodes, view.subtotal, view.conversion) : 0;
  const room = base - (order?.minor ?? 0) - floorOfOrder(base, floorOfAll(view), reserveBps) - ownCodes;
  return {
    order,
    shipping:
      ships && stands
        ? { offerId: ships.offerId, title: titleOf(offers, ships.offerId), mostMinor: Math.max(0, room) }
        : null,
    pushedOut: order === null && before !== null ? before.offerId : null,
    withoutBundles,
    progress: () => goals,
  };
}

function titleOf(offers: readonly Offer[], id: string): string {
  return offers.find((offer) => offer.id === id)?.title ?? '';
}

function progressOf(offer: Offer, view: CartView): GoalProgress | null {
  const goals = kindOf(offer).goals?.(offer);
  if (!goals) return null;
  const { tiers, gifts } = goals;
  const subtotalMinor = countedSubtotal({ from: 0, below: null, gifts }, 1, view);
  const held = tiers.map(({ thresholdMinor, reward }) => {
    const threshold = view.conversion.nearest(thresholdMinor);
    return { thresholdMinor: threshold, reward, reached: subtotalMinor >= threshold };
  });
  const next = held.find((tier) => !tier.reached);
  return {
    offerId: offer.id,
    subtotalMinor,
    tiers: held,
    nextGoal: next ? { missingMinor: next.thresholdMinor - subtotalMinor, reward: next.reward } : null,
  };
}

/** What all units that count must cost at least. */
function floorOfAll({ pools }: CartView): number {
  let floor = 0;
  for (const pool of pools) floor += pool.floor * pool.count;
  return floor;
}

function bestOrder(
  goals: readonly GoalProgress[],
  offers: readonly Offer[],
  view: CartView,
  bundleMinor: number,
  reserveBps: number,
): OrderGoal | null {
  const { conversion } = view;
  const floor = floorOfAll(view);
  const base = view.subtotal - bundleMinor;
  let best: OrderGoal | null = null;
  for (const { offerId, tiers } of goals) {
    const reward = tiers.findLast((tier) => tier.reached && tier.reward.type === 'order-discount')?.reward;
    if (reward?.type !== 'order-discount') continue;
    const { value }: OrderReward = reward;
    const wantedMinor = Math.min(
      base,
      value.type === 'percentage' ? percentageOf(base, value.basisPoints) : conversion.nearest(value.minor),
    );
    const { minor, outcome } = guardDiscount(wantedMinor, base, floorOfOrder(base, floor, reserveBps));
    if (!best || minor > best.minor)
      best = { offerId, title: titleOf(offers, offerId), minor, wantedMinor, guard: outcome };
  }
  return best;
}
