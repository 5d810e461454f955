import { unitsIn } from './baskets.ts';
import { toEvidence } from './evidence.ts';
import type { IdeaFound } from './model.ts';
import type { Search } from './search.ts';
import { wilson } from './statistics.ts';

/** So many units become the offer at most. */
const mostUnits = 6;
/** Enough orders do it already that others may, and not so many that the saving would be given away. */
const leastShare = 0.1;
const mostShare = 0.5;
const leastOrders = 20;

/** Products that are often bought several at a time: the smallest number of units that some, but not most, orders reach. */
export function findQuantities(search: Search): IdeaFound[] {
  const { baskets, counts, window } = search;
  const rankOf = new Int32Array(baskets.products.length).fill(-1);
  counts.ranked.forEach((index, rank) => {
    if ((counts.holders[rank]?.length ?? 0) >= leastOrders && search.productAt(rank)) rankOf[index] = rank;
  });
  /** by rank and units (2 to 6): baskets with at least so many */
  const many = counts.ranked.map(() => Array.from({ length: mostUnits + 1 }, (): number[] => []));
  for (let basket = 0; basket < baskets.at.length; basket += 1) {
    for (let place = baskets.start[basket] ?? 0; place < (baskets.start[basket + 1] ?? 0); place += 1) {
      const rank = rankOf[baskets.item[place] ?? 0] ?? -1;
      if (rank < 0) continue;
      const units = Math.min(mostUnits, baskets.quantity[place] ?? 0);
      for (let step = 2; step <= units; step += 1) many[rank]?.[step]?.push(basket);
    }
  }
  return counts.ranked.flatMap((index, rank): IdeaFound[] => {
    const all = counts.holders[rank]?.length ?? 0;
    const productId = baskets.products[index];
    const reached = many[rank] ?? [];
    const quantity = reached.findIndex(
      (orders, units) => units >= 2 && orders.length < all * mostShare && wilson(orders.length, all).low >= leastShare,
    );
    if (quantity < 0 || productId === undefined) return [];
    const whole = reached[quantity] ?? [];
    const recent = (orders: ArrayLike<number>): number =>
      Array.prototype.filter.call(orders, (basket: number) => basket >= window.from).length;
    return [
      {
        kind: 'quantity-breaks',
        evidence: toEvidence(
          {
            chances: all,
            support: whole.length,
            recentChances: recent(counts.holders[rank] ?? []),
            recentSupport: recent(whole),
            buyers: new Set(whole.map((basket) => baskets.buyer[basket])).size,
          },
          window,
          {
            parts: [{ productId, quantity }],
            pickCount: 0,
            orders: baskets.at.length,
            ...unitsOf(search, rank, index, quantity),
            given: null,
            lift: null,
            sales: [{ productId, orders: all, dailyUnits: (window.units[index] ?? 0) / window.days }],
          },
        ),
      },
    ];
  });
}

/** What orders take that reach the quantity, in bundles, and what the others take, in units. */
function unitsOf({ baskets, counts }: Search, rank: number, index: number, quantity: number) {
  let [bundles, whole, units, below] = [0, 0, 0, 0];
  for (const basket of counts.holders[rank] ?? []) {
    const taken = unitsIn(baskets, basket, index);
    if (taken >= quantity) {
      // Every unit costs less once there are enough of them.
      bundles += taken / quantity;
      whole += 1;
    } else {
      units += taken;
      below += 1;
    }
  }
  return { bundlesPerOrder: bundles / Math.max(1, whole), partUnits: units / Math.max(1, below) };
}
