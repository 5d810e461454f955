import { sharesOf } from './geometry.ts';

export interface ShareBar {
  readonly label: string;
  readonly value: number;
  /** the value as people read it; the share where it is not given */
  readonly text?: string;
}

/** Parts of a whole as labelled bars; a list, so that it reads in order without seeing it. */
export function ShareBars({ title, bars }: { title: string; bars: readonly ShareBar[] }) {
  const shares = sharesOf(bars.map((bar) => bar.value));
  return (
    <ul className="chart-bars" aria-label={title}>
      {bars.map((bar, index) => {
        const share = shares[index] ?? 0;
        return (
          <li key={bar.label}>
            <span className="chart-bars-label">
              <span>{bar.label}</span>
              <span className="chart-number">{bar.text ?? `${String(share)} %`}</span>
            </span>
            <span className="chart-bars-track" aria-hidden="true">
              <span className="chart-bars-fill" style={{ inlineSize: `${String(Math.min(100, share))}%` }} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
