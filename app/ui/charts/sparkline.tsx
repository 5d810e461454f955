import { areaPath, linePath, linePoints } from './geometry.ts';

const box = { width: 120, height: 36, padding: 2 };

interface SparklineProps {
  readonly values: readonly number[];
  /** What the line says, for people who do not see it. */
  readonly label: string;
}

/** A trend without axes, to stand beside its number. */
export function Sparkline({ values, label }: SparklineProps) {
  const points = linePoints(values, box);
  const last = points.at(-1);
  if (points.length < 2 || !last) return null;
  return (
    <svg
      className="chart-sparkline"
      viewBox={`0 0 ${String(box.width)} ${String(box.height)}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <path className="chart-area" d={areaPath(points, box.height)} />
      <path className="chart-line" d={linePath(points)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
