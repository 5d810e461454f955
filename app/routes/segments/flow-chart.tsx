import type { Flow } from '#app/domains/segments/index.ts';
import { formatCount, formatPlural } from '../../ui/format.ts';
import type { FlowLayout } from './flow-layout.server.ts';
import { nameOf } from './group-words.ts';

/** In units of the drawing; `words` are kept free on both sides. */
export const drawing = { width: 720, height: 420, gap: 6, block: 10, words: 200 };
const box = drawing;

interface FlowChartProps {
  readonly flows: readonly Flow[];
  readonly layout: FlowLayout;
  readonly days: number;
}

/** Where the buyers of each group came from, as bands between then and now, with the same as a table. */
export function FlowChart({ flows, layout, days }: FlowChartProps) {
  const { from, to, bands } = layout;
  const left = box.words + box.block;
  const right = box.width - box.words - box.block;
  const middle = (left + right) / 2;
  const moved = flows.filter((flow) => flow.from !== flow.to);
  return (
    <figure className="chart-figure">
      <div className="chart-ends" aria-hidden="true">
        <span>{String(days)} days ago</span>
        <span>Now</span>
      </div>
      <svg
        className="flow-chart"
        viewBox={`0 -8 ${String(box.width)} ${String(box.height + 16)}`}
        role="img"
        aria-label={`${formatPlural(
          moved.reduce((sum, { customers }) => sum + customers, 0),
          'buyer',
        )} changed groups within ${String(days)} days; the table below tells which`}
      >
        {bands.map(({ flow, fromY, toY, height }) => (
          <path
            key={`${flow.from ?? ''} ${flow.to}`}
            className={flow.from === flow.to ? 'flow-band flow-stays' : 'flow-band'}
            d={`M${String(left)} ${String(fromY)} C${String(middle)} ${String(fromY)} ${String(middle)} ${String(toY)} ${String(right)} ${String(toY)} V${String(toY + height)} C${String(middle)} ${String(toY + height)} ${String(middle)} ${String(fromY + height)} ${String(left)} ${String(fromY + height)}Z`}
          >
            <title>{`${nameOf(flow.from)} → ${nameOf(flow.to)}: ${formatPlural(flow.customers, 'buyer')}`}</title>
          </path>
        ))}
        {[
          { blocks: from, x: box.words, textX: box.words - 8, anchor: 'end' as const },
          { blocks: to, x: right, textX: right + box.block + 8, anchor: 'start' as const },
        ].map(({ blocks, x, textX, anchor }) =>
          blocks.map(({ group, customers, y, height }) => (
            <g key={`${anchor} ${group ?? ''}`}>
              <rect className="flow-block" x={x} y={y} width={box.block} height={Math.max(1, height)} />
              <text className="chart-tick flow-words" x={textX} y={y + height / 2} dy="0.35em" textAnchor={anchor}>
                {`${nameOf(group)} ${formatCount(customers)}`}
              </text>
            </g>
          )),
        )}
      </svg>
      <details className="flow-table">
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Buyers</th>
            </tr>
          </thead>
          <tbody>
            {moved.map((flow) => (
              <tr key={`${flow.from ?? ''} ${flow.to}`}>
                <td>{nameOf(flow.from)}</td>
                <td>{nameOf(flow.to)}</td>
                <td className="chart-number">{formatCount(flow.customers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
