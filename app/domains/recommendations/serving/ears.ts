import type { SourceId } from '../model.ts';
import { sources } from '../sources/index.ts';
import type { Head } from './head.ts';
import { field } from './sums.ts';

/** `hearing` for thousands of numbers in a row: weights and floors of the sources that hear a cart. */
export interface Ears {
  readonly weights: Float64Array;
  readonly floors: Float64Array;
}

/** The sources that hear a cart, and the field that each hears; the first of equally loud ones is named. */
export const parts = [
  ['together', field.together],
  ['basket-model', field.linear],
  ['basket-neighbours', field.cosine],
  ['content', field.likeness],
  ['prior', field.prior],
  ['trending', field.week],
  ['popular', field.month],
  ['established', field.season],
  ['last-year', field.lastYear],
] as const satisfies readonly (readonly [SourceId, number])[];

export function earsOf(weights: Head['weights']): Ears {
  const floorOf = (id: SourceId) => sources.find((source) => source.id === id)?.floor ?? 1;
  return {
    weights: Float64Array.from(parts, ([id]) => weights[id] ?? 0),
    floors: Float64Array.from(parts, ([id]) => floorOf(id)),
  };
}

/** What the nth source adds to the score of the row: weight × log(1 + value / floor), as in the engine. */
export function heard({ weights, floors }: Ears, numbers: Float64Array, row: number, nth: number): number {
  const weight = weights[nth] ?? 0;
  // A source's place among the parts is its field, see `parts`.
  const value = numbers[row + nth] ?? 0;
  return weight !== 0 && value > 0 ? weight * Math.log(1 + value / (floors[nth] ?? 1)) : 0;
}

/** All sources together, what sells added up first. */
export function scoreOf(ears: Ears, numbers: Float64Array, row: number): number {
  let score = 0;
  for (let nth = 0; nth < field.week; nth += 1) score += heard(ears, numbers, row, nth);
  const lately = heard(ears, numbers, row, field.week) + heard(ears, numbers, row, field.month);
  return score + (lately + heard(ears, numbers, row, field.season) + heard(ears, numbers, row, field.lastYear));
}

/** The source that adds most, and how much. */
export function loudestOf(ears: Ears, numbers: Float64Array, row: number): { source: SourceId; part: number } {
  let most = -Infinity;
  let found: SourceId = 'popular';
  for (const [id, nth] of parts) {
    const part = heard(ears, numbers, row, nth);
    if (part > most) {
      most = part;
      found = id;
    }
  }
  return { source: found, part: most };
}
