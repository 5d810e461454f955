import type { Score, Square } from '#app/domains/segments/index.ts';
import { formatCount, formatMoney, formatPlural, formatShare } from '../../ui/format.ts';
import { groupWords } from './group-words.ts';

interface HeatMapProps {
  /** see `mapOf` */
  readonly map: readonly (readonly Square[])[];
  readonly currency: string;
  /** what makes a square dark */
  readonly by: 'customers' | 'money';
}

const recencyWords: Readonly<Record<Score, string>> = { 5: 'Just now', 4: '', 3: '', 2: '', 1: 'Long ago' };
const valueWords: Readonly<Record<Score, string>> = { 1: 'Little', 2: '', 3: '', 4: '', 5: 'Much' };

/** Buyers by how lately (down) and how often and for how much (across) they bought; a table, so that it reads without seeing it. */
export function HeatMap({ map, currency, by }: HeatMapProps) {
  const squares = map.flat();
  const amountOf = (square: Square) => (by === 'customers' ? square.customers : Math.max(0, square.spentMinor));
  const all = squares.reduce((sum, square) => sum + amountOf(square), 0);
  const most = Math.max(1, ...squares.map(amountOf));
  return (
    <table className="heat-map">
      <caption>
        How lately they bought, from just now at the top, against how often and for how much, from little on the left
      </caption>
      <thead>
        <tr>
          <td />
          {map[0]?.map(({ value }) => (
            <th key={value} scope="col">
              {valueWords[value]}
              <span className="heat-hidden"> {String(value)} of 5</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {map.map((row) => (
          <tr key={row[0]?.recency}>
            <th scope="row">
              {row[0] ? recencyWords[row[0].recency] : ''}
              <span className="heat-hidden"> {String(row[0]?.recency ?? '')} of 5</span>
            </th>
            {row.map((square) => {
              const { name } = groupWords[square.group];
              const share = all === 0 ? 0 : amountOf(square) / all;
              const words = `${formatPlural(square.customers, 'buyer')}, ${formatMoney(square.spentMinor, currency, { whole: true })}`;
              return (
                <td
                  key={square.value}
                  className="heat-square"
                  title={`${name}: ${words}`}
                  style={{ '--heat': `${String(Math.round((amountOf(square) / most) * 45))}%` } as object}
                >
                  <span className="heat-name">{name}</span>
                  <span className="heat-share">{share > 0 ? formatShare(share) : '–'}</span>
                  <span className="heat-count">{square.customers > 0 ? formatCount(square.customers) : ''}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
