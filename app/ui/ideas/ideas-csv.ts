import { formatDecimal } from '#app/shared/money.ts';
import type { IdeaRow } from './idea-row.ts';

/** A cell that a spreadsheet neither splits nor takes for a formula. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

const heads = [
  'Idea',
  'Kind',
  'State',
  'Orders with all',
  'Orders with any',
  'Attach rate',
  'Trend',
  'Margin',
  'Stock cover (days)',
  'Best discount',
  'Expected profit a month',
  'Low',
  'High',
  'Currency',
];

/** The list as CSV (RFC 4180); amounts are plain decimals, shares are of one. */
export function ideasCsv(rows: readonly IdeaRow[], currency: string): string {
  const money = (minor: number | undefined): string => (minor === undefined ? '' : formatDecimal(minor, currency));
  const lines = rows.map((row) =>
    [
      cell(row.title),
      cell(row.kind),
      cell(row.refusal ?? row.status),
      row.support,
      row.chances,
      row.attach.toFixed(4),
      cell(row.trend),
      row.marginBps === null ? '' : (row.marginBps / 10_000).toFixed(4),
      row.cover === null ? '' : Math.floor(row.cover.days),
      row.best === null ? '' : (row.best.basisPoints / 10_000).toFixed(4),
      money(row.best?.profit.value),
      money(row.best?.profit.low),
      money(row.best?.profit.high),
      cell(currency),
    ].join(','),
  );
  return `\uFEFF${[heads.map(cell).join(','), ...lines].join('\r\n')}\r\n`;
}
