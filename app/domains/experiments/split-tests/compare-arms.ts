import { adjust, contrastOf } from './confidence-sequence.ts';
import type { ArmSums, Contrast } from './model.ts';
import { MIN_BUYERS, USUAL_TARGET } from './rules.ts';

/** One arm beside another. */
export interface Pair extends Contrast {
  /** what `key` is compared with */
  readonly against: string;
}

export interface Comparison {
  /** profit of each arm, per person in minor units, adjusted for what was known before, not rounded */
  readonly profit: ReadonlyMap<string, number>;
  /** each arm beside each that stands before it, those with too few buyers left out */
  readonly pairs: readonly Pair[];
}

/**
 * Compares every arm with every other: all intervals together hold at all times, however often one looks.
 * @param arms in a fixed order, those included that no longer grow
 */
export function compareArms(arms: readonly ArmSums[]): Comparison {
  const { arms: adjusted } = adjust(arms);
  const comparisons = (arms.length * (arms.length - 1)) / 2;
  const pairs = arms.flatMap((arm, at) =>
    arms.slice(0, at).flatMap((other): Pair[] => {
      const [one, basis] = [adjusted.get(arm.key), adjusted.get(other.key)];
      if (!one || !basis || Math.min(arm.buyers, other.buyers) < MIN_BUYERS) return [];
      return [{ ...contrastOf(arm.key, one, basis, { comparisons, target: USUAL_TARGET }), against: other.key }];
    }),
  );
  return { profit: new Map([...adjusted].map(([key, { mean }]) => [key, mean])), pairs };
}
