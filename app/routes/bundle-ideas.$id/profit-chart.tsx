import type { Assessment } from '#app/domains/bundle-ideas/index.ts';
import { formatBps, formatMoney } from '../../ui/format.ts';
import { linearScale, linePath } from '../../ui/charts/geometry.ts';
import { rangeWords } from '../../ui/ideas/idea-words.ts';

const box = { width: 600, height: 200, padding: 8 };

interface ProfitChartProps {
  readonly points: Assessment['points'];
  readonly chosen: number;
  readonly currency: string;
}

/**
 * Profit by discount with its range; discounts that may not be offered are hatched. The slider below is how one
 * walks along it, and a table says the same for screen readers.
 */
export function ProfitChart({ points, chosen, currency }: ProfitChartProps) {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const top = Math.max(0, ...points.map(({ profit }) => profit.high));
  // A huge loss at 40 % off would press everything else flat.
  const bottom = Math.max(Math.min(0, ...points.map(({ profit }) => profit.low)), -Math.max(top, 1) * 1.5);
  const x = linearScale([first.basisPoints, last.basisPoints], [box.padding, box.width - box.padding]);
  const y = linearScale([bottom, top === bottom ? bottom + 1 : top], [box.height - box.padding, box.padding]);
  const place = (point: Assessment['points'][number], value: number) => ({
    x: x(point.basisPoints),
    y: Math.min(box.height, y(Math.max(bottom, value))),
  });
  const band = [
    ...points.map((point) => place(point, point.profit.high)),
    ...[...points].reverse().map((point) => place(point, point.profit.low)),
  ];
  const refusedFrom = points.find(({ worst }) => worst.refusal !== null)?.basisPoints;
  const current = points.find(({ basisPoints }) => basisPoints === chosen) ?? first;
  const dot = place(current, current.profit.value);
  const rows = points.filter(({ basisPoints }) => basisPoints % 500 === 0);
  return (
    <figure className="chart-figure">
      <svg
        className="chart-trend idea-chart"
        viewBox={`0 0 ${String(box.width)} ${String(box.height)}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {refusedFrom === undefined ? null : (
          <rect
            className="idea-refused"
            x={x(refusedFrom)}
            y="0"
            width={box.width - x(refusedFrom)}
            height={box.height}
          />
        )}
        <path className="chart-area" d={`${linePath(band)} Z`} />
        <line className="chart-axis" x1="0" x2={box.width} y1={y(0)} y2={y(0)} vectorEffect="non-scaling-stroke" />
        <path
          className="chart-line"
          d={linePath(points.map((point) => place(point, point.profit.value)))}
          vectorEffect="non-scaling-stroke"
        />
        <line className="chart-cursor" x1={dot.x} x2={dot.x} y1="0" y2={box.height} vectorEffect="non-scaling-stroke" />
      </svg>
      <div className="chart-ends" aria-hidden="true">
        <span>{`${formatBps(first.basisPoints)} off`}</span>
        {refusedFrom === undefined ? null : <span>{`grey: refused from ${formatBps(refusedFrom)} on`}</span>}
        <span>{`${formatBps(last.basisPoints)} off`}</span>
      </div>
      <table className="visually-hidden">
        <caption>Expected profit a month by discount</caption>
        <thead>
          <tr>
            <th scope="col">Discount</th>
            <th scope="col">Profit</th>
            <th scope="col">Range</th>
            <th scope="col">Allowed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((point) => (
            <tr key={point.basisPoints}>
              <th scope="row">{formatBps(point.basisPoints)}</th>
              <td>{formatMoney(point.profit.value, currency)}</td>
              <td>{rangeWords(point.profit, currency)}</td>
              <td>{point.worst.refusal === null ? 'Yes' : 'No'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
