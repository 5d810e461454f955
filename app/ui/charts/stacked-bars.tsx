import { surface, valueAxis } from './axis.ts';
import { formatCount } from '../format.ts';
import { NumbersTable } from './numbers-table.tsx';
import { Plot } from './plot.tsx';
import { useWalk } from './use-walk.ts';

export interface StackedBar {
  /** when it begins */
  readonly label: string;
  /** counts: what stands below */
  readonly base: number;
  /** what stands on it and stands out */
  readonly top: number;
  /** the bar in words */
  readonly text: string;
  /** further columns of its row in the table */
  readonly more?: readonly string[];
}

interface StackedBarsProps {
  readonly title: string;
  readonly bars: readonly StackedBar[];
  /** of the two parts */
  readonly names: readonly [base: string, top: string];
  /** of the further columns */
  readonly more?: readonly string[];
  /** below the right edge */
  readonly end: string;
}

const gap = 2;

/**
 * Counts over time, each bar in two parts. Small parts stay visible beside large ones. Pointer and arrow keys walk
 * along the bars and say each in words; the table beneath holds the same numbers, the newest first.
 */
export function StackedBars({ title, bars, names, more = [], end }: StackedBarsProps) {
  const { shown, focus, pointer } = useWalk({
    title,
    count: bars.length,
    indexAt: (share) => Math.floor(share * bars.length),
    words: (index) => bars[index]?.text ?? '',
  });
  const axis = valueAxis(
    bars.map(({ base, top }) => base + top),
    { whole: true },
  );
  const width = surface.width / Math.max(1, bars.length);
  const height = (value: number): number => (value === 0 ? 0 : Math.max(2, surface.height - axis.y(value)));
  return (
    <figure className="chart-figure">
      <figcaption className="chart-caption">
        <span>
          {names.map((name, index) => (
            <span key={name}>
              <span className={`chart-key chart-key-${index === 0 ? 'base' : 'top'}`} aria-hidden="true" />
              {name}{' '}
            </span>
          ))}
        </span>
        <span aria-live="polite">{bars[shown]?.text}</span>
      </figcaption>
      <div {...focus}>
        <Plot axis={axis} format={formatCount} below={[bars[0]?.label ?? '', end]} {...pointer}>
          {bars.map(({ base, top }, index) => {
            const low = height(base);
            const high = height(top);
            const place = { x: index * width + gap / 2, width: Math.max(1, width - gap) };
            return (
              <g key={index} className={index === shown ? 'chart-stack chart-stack-shown' : 'chart-stack'}>
                <rect className="chart-stack-base" {...place} y={surface.height - low} height={low} />
                <rect className="chart-stack-top" {...place} y={surface.height - low - high} height={high} />
              </g>
            );
          })}
        </Plot>
      </div>
      <NumbersTable
        title={title}
        columns={['From', ...names, ...more]}
        rows={bars
          .map(({ label, base, top, more: rest = [] }) => [label, formatCount(base), formatCount(top), ...rest])
          .reverse()}
      />
    </figure>
  );
}
