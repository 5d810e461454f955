import { linearScale, niceTicks } from './geometry.ts';

/** The surface that lines and bars are drawn on, in user units; it is stretched to the width at hand. */
export const surface = { width: 600, height: 200 } as const;

export interface ValueAxis {
  /** round numbers, the lowest first; zero is always one of them */
  readonly ticks: readonly number[];
  /** between two of them */
  readonly step: number;
  /** height of a value on the surface; a value beyond the ends stands at the end */
  readonly y: (value: number) => number;
}

/**
 * The value axis of a chart over `values`. It holds zero, so that heights compare honestly, and ends at round numbers.
 * Give `whole` where the values are counts or minor units: then no tick is a fraction of one.
 */
export function valueAxis(values: readonly number[], options: { whole?: boolean } = {}): ValueAxis {
  const ticks = niceTicks(Math.min(0, ...values), Math.max(0, ...values), 4, options.whole ? 1 : 0);
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const scale = linearScale([low, high], [surface.height, 0]);
  return {
    ticks,
    step: (ticks[1] ?? high) - low,
    y: (value) => round(scale(Math.min(high, Math.max(low, value)))),
  };
}

/** Where each of `count` evenly spaced values stands from left to right; one alone stands at the left. */
export function evenPlace(count: number): (index: number) => number {
  const scale = linearScale([0, Math.max(1, count - 1)], [0, surface.width]);
  return (index) => round(scale(index));
}

const round = (value: number): number => Math.round(value * 100) / 100;
