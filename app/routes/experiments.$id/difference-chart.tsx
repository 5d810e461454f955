import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { linearScale } from '../../ui/charts/geometry.ts';
import { type BandPoint, box, drawBand } from './band.ts';

interface DifferenceChartProps {
  readonly title: string;
  readonly points: readonly BandPoint[];
  readonly format: (minor: number) => string;
  /** shorter, for the axis */
  readonly formatTick: (minor: number) => string;
  readonly formatDay: (day: string) => string;
}

/**
 * The difference to what stands today with its band, day by day, against the line of "no difference". Pointer and
 * arrow keys walk along it and each day is said in words.
 */
export function DifferenceChart({ title, points, format, formatTick, formatDay }: DifferenceChartProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const captionId = useId();
  const lastIndex = points.length - 1;
  const shown = Math.min(chosen ?? lastIndex, lastIndex);
  const band = drawBand(points);
  const [point, place] = [points[shown], band.places[shown]];
  if (!point || !place) return null;
  const words = `${format(point.difference)}, between ${format(point.low)} and ${format(point.high)}`;

  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setChosen(Math.min(lastIndex, Math.max(0, shown + step)));
  };
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const frame = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - frame.left) / frame.width) * box.width;
    const index = Math.round(linearScale([box.left, box.width - box.right], [0, Math.max(1, lastIndex)])(x));
    setChosen(Math.min(lastIndex, Math.max(0, index)));
  };

  return (
    <figure className="chart-figure">
      <figcaption className="chart-caption">
        <span>{title}</span>
        <span id={captionId} aria-live="polite">
          {formatDay(point.day)}: <strong>{words}</strong>
        </span>
      </figcaption>
      {/* A slider is the role in which arrow keys along a line of values are announced. */}
      <div
        className="chart-focus"
        role="slider"
        tabIndex={0}
        aria-label={`${title}, use the arrow keys`}
        aria-valuemin={0}
        aria-valuemax={Math.max(1, lastIndex)}
        aria-valuenow={shown}
        aria-valuetext={`${formatDay(point.day)}: ${words}`}
        onKeyDown={walk}
        onBlur={() => {
          setChosen(null);
        }}
      >
        <svg
          className="chart-band"
          viewBox={`0 0 ${String(box.width)} ${String(box.height)}`}
          aria-hidden="true"
          onPointerMove={follow}
          onPointerLeave={() => {
            setChosen(null);
          }}
        >
          {band.ticks.map(({ value, y }) => (
            <g key={value}>
              <line
                className={value === 0 ? 'chart-zero' : 'chart-axis'}
                x1={box.left}
                x2={box.width - box.right}
                y1={y}
                y2={y}
              />
              <text className="chart-tick" x={box.left - 6} y={y + 4} textAnchor="end">
                {formatTick(value)}
              </text>
            </g>
          ))}
          <path className="chart-area" d={band.area} />
          <path className="chart-line" d={band.line} />
          <line className="chart-cursor" x1={place.x} x2={place.x} y1={box.top} y2={box.height - box.bottom} />
          <circle className="chart-dot" cx={place.x} cy={place.y} r="4" />
        </svg>
      </div>
      <div className="chart-ends" aria-hidden="true">
        <span>{formatDay(points[0]?.day ?? '')}</span>
        <span>{formatDay(points[lastIndex]?.day ?? '')}</span>
      </div>
    </figure>
  );
}
