import { type ArmSums, compareArms, type Comparison, emptyArm } from '#app/domains/experiments/index.ts';
import type { StoppedSize } from './model.ts';

/**
 * A larger size must be able to earn so much more, as a share of what a customer without the offer brings: what is less
 * than that is not worth giving away.
 */
export const worthwhile = 0.05;

export interface SizesReading {
  /** profit per customer who met the trigger, minor units, not rounded; 0 = nothing given */
  readonly profit: ReadonlyMap<number, number>;
  /** sizes to be taken out now */
  readonly stop: readonly Omit<StoppedSize, 'at'>[];
  /** the one size that is left and earns more than nothing for sure, with what it adds for each customer */
  readonly chosen: { readonly size: number; readonly low: number; readonly high: number } | null;
  readonly customers: number;
}

/**
 * Which sizes are to be given no more, by what customers have brought so far. All intervals hold at all times together, so
 * that it may be looked at as often as one likes. A size goes when it earns less than nothing given or than a smaller size,
 * when a larger one earns more, and when it cannot earn a worthwhile part more than a smaller one: so the smallest that
 * works is left.
 * @param arms sums by size; those of nothing under 0
 * @param sizes all sizes of the offer, the smallest first
 */
export function judgeSizes(
  arms: ReadonlyMap<number, ArmSums>,
  sizes: readonly number[],
  stopped: readonly Pick<StoppedSize, 'size'>[],
): SizesReading {
  const keyOf = (size: number) => String(size);
  const all = [0, ...sizes].map((size) => ({ ...(arms.get(size) ?? emptyArm('')), key: keyOf(size) }));
  const comparison = compareArms(all);
  const profit = new Map([0, ...sizes].map((size) => [size, comparison.profit.get(keyOf(size)) ?? 0]));
  const least = Math.abs(profit.get(0) ?? 0) * worthwhile;
  const between = (size: number, other: number) => pairOf(comparison, keyOf(size), keyOf(other));
  const active = sizes.filter((size) => !stopped.some((one) => one.size === size));
  const stop = new Map<number, StoppedSize['reason']>();
  for (const size of active) {
    const beside = between(size, 0);
    if (!beside) continue;
    if (beside.high < 0) stop.set(size, 'harm');
    else if (beside.high < least) stop.set(size, 'no-more');
  }
  for (const [at, size] of active.entries())
    for (const smaller of active.slice(0, at)) {
      const more = stop.has(size) || stop.has(smaller) ? null : between(size, smaller);
      if (!more) continue;
      if (more.high < 0) stop.set(size, 'dearer');
      else if (more.low > 0) stop.set(smaller, 'weaker');
      else if (more.high < least) stop.set(size, 'no-more');
    }
  const left = active.filter((size) => !stop.has(size));
  const [only] = left;
  const gain = left.length === 1 && only !== undefined ? between(only, 0) : null;
  return {
    profit,
    stop: [...stop].map(([size, reason]) => ({ size, reason })),
    chosen: gain && only !== undefined && gain.low > 0 ? { size: only, low: gain.low, high: gain.high } : null,
    customers: all.reduce((sum, { visitors }) => sum + visitors, 0),
  };
}

const pairOf = ({ pairs }: Comparison, key: string, against: string) =>
  pairs.find((pair) => pair.key === key && pair.against === against) ?? null;
