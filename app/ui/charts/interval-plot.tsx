import { linearScale, niceTicks } from './geometry.ts';

const box = { width: 600, height: 72 };
const axisY = 44;

interface IntervalPlotProps {
  /** the difference and the ends of its interval, in the unit that `format` writes */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly format: (value: number) => string;
  /** The whole picture in one sentence. */
  readonly label: string;
}

/** An estimate with its confidence interval, against the line of "no difference". */
export function IntervalPlot({ estimate, low, high, format, label }: IntervalPlotProps) {
  const ticks = niceTicks(Math.min(0, low), Math.max(0, high), 4);
  const first = ticks[0] ?? 0;
  const last = ticks.at(-1) ?? 1;
  const x = linearScale([first, last], [60, box.width - 60]);
  const verdict = low > 0 ? 'positive' : high < 0 ? 'negative' : 'open';
  return (
    <svg
      className={`chart-interval chart-interval-${verdict}`}
      viewBox={`0 0 ${String(box.width)} ${String(box.height)}`}
      role="img"
      aria-label={label}
    >
      <line className="chart-axis" x1={x(first)} x2={x(last)} y1={axisY} y2={axisY} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? 'chart-zero' : 'chart-axis'}
            x1={x(tick)}
            x2={x(tick)}
            y1={tick === 0 ? 4 : axisY - 4}
            y2={axisY + 4}
          />
          <text className="chart-tick" x={x(tick)} y={axisY + 20} textAnchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      <line className="chart-range" x1={x(low)} x2={x(high)} y1="22" y2="22" />
      <line className="chart-range-end" x1={x(low)} x2={x(low)} y1="14" y2="30" />
      <line className="chart-range-end" x1={x(high)} x2={x(high)} y1="14" y2="30" />
      <circle className="chart-estimate" cx={x(estimate)} cy="22" r="7" />
    </svg>
  );
}
