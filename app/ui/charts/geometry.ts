/** Where one value stands in a drawing, in user units of the SVG. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
  /** kept free on every side, so that strokes are not cut off */
  readonly padding: number;
}

/** Maps a domain onto a range; a domain without extent maps to the middle of the range. */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const [from, to] = domain;
  const [start, end] = range;
  if (from === to) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/**
 * Evenly spaced points of a line chart; the vertical axis starts at zero (or the lowest value where it is
 * below zero), so that heights compare honestly.
 */
export function linePoints(values: readonly number[], box: Box): Point[] {
  const top = Math.max(0, ...values);
  const bottom = Math.min(0, ...values);
  const x = linearScale([0, Math.max(1, values.length - 1)], [box.padding, box.width - box.padding]);
  const y = linearScale([bottom, top === bottom ? bottom + 1 : top], [box.height - box.padding, box.padding]);
  return values.map((value, index) => ({ x: round(x(index)), y: round(y(value)) }));
}

/**
 * The values of a trend whose last one, today's, is not over: without it, since it would make every line end in a
 * fall; with it where there is nothing else to see.
 */
export function trendValues(byDay: readonly number[]): readonly number[] {
  const past = byDay.slice(0, -1);
  return byDay.length > 2 && past.some((value) => value !== 0) ? past : byDay;
}

/** SVG path through the points. */
export function linePath(points: readonly Point[]): string {
  return points.map((point, index) => `${index === 0 ? 'M' : 'L'}${String(point.x)} ${String(point.y)}`).join(' ');
}

/** SVG path of the surface between the points and `baseline`. */
export function areaPath(points: readonly Point[], baseline: number): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  return `${linePath(points)} L${String(last.x)} ${String(baseline)} L${String(first.x)} ${String(baseline)} Z`;
}

/**
 * Round numbers for an axis that covers `[low, high]`: steps of 1, 2, 2.5 or 5 times a power of ten, about
 * `count` of them, the first at or below `low`, the last at or above `high`. Steps are multiples of `unit`; 0 allows any.
 */
export function niceTicks(low: number, high: number, count: number, unit = 0): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high) || count < 1) return [];
  const span = high - low || Math.abs(high) || 1;
  const rough = span / count;
  const power = Math.max(unit, 10 ** Math.floor(Math.log10(rough)));
  const fits = (factor: number): boolean => factor * power >= rough && (unit === 0 || (factor * power) % unit === 0);
  const step = ([1, 2, 2.5, 5, 10].find(fits) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step));
}

/** Index of the one of `count` evenly spaced values that is nearest to a share of the width, 0 at the left edge, 1 at the right. */
export function nearestIndex(share: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.round(share * (count - 1))));
}

/** Shares of a whole in percent with one decimal; all zero where the whole is zero. */
export function sharesOf(values: readonly number[]): number[] {
  const whole = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (whole > 0 ? Math.round((value / whole) * 1000) / 10 : 0));
}

const round = (value: number): number => Math.round(value * 100) / 100;
/** Takes binary noise off a multiple of a decimal step (0.30000000000000004). */
const tidy = (value: number): number => Number(value.toPrecision(12));
