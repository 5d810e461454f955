import { sharesOf } from './geometry.ts';

export interface ShareBar {
  readonly label: string;
  readonly value: number;
  /** the value as people read it; the share where it is not given */
  readonly text?: string;
  /** what the bar means, below it */
  readonly note?: string;
}

interface ShareBarsProps {
  readonly title: string;
  readonly bars: readonly ShareBar[];
  /** what a full bar means; the sum of all bars where it is not given */
  readonly of?: number;
}

/** Values as labelled bars; a list, so that it reads in order without seeing it. */
export function ShareBars({ title, bars, of }: ShareBarsProps) {
  const values = bars.map((bar) => bar.value);
  const shares = of === undefined ? sharesOf(values) : values.map((value) => (of > 0 ? (value / of) * 100 : 0));
  return (
    <ul className="chart-bars" aria-label={title}>
      {bars.map((bar, index) => {
        const share = Math.max(0, Math.min(100, shares[index] ?? 0));
        return (
          <li key={bar.label}>
            <span className="chart-bars-label">
              <span>{bar.label}</span>
              <span className="chart-number">{bar.text ?? `${String(share)}%`}</span>
            </span>
            <span className="chart-bars-track" aria-hidden="true">
              {share > 0 ? <span className="chart-bars-fill" style={{ inlineSize: `${String(share)}%` }} /> : null}
            </span>
            {bar.note ? <span className="chart-bars-note">{bar.note}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
