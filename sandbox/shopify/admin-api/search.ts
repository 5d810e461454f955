import type { AdminContext, Arguments } from './context.ts';
import { textArgument } from './values.ts';

/** What a search field compares with: text, or a time in milliseconds, or a number. */
export type SearchFields<Item> = Readonly<
  Record<
    string,
    { readonly kind: 'text' | 'time' | 'id'; readonly of: (item: Item) => string | readonly string[] | null }
  >
>;

interface Term {
  readonly field: string | null;
  readonly operator: ':' | '>' | '>=' | '<' | '<=';
  readonly value: string;
  readonly not: boolean;
}

/** `updated_at:>='2026-01-01T00:00:00Z' status:active` → terms, all of which must hold. */
export function parseSearch(query: string): Term[] {
  const pattern = /(-|NOT\s+)?(?:([a-z_]+):(>=|<=|>|<)?)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s'"]+))/g;
  const terms: Term[] = [];
  for (const match of query.matchAll(pattern)) {
    const value = match[4] ?? match[5] ?? match[6] ?? '';
    if (match[2] === undefined && value === 'AND') continue;
    terms.push({
      not: match[1] !== undefined,
      field: match[2] ?? null,
      operator: (match[3] as Term['operator'] | undefined) ?? ':',
      value: value.replace(/\\(.)/g, '$1'),
    });
  }
  return terms;
}

/**
 * The items that a connection's `query` finds. A field that Shopify does not know filters nothing and is
 * reported in `extensions.search`, as Shopify does it: whoever misspells a filter gets everything.
 */
export function search<Item>(
  items: Iterable<Item>,
  args: Arguments,
  fields: SearchFields<Item>,
  path: string,
  context: AdminContext,
): Item[] {
  const query = textArgument(args, 'query');
  if (query === null || query.trim() === '') return [...items];
  if (/\sOR\s|[()]/.test(query)) throw new Error('the sandbox does not search with OR or brackets');
  const checks: ((item: Item) => boolean)[] = [];
  for (const term of parseSearch(query)) {
    const field = fields[term.field ?? 'default'];
    if (field === undefined) {
      context.searchWarnings.push({ path, query, field: term.field ?? '' });
      continue;
    }
    const holds = (item: Item): boolean => {
      const value = field.of(item);
      return (Array.isArray(value) ? (value as readonly string[]) : [value as string | null]).some(
        (one) => one !== null && compare(one, term, field.kind),
      );
    };
    checks.push((item) => holds(item) !== term.not);
  }
  const found: Item[] = [];
  for (const item of items) if (checks.every((check) => check(item))) found.push(item);
  return found;
}

function compare(value: string, term: Term, kind: 'text' | 'time' | 'id'): boolean {
  if (kind === 'time') return ordered(Date.parse(value) - Date.parse(term.value), term.operator);
  if (kind === 'id') {
    const difference = BigInt(value) - BigInt(/\d+/.exec(term.value)?.[0] ?? '0');
    return ordered(difference > 0n ? 1 : difference < 0n ? -1 : 0, term.operator);
  }
  const wanted = term.value.toLowerCase();
  if (wanted === '*') return true;
  const text = value.toLowerCase();
  if (term.field === null) return text.includes(wanted.replace(/\*$/, ''));
  return wanted.endsWith('*') ? text.startsWith(wanted.slice(0, -1)) : text === wanted;
}

function ordered(difference: number, operator: Term['operator']): boolean {
  if (Number.isNaN(difference)) return false;
  switch (operator) {
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case ':':
      return difference === 0;
  }
}
