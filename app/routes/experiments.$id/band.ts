import type { DayReading, ReadingPoint } from '#app/domains/experiments/index.ts';
import { evenPlace, valueAxis, type ValueAxis } from '../../ui/charts/axis.ts';
import { linePath, type Point } from '../../ui/charts/geometry.ts';

export interface BandPoint extends Omit<ReadingPoint, 'key'> {
  readonly day: string;
}

/** What the chart draws of one version: its readings, oldest first. */
export const bandOf = (history: readonly DayReading[], key: string): BandPoint[] =>
  history.flatMap(({ day, points }) => points.filter((point) => point.key === key).map((point) => ({ ...point, day })));

export interface Band {
  readonly axis: ValueAxis;
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
  const axis = valueAxis(shown.flatMap(({ low, high }) => [low, high]));
  const x = evenPlace(points.length);
  const at = (value: number, index: number): Point => ({ x: x(index), y: axis.y(value) });
  const places = points.map((point, index) => at(point.difference, index));
  const upper = points.map((point, index) => at(point.high, index));
  const lower = points.map((point, index) => at(point.low, index)).reverse();
  return {
    axis,
    places,
    line: linePath(places),
    area: points.length < 2 ? '' : `${linePath([...upper, ...lower])} Z`,
  };
}
