import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { areaPath, linePath, linePoints, nearestIndex } from './geometry.ts';

const box = { width: 600, height: 160, padding: 6 };

export interface TrendPoint {
  readonly label: string;
  readonly value: number;
  /** the value as people read it */
  readonly text: string;
}

interface TrendProps {
  readonly title: string;
  readonly points: readonly TrendPoint[];
  /** the last value still grows: its stretch of the line is dashed */
  readonly unfinished?: boolean;
}

/**
 * A line over time. Pointer and arrow keys walk along it and the value is said in words; a table with the
 * same numbers is there for screen readers.
 */
export function Trend({ title, points, unfinished = false }: TrendProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const captionId = useId();
  const places = linePoints(
    points.map((point) => point.value),
    box,
  );
  const lastIndex = points.length - 1;
  const shown = Math.min(chosen ?? lastIndex, lastIndex);
  const place = places[shown];
  const point = points[shown];
  if (!place || !point || places.length < 2) return null;
  const firm = unfinished ? places.slice(0, -1) : places;

  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setChosen(Math.min(lastIndex, Math.max(0, shown + step)));
  };
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const frame = event.currentTarget.getBoundingClientRect();
    setChosen(nearestIndex(((event.clientX - frame.left) / frame.width) * box.width, points.length, box));
  };

  return (
    <figure className="chart-figure">
      <figcaption className="chart-caption">
        <span>{title}</span>
        <span id={captionId} aria-live="polite">
          {point.label}
          {unfinished && shown === lastIndex ? ' so far' : ''}: <strong>{point.text}</strong>
        </span>
      </figcaption>
      {/* A slider is the role in which arrow keys along a line of values are announced. */}
      <div
        className="chart-focus"
        role="slider"
        tabIndex={0}
        aria-label={`${title}, use the arrow keys`}
        aria-valuemin={0}
        aria-valuemax={lastIndex}
        aria-valuenow={shown}
        aria-valuetext={`${point.label}: ${point.text}`}
        onKeyDown={walk}
        onBlur={() => {
          setChosen(null);
        }}
      >
        <svg
          className="chart-trend"
          viewBox={`0 0 ${String(box.width)} ${String(box.height)}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerMove={follow}
          onPointerLeave={() => {
            setChosen(null);
          }}
        >
          <line
            className="chart-axis"
            x1="0"
            x2={box.width}
            y1={box.height - box.padding}
            y2={box.height - box.padding}
          />
          <path className="chart-area" d={areaPath(firm, box.height - box.padding)} />
          <path className="chart-line" d={linePath(firm)} vectorEffect="non-scaling-stroke" />
          {unfinished ? (
            <path
              className="chart-line chart-line-open"
              d={linePath(places.slice(-2))}
              vectorEffect="non-scaling-stroke"
            />
          ) : null}
          <line
            className="chart-cursor"
            x1={place.x}
            x2={place.x}
            y1="0"
            y2={box.height}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
      <div className="chart-ends" aria-hidden="true">
        <span>{points[0]?.label}</span>
        <span>{points[lastIndex]?.label}</span>
      </div>
    </figure>
  );
}
