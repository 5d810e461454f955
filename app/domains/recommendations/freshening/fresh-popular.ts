import { popularLength, popularScore } from '../engine/popular-list.ts';
import type { Suggestion } from '../model.ts';
import type { Voice } from '../serving/voice.ts';

/** How a product sells by now. */
export interface FreshSales extends Pick<Voice, 'count' | 'sold'> {
  readonly id: string;
  /** null where it is not known: such a product keeps its place, but is not taken in */
  readonly sellable: boolean | null;
}

/** Of what sells alike, what has sold more often. */
const rankOf = ({ score, reason }: Suggestion): number => score + 1e-6 * reason.support;

/**
 * The stored list of what is popular with what some products sell by now. What it was of these before counts in nothing, so
 * that adding sales twice changes nothing.
 */
export function freshenPopular(list: readonly Suggestion[], fresh: readonly FreshSales[]): Suggestion[] {
  const known = new Map(list.map((one) => [one.productId, one]));
  for (const { id, count, sold, sellable } of fresh) {
    if (!known.has(id) && sellable !== true) continue;
    const reason = { support: count, lift: 1, because: null };
    known.set(id, { productId: id, score: popularScore(sold[0], sold[1]), source: 'popular', reason });
  }
  return [...known.values()]
    .sort((a, b) => rankOf(b) - rankOf(a) || (a.productId < b.productId ? -1 : 1))
    .slice(0, popularLength);
}
