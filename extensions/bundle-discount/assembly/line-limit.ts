import { goalOrderDiscount } from './kinds/goal-tier';
import { CartLine, Offer, Rules } from './model';
import { takesPart } from './pools';

// The numbers of the definition.
const mostLines: i32 = 100;
const freeExclusions: i32 = 30;

function takesOffOrder(offer: Offer): bool {
  const tiers = offer.goals();
  if (tiers === null) return false;
  for (let at = 0; at < tiers.length; at += 1) if (unchecked(tiers[at]).type === goalOrderDiscount) return true;
  return false;
}

/** How many lines bundles may touch: fewer where an order's discount may have many lines to exclude. */
export function lineLimitOf(lines: Array<CartLine>, offers: Array<Offer>, rules: Rules): i32 {
  let mayExclude = false;
  for (let at = 0; at < offers.length && !mayExclude; at += 1) mayExclude = takesOffOrder(unchecked(offers[at]));
  if (!mayExclude) return mostLines;
  let excluded = 0;
  for (let at = 0; at < lines.length; at += 1) if (!takesPart(unchecked(lines[at]), rules)) excluded += 1;
  return max(0, mostLines - (max(0, excluded - freeExclusions) * 2 + 4) / 5);
}
