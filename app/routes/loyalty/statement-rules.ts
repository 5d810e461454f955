import type { StatementRow } from '#app/domains/ledger/index.ts';
import { type OrderReasons, type ProgrammeVersion, readReasonsOf, readVersions } from '#app/domains/loyalty/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { reasonWords, ruleWords } from './reason-words.ts';

/** Columns of a statement of points: which version of the programme a line was booked by, from when on it was in force, and by which rules. */
export const ruleHeads = ['version', 'version_from', 'rules'];

/** The cells of these lines; an order's say what it gives as it stands now. */
export async function ruleCells(scope: ShopScope, rows: readonly StatementRow[]): Promise<string[][]> {
  const ids = rows.flatMap(({ source }) => (source.kind === 'order' ? [source.id] : []));
  const orders = await readReasonsOf(scope, [...new Set(ids)]);
  const versions = await readVersions(scope);
  return rows.map((row) => cellsOf(row, orders, versions));
}

function cellsOf(
  { source, details }: StatementRow,
  orders: ReadonlyMap<string, OrderReasons>,
  versions: ReadonlyMap<number, ProgrammeVersion>,
): string[] {
  const { version: number, rule, kind } = details;
  if (typeof number !== 'number') return ['', '', ''];
  const version = versions.get(number);
  const order = source.kind === 'order' ? orders.get(source.id) : undefined;
  const rules = order
    ? reasonWords(order).map(({ text, points }) => `${text} = ${String(points)}`)
    : version && typeof rule === 'string'
      ? [ruleWords(rule, String(kind ?? ''), version.settings)]
      : [];
  return [String(number), version?.from.toISOString() ?? '', rules.join('; ')];
}
