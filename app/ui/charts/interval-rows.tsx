import { linearScale, niceTicks } from './geometry.ts';

export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** the value with its interval, in words */
  readonly text: string;
  /** stands out: what the others are compared with */
  readonly main?: boolean;
}

const box = { width: 640, row: 30, left: 230, right: 30, axis: 28 };

interface IntervalRowsProps {
  readonly title: string;
  readonly rows: readonly IntervalRow[];
  readonly format: (value: number) => string;
}

/** Estimates with their intervals below each other on one axis that begins at zero. A table says the same. */
export function IntervalRows({ title, rows, format }: IntervalRowsProps) {
  const ticks = niceTicks(0, Math.max(0.01, ...rows.map(({ high }) => high)), 4);
  const last = ticks.at(-1) ?? 1;
  const x = linearScale([0, last], [box.left, box.width - box.right]);
  const height = rows.length * box.row + box.axis;
  return (
    <figure className="chart-figure">
      <svg
        className="chart-rows"
        viewBox={`0 0 ${String(box.width)} ${String(height)}`}
        role="img"
        aria-label={`${title}. ${rows.map(({ label, text }) => `${label}: ${text}`).join('; ')}`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="chart-axis" x1={x(tick)} x2={x(tick)} y1="0" y2={height - box.axis} />
            <text className="chart-tick" x={x(tick)} y={height - 8} textAnchor="middle">
              {format(tick)}
            </text>
          </g>
        ))}
        {rows.map(({ label, value, low, high, main }, index) => {
          const y = index * box.row + box.row / 2;
          return (
            <g key={label} className={main ? 'chart-row-main' : 'chart-row'}>
              <text className="chart-row-label" x={box.left - 12} y={y + 4} textAnchor="end">
                {label}
              </text>
              <line className="chart-range" x1={x(low)} x2={x(high)} y1={y} y2={y} />
              <line className="chart-range" x1={x(low)} x2={x(low)} y1={y - 5} y2={y + 5} />
              <line className="chart-range" x1={x(high)} x2={x(high)} y1={y - 5} y2={y + 5} />
              <circle className="chart-estimate" cx={x(value)} cy={y} r={main ? 6 : 4.5} />
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
