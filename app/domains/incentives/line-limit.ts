import { kindOf } from './kinds/registry.ts';
import type { Cart, IncentiveRules, Offer } from './model.ts';
import { takesPart } from './pools.ts';

/** Lines of one cart that bundles may touch, so that the Function's output stays under its 20 kB. */
const mostLines = 100;
/** An order's discount names the lines that it does not look at. So many leave room for all that bundles may touch. */
const freeExclusions = 30;
/** Five excluded lines take no more bytes than two bundled ones. */
const linesFor = { bundled: 2, excluded: 5 } as const;

function takesOffOrder(offer: Offer): boolean {
  return (
    kindOf(offer)
      .goals?.(offer)
      .tiers.some(({ reward }) => reward.type === 'order-discount') ?? false
  );
}

/** How many lines bundles may touch: fewer where an order's discount may have many lines to exclude. */
export function lineLimitOf(cart: Cart, offers: readonly Offer[], rules: IncentiveRules): number {
  if (!offers.some(takesOffOrder)) return mostLines;
  let excluded = 0;
  for (const line of cart.lines) if (!takesPart(line, rules)) excluded += 1;
  return Math.max(
    0,
    mostLines - Math.ceil((Math.max(0, excluded - freeExclusions) * linesFor.bundled) / linesFor.excluded),
  );
}
