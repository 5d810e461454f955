import { surface } from '../../ui/charts/axis.ts';
import { nearestIndex } from '../../ui/charts/geometry.ts';
import { NumbersTable } from '../../ui/charts/numbers-table.tsx';
import { Plot } from '../../ui/charts/plot.tsx';
import { useWalk } from '../../ui/charts/use-walk.ts';
import { type BandPoint, drawBand } from './band.ts';

interface DifferenceChartProps {
  readonly title: string;
  readonly points: readonly BandPoint[];
  readonly format: (minor: number) => string;
  /** a tick of the axis and the step between two of them */
  readonly formatTick: (minor: number, step: number) => string;
  readonly formatDay: (day: string) => string;
}

/**
 * The difference to what stands today with its band, day by day, against the line of "no difference". Pointer and
 * arrow keys walk along it and each day is said in words and drawn with its range; the table beneath holds the same numbers, the newest first.
 */
export function DifferenceChart({ title, points, format, formatTick, formatDay }: DifferenceChartProps) {
  const wordsOf = (point: BandPoint): string =>
    `${format(point.difference)}, between ${format(point.low)} and ${format(point.high)}`;
  const { shown, focus, pointer } = useWalk({
    title,
    count: points.length,
    indexAt: (share) => nearestIndex(share, points.length),
    words: (index) => {
      const point = points[index];
      return point ? `${formatDay(point.day)}: ${wordsOf(point)}` : '';
    },
  });
  const { axis, places, area, line } = drawBand(points);
  const [point, place] = [points[shown], places[shown]];
  if (!point || !place) return null;
  const edge = points.length > 1 ? [formatDay(points.at(-1)?.day ?? '')] : [];
  return (
    <figure className="chart-figure">
      <figcaption className="chart-caption">
        <span>{title}</span>
        <span aria-live="polite">
          {formatDay(point.day)}: <strong>{wordsOf(point)}</strong>
        </span>
      </figcaption>
      <div {...focus}>
        <Plot
          axis={axis}
          format={(value) => formatTick(value, axis.step)}
          below={[formatDay(points[0]?.day ?? ''), ...edge]}
          {...pointer}
        >
          <path className="chart-area" d={area} />
          <path className="chart-line" d={line} />
          <path className="chart-cursor" d={`M${String(place.x)} 0V${String(surface.height)}`} />
          <path
            className="chart-range"
            d={`M${String(place.x)} ${String(axis.y(point.low))}V${String(axis.y(point.high))}`}
          />
          <path className="chart-point" d={`M${String(place.x)} ${String(place.y)}h0.01`} />
        </Plot>
      </div>
      <NumbersTable
        title={title}
        columns={['Day', 'Difference', 'From', 'To']}
        rows={points
          .map((one) => [formatDay(one.day), format(one.difference), format(one.low), format(one.high)])
          .reverse()}
      />
    </figure>
  );
}
