import { giftsOf } from './kinds/cart-goals';
import { goalFreeShipping, goalOrderDiscount, GoalTier } from './kinds/goal-tier';
import { guardDiscount, percentageOf } from './margin';
import { CartView } from './cart-view';
import { countedSubtotal } from './match';
import { Offer, percentage, Rules, Value } from './model';
import { floorOfOrder } from './reserve';
import { Text } from './text';

/** What the order's goals earn of the classes `order` and `shipping`; gifts are among the bundles. */
export class GoalEffect {
  /** off the order after the guard; 0 = nothing */
  orderMinor: f64 = 0;
  /** title of the order discount, null where there is none */
  orderTitle: Text | null = null;
  /** title of the free shipping, null where there is none */
  shippingTitle: Text | null = null;
  /** what the goods still have above their floor, presentment minor units; codes of ours are not counted yet */
  shippingMost: f64 = 0;
  /** what the goods cost before discounts */
  goods: f64 = 0;
  /** the order discount pushes out the bundles */
  withoutBundles: bool = false;
}

/** The highest tier that is reached and is a discount off the order. */
function reachedDiscount(tiers: Array<GoalTier>, subtotal: f64, view: CartView): Value | null {
  for (let at = tiers.length - 1; at >= 0; at -= 1) {
    const tier = unchecked(tiers[at]);
    if (tier.type === goalOrderDiscount && subtotal >= view.conversion.nearest(tier.threshold)) return tier.value;
  }
  return null;
}

function shipsFree(tiers: Array<GoalTier>, subtotal: f64, view: CartView): bool {
  for (let at = 0; at < tiers.length; at += 1) {
    const tier = unchecked(tiers[at]);
    if (tier.type === goalFreeShipping && subtotal >= view.conversion.nearest(tier.threshold)) return true;
  }
  return false;
}

/** The best order discount that the subtotal reaches and whether shipping is free; see the definition. */
export function goalEffect(
  offers: Array<Offer>,
  view: CartView,
  bundleMinor: f64,
  rules: Rules,
  reserveBps: f64,
): GoalEffect {
  const effect = new GoalEffect();
  const beside = bundleMinor === 0 || rules.productOrder;
  let floor: f64 = 0;
  for (let at = 0; at < view.pools.length; at += 1) {
    const pool = unchecked(view.pools[at]);
    floor += pool.floor * pool.count;
  }
  const base = view.subtotal - (beside ? bundleMinor : 0);
  const floorOfUnits = floor;
  floor = floorOfOrder(base, floor, reserveBps);
  let best: f64 = -1;
  let bestTitle: Text | null = null;
  let shipping: Text | null = null;
  for (let at = 0; at < offers.length; at += 1) {
    const offer = unchecked(offers[at]);
    const tiers = offer.goals();
    if (tiers === null) continue;
    const subtotal = countedSubtotal(giftsOf(tiers), view);
    if (shipping === null && shipsFree(tiers, subtotal, view)) shipping = offer.title;
    const value = reachedDiscount(tiers, subtotal, view);
    if (value === null) continue;
    const size = value.type === percentage ? percentageOf(base, value.size) : view.conversion.nearest(value.size);
    const minor = guardDiscount(Math.min(base, size), base, floor);
    if (minor > best) {
      best = minor;
      bestTitle = offer.title;
    }
  }
  effect.withoutBundles = !beside && best > bundleMinor;
  if (bestTitle !== null && (beside || effect.withoutBundles)) {
    effect.orderMinor = best;
    effect.orderTitle = bestTitle;
  }
  const besideOrder = rules.orderShipping || effect.orderMinor === 0;
  const besideBundles = rules.productShipping || bundleMinor === 0 || effect.withoutBundles;
  if (shipping === null || !besideOrder || !besideBundles) return effect;
  effect.shippingTitle = shipping;
  const left = view.subtotal - (effect.withoutBundles ? 0 : bundleMinor);
  effect.shippingMost = left - effect.orderMinor - floorOfOrder(left, floorOfUnits, reserveBps);
  effect.goods = view.subtotal;
  return effect;
}
