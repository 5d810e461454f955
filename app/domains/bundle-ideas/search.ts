import type { Baskets } from './baskets.ts';
import type { PairCounts } from './count-pairs.ts';
import type { Window } from './evidence.ts';
import type { Gather } from './gather.ts';
import type { IdeaProduct } from './model.ts';

/** Everything that the ways of finding share. */
export interface Search {
  readonly baskets: Baskets;
  readonly counts: PairCounts;
  readonly window: Window;
  readonly gather: Gather;
  /** the product of a rank, if it can be offered */
  productAt(rank: number): IdeaProduct | null;
}
