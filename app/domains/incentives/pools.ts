import { floorOf } from './margin.ts';
import type { Cart, CartLine, IncentiveRules } from './model.ts';
import type { Conversion } from './rate.ts';

/** Units that are alike for every rule: same variant, price and cost, on however many lines. */
export interface Pool {
  readonly productId: string;
  readonly variantId: string | null;
  readonly price: number;
  /** lowest price that keeps the margin */
  readonly floor: number;
  /** its cost is unknown */
  readonly assumed: boolean;
  count: number;
  readonly lines: CartLine[];
}

/** Why a line can take no part in bundles, or null when it can. */
export function exclusionOf(
  line: CartLine,
  rules: IncentiveRules,
): 'gift-card-excluded' | 'selling-plan-excluded' | null {
  if (line.giftCard) return 'gift-card-excluded';
  return line.sellingPlan && rules.sellingPlans === 'exclude' ? 'selling-plan-excluded' : null;
}

/** True for a line whose units bundles, goals and gifts may count and reduce. */
export function takesPart(line: CartLine, rules: IncentiveRules): boolean {
  return line.quantity >= 1 && line.unitPriceMinor > 0 && exclusionOf(line, rules) === null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Sorts the cart's units into pools: dearest first, then by ids, so that neither the order of the lines nor
 * the split of equal units over lines changes anything.
 */
export function poolUnits(cart: Cart, rules: IncentiveRules, conversion: Conversion): Pool[] {
  const pools = new Map<string, Pool>();
  for (const line of cart.lines) {
    if (!takesPart(line, rules)) continue;
    const key = `${line.productId}/${line.variantId ?? ''}/${line.unitPriceMinor}/${line.unitCostMinor ?? ''}`;
    const pool = pools.get(key);
    if (pool) {
      pool.count += line.quantity;
      pool.lines.push(line);
      continue;
    }
    const cost = line.unitCostMinor === null ? null : conversion.up(line.unitCostMinor);
    pools.set(key, {
      productId: line.productId,
      variantId: line.variantId,
      price: line.unitPriceMinor,
      floor: floorOf(line.unitPriceMinor, cost, rules),
      assumed: cost === null,
      count: line.quantity,
      lines: [line],
    });
  }
  const sorted = [...pools.values()].sort(
    (a, b) =>
      b.price - a.price ||
      a.floor - b.floor ||
      compare(a.productId, b.productId) ||
      compare(a.variantId ?? '', b.variantId ?? ''),
  );
  for (const pool of sorted) pool.lines.sort((a, b) => compare(a.id, b.id));
  return sorted;
}
