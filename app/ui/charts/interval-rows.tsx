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

const box = { width: 400, height: 20, padding: 8 };

interface IntervalRowsProps {
  readonly title: string;
  readonly rows: readonly IntervalRow[];
  readonly format: (value: number) => string;
}

/** Estimates with their intervals below each other on one axis that begins at zero; a list, so that it reads in order without seeing it. */
export function IntervalRows({ title, rows, format }: IntervalRowsProps) {
  const ticks = niceTicks(0, Math.max(0.01, ...rows.map(({ high }) => high)), 4);
  const last = ticks.at(-1) ?? 1;
  const x = linearScale([0, last], [box.padding, box.width - box.padding]);
  const middle = String(box.height / 2);
  return (
    <figure className="chart-figure">
      <ul className="chart-rows" aria-label={title}>
        {rows.map(({ label, value, low, high, text, main }) => (
          <li key={label} className={main ? 'chart-row chart-row-main' : 'chart-row'}>
            <span>{label}</span>
            {/* Stretched to the width at hand: strokes keep their size, and a dot is a stroke without length. */}
            <svg
              viewBox={`0 0 ${String(box.width)} ${String(box.height)}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={text}
            >
              {ticks.map((tick) => (
                <path
                  key={tick}
                  className="chart-axis"
                  d={`M${String(x(tick))} 0V${String(box.height)}`}
                  vectorEffect="non-scaling-stroke"
                />
              ))}
              <path
                className="chart-range"
                d={`M${String(x(low))} ${middle}H${String(x(high))}M${String(x(low))} 5V15M${String(x(high))} 5V15`}
                vectorEffect="non-scaling-stroke"
              />
              <path className="chart-dot" d={`M${String(x(value))} ${middle}h0.01`} vectorEffect="non-scaling-stroke" />
            </svg>
          </li>
        ))}
        <li className="chart-row" aria-hidden="true">
          <span />
          <span className="chart-ends">
            <span>{format(0)}</span>
            <span>{format(last)}</span>
          </span>
        </li>
      </ul>
    </figure>
  );
}
