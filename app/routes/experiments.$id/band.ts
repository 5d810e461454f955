import type { DayReading, ReadingPoint } from '#app/domains/experiments/index.ts';
import { linearScale, linePath, niceTicks, type Point } from '../../ui/charts/geometry.ts';

export const box = { width: 600, height: 220, left: 90, right: 8, top: 16, bottom: 10 };

export interface BandPoint extends Omit<ReadingPoint, 'key'> {
  readonly day: string;
}

/** What the chart draws of one version: its readings, oldest first. */
export const bandOf = (history: readonly DayReading[], key: string): BandPoint[] =>
  history.flatMap(({ day, points }) => points.filter((point) => point.key === key).map((point) => ({ ...point, day })));

export interface Band {
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly places: readonly Point[];
  readonly line: string;
  readonly area: string;
}

/**
 * Lines and surfaces of a difference over time. The first, widest days may leave the picture: its height is that of
 * the later three quarters, so that what matters now is not pressed flat.
 */
export function drawBand(points: readonly BandPoint[]): Band {
  const shown = points.slice(Math.floor(points.length / 4));
  const ticks = niceTicks(
    Math.min(0, ...shown.map((point) => point.low)),
    Math.max(0, ...shown.map((point) => point.high)),
    4,
  );
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const x = linearScale([0, Math.max(1, points.length - 1)], [box.left, box.width - box.right]);
  const y = linearScale([low, high], [box.height - box.bottom, box.top]);
  const within = (value: number): number => Math.min(high, Math.max(low, value));
  const at = (value: number, index: number): Point => ({ x: round(x(index)), y: round(y(within(value))) });
  const places = points.map((point, index) => at(point.difference, index));
  const upper = points.map((point, index) => at(point.high, index));
  const lower = points.map((point, index) => at(point.low, index)).reverse();
  return {
    ticks: ticks.map((value) => ({ value, y: round(y(value)) })),
    places,
    line: linePath(places),
    area: points.length < 2 ? '' : `${linePath([...upper, ...lower])} Z`,
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
