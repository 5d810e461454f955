import { evenPlace, surface, valueAxis } from './axis.ts';
import { areaPath, linePath, nearestIndex } from './geometry.ts';
import { NumbersTable } from './numbers-table.tsx';
import { Plot } from './plot.tsx';
import { useWalk } from './use-walk.ts';

export interface TrendPoint {
  readonly label: string;
  readonly value: number;
  /** the value as people read it */
  readonly text: string;
}

interface TrendProps {
  readonly title: string;
  /** what a point stands for, above the column of labels */
  readonly span?: 'Day' | 'Month';
  /** what the values are, above their column of the table */
  readonly unit: string;
  /** in whole units, such as minor units of a currency or a count */
  readonly points: readonly TrendPoint[];
  /** a tick of the axis and the step between two of them, as people read it */
  readonly formatTick: (value: number, step: number) => string;
  /** the last value still grows: its stretch of the line is dashed */
  readonly unfinished?: boolean;
}

/**
 * A line over time above its axis. Pointer and arrow keys walk along it and the value is said in words; the table
 * beneath holds the same numbers, the newest first.
 */
export function Trend({ title, span = 'Day', unit, points, formatTick, unfinished = false }: TrendProps) {
  const lastIndex = points.length - 1;
  const nameOf = (index: number): string =>
    `${points[index]?.label ?? ''}${unfinished && index === lastIndex ? ' so far' : ''}`;
  const { shown, focus, pointer } = useWalk({
    title,
    count: points.length,
    indexAt: (share) => nearestIndex(share, points.length),
    words: (index) => `${nameOf(index)}: ${points[index]?.text ?? ''}`,
  });
  const axis = valueAxis(
    points.map(({ value }) => value),
    { whole: true },
  );
  const x = evenPlace(points.length);
  const places = points.map(({ value }, index) => ({ x: x(index), y: axis.y(value) }));
  const place = places[shown];
  const point = points[shown];
  if (!place || !point || places.length < 2) return null;
  const firm = unfinished ? places.slice(0, -1) : places;
  return (
    <figure className="chart-figure">
      <figcaption className="chart-caption">
        <span>{title}</span>
        <span aria-live="polite">
          {nameOf(shown)}: <strong>{point.text}</strong>
        </span>
      </figcaption>
      <div {...focus}>
        <Plot
          axis={axis}
          format={(value) => formatTick(value, axis.step)}
          below={[points[0]?.label ?? '', points[lastIndex]?.label ?? '']}
          {...pointer}
        >
          <path className="chart-area" d={areaPath(firm, axis.y(0))} />
          <path className="chart-line" d={linePath(firm)} />
          {unfinished ? <path className="chart-line chart-line-open" d={linePath(places.slice(-2))} /> : null}
          <path className="chart-cursor" d={`M${String(place.x)} 0V${String(surface.height)}`} />
          <path className="chart-point" d={`M${String(place.x)} ${String(place.y)}h0.01`} />
        </Plot>
      </div>
      <NumbersTable
        title={title}
        columns={[span, unit]}
        rows={points.map(({ text }, index) => [nameOf(index), text]).reverse()}
      />
    </figure>
  );
}
