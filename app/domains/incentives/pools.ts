import { floorOf } from './margin.ts';
import type { Cart, CartLine, IncentiveRules } from './model.ts';
import type { Conversion } from './rate.ts';
import { raiseFloor } from './reserve.ts';

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

/** Dearest first, then by floor and ids. */
function comparePools(a: Pool, b: Pool): number {
  return (
    b.price - a.price ||
    a.floor - b.floor ||
    compare(a.productId, b.productId) ||
    compare(a.variantId ?? '', b.variantId ?? '')
  );
}

/**
 * The same order as `comparePools` makes, for hardly any call of it: the engine sorts plain numbers itself, price and
 * place in one of them; only pools of one price are then compared.
 */
function sortPools(pools: readonly Pool[]): Pool[] {
  const count = pools.length;
  let dearest = 0;
  for (const { price } of pools) if (price > dearest) dearest = price;
  if (count < 2 || dearest >= Number.MAX_SAFE_INTEGER / count - 1) return [...pools].sort(comparePools);
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at += 1) keys[at] = (dearest - (pools[at]?.price ?? 0)) * count + at;
  keys.sort();
  const sorted: Pool[] = [];
  for (let at = 0; at < count; at += 1) {
    const pool = pools[(keys[at] ?? 0) % count];
    if (!pool) continue;
    let place = sorted.length;
    sorted.push(pool);
    for (; place > 0; place -= 1) {
      const before = sorted[place - 1];
      if (!before || before.price !== pool.price || comparePools(before, pool) <= 0) break;
      sorted[place] = before;
    }
    sorted[place] = pool;
  }
  return sorted;
}

/** What all units that bundles, goals and gifts may count must cost at least. */
export function floorOfGoods(cart: Cart, rules: IncentiveRules, conversion: Conversion): number {
  let floor = 0;
  for (const line of cart.lines) {
    if (!takesPart(line, rules)) continue;
    const cost = line.unitCostMinor === null ? null : conversion.up(line.unitCostMinor);
    floor += floorOf(line.unitPriceMinor, cost, rules) * line.quantity;
  }
  return floor;
}

/**
 * Sorts the cart's units into pools: dearest first, then by ids, so that neither the order of the lines nor
 * the split of equal units over lines changes anything.
 * @param reserveBps what is left to codes of the store: floors are that much higher
 */
export function poolUnits(cart: Cart, rules: IncentiveRules, conversion: Conversion, reserveBps: number): Pool[] {
  const pools: Pool[] = [];
  // Pools of a variant: one for each price and cost that it has, so nearly always one.
  const byVariant = new Map<string, Pool[]>();
  for (const line of cart.lines) {
    if (!takesPart(line, rules)) continue;
    const { productId, variantId, unitPriceMinor: price, unitCostMinor, quantity } = line;
    const key = variantId ?? `product ${productId}`;
    const alike = byVariant.get(key);
    let known: Pool | undefined;
    if (alike) {
      for (const pool of alike) {
        const [first] = pool.lines;
        if (pool.price === price && pool.productId === productId && first?.unitCostMinor === unitCostMinor)
          known = pool;
      }
    }
    if (known) {
      known.count += quantity;
      known.lines.push(line);
      continue;
    }
    const cost = unitCostMinor === null ? null : conversion.up(unitCostMinor);
    const floor = raiseFloor(floorOf(price, cost, rules), reserveBps);
    const pool = { productId, variantId, price, floor, assumed: cost === null, count: quantity, lines: [line] };
    pools.push(pool);
    if (alike) alike.push(pool);
    else byVariant.set(key, [pool]);
  }
  const sorted = sortPools(pools);
  for (const { lines } of sorted) if (lines.length > 1) lines.sort((a, b) => compare(a.id, b.id));
  return sorted;
}
