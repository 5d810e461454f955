import type { Assessment } from '#app/domains/bundle-ideas/index.ts';
import { surface, valueAxis } from '../../ui/charts/axis.ts';
import { linearScale, linePath, type Point } from '../../ui/charts/geometry.ts';
import { NumbersTable } from '../../ui/charts/numbers-table.tsx';
import { Plot } from '../../ui/charts/plot.tsx';
import { formatBps, formatMoney, formatMoneyTick } from '../../ui/format.ts';
import { rangeWords } from '../../ui/ideas/idea-words.ts';

interface ProfitChartProps {
  readonly points: Assessment['points'];
  readonly chosen: number;
  readonly currency: string;
}

/**
 * Profit by discount with its range; discounts that may not be offered stand on grey. The slider below is how one
 * walks along it, and the table says the same of every fifth percent.
 */
export function ProfitChart({ points, chosen, currency }: ProfitChartProps) {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const top = Math.max(0, ...points.map(({ profit }) => profit.high));
  // A huge loss at 40 % off would press everything else flat.
  const bottom = Math.max(Math.min(0, ...points.map(({ profit }) => profit.low)), -Math.max(top, 1) * 1.5);
  const axis = valueAxis([bottom, top], { whole: true });
  const x = linearScale([first.basisPoints, last.basisPoints], [0, surface.width]);
  const place = (point: Assessment['points'][number], value: number): Point => ({
    x: x(point.basisPoints),
    y: axis.y(value),
  });
  const band = [
    ...points.map((point) => place(point, point.profit.high)),
    ...[...points].reverse().map((point) => place(point, point.profit.low)),
  ];
  // Where the line leaves the picture it ends: drawn along the edge it would be read as a value.
  const lost = points.findIndex(({ profit }) => profit.value < (axis.ticks[0] ?? 0));
  const shown = lost < 0 ? points : points.slice(0, lost);
  const refusedFrom = points.find(({ worst }) => worst.refusal !== null)?.basisPoints;
  const current = points.find(({ basisPoints }) => basisPoints === chosen) ?? first;
  const dot = place(current, current.profit.value);
  return (
    <figure className="chart-figure">
      <Plot
        axis={axis}
        format={(minor) => formatMoneyTick(minor, axis.step, currency)}
        below={[
          `${formatBps(first.basisPoints)} off`,
          ...(refusedFrom === undefined ? [] : [`grey: refused from ${formatBps(refusedFrom)} on`]),
          `${formatBps(last.basisPoints)} off`,
        ]}
      >
        {refusedFrom === undefined ? null : (
          <rect
            className="idea-refused"
            x={x(refusedFrom)}
            y="0"
            width={surface.width - x(refusedFrom)}
            height={surface.height}
          />
        )}
        <path className="chart-area" d={`${linePath(band)} Z`} />
        <path className="chart-line" d={linePath(shown.map((point) => place(point, point.profit.value)))} />
        <path className="chart-cursor" d={`M${String(dot.x)} 0V${String(surface.height)}`} />
        <path className="chart-point" d={`M${String(dot.x)} ${String(dot.y)}h0.01`} />
      </Plot>
      <NumbersTable
        title="Expected profit a month by discount"
        columns={['Discount', 'Profit', 'Range', 'Allowed']}
        rows={points
          .filter(({ basisPoints }) => basisPoints % 500 === 0)
          .map((point) => [
            formatBps(point.basisPoints),
            formatMoney(point.profit.value, currency),
            rangeWords(point.profit, currency),
            point.worst.refusal === null ? 'Yes' : 'No',
          ])}
      />
    </figure>
  );
}
