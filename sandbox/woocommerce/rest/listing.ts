import { filterMoment } from '../site-time.ts';
import type { WooStore } from '../store.ts';
import { invalidParams, ok, type RestAnswer } from './answer.ts';
import { choiceParam, flagParam, idsParam, integerParam, type RestContext, type RestRequest } from './request.ts';

/** What a list is filtered and sorted by; the whole record is read for its page alone. */
export interface Row {
  readonly id: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Listing<R extends Row, S extends string> {
  readonly rows: Iterable<R>;
  /** the first one is the default */
  readonly orderby: readonly S[];
  readonly order?: 'asc' | 'desc';
  readonly compare: Readonly<Partial<Record<S, (a: R, b: R) => number>>>;
  readonly view: (row: R) => unknown;
}

export interface Page {
  readonly total: number;
  readonly pages: number;
}

/** One page of a collection with its headers. Names of parameters, their limits and the order of equals are WordPress's. */
export function list<R extends Row, S extends string>(
  context: RestContext,
  request: RestRequest,
  listing: Listing<R, S>,
): RestAnswer {
  const { query } = request;
  const page = integerParam(query, 'page', 1, 1, null);
  const perPage = integerParam(query, 'per_page', 10, 1, 100);
  const offset = query.get('offset') === null ? null : integerParam(query, 'offset', 0, 0, null);
  const direction = choiceParam(query, 'order', listing.order ?? 'desc', ['asc', 'desc']) === 'asc' ? 1 : -1;
  const [usual] = listing.orderby;
  if (usual === undefined) throw new Error('a listing needs an order');
  const orderby = choiceParam(query, 'orderby', usual, listing.orderby);
  const include = idsParam(query, 'include');
  const exclude = new Set(idsParam(query, 'exclude'));
  const included = include.length === 0 ? null : new Map(include.map((id, at) => [id, at]));
  const inTime = timeFilter(context.store, query);
  const found: R[] = [];
  for (const row of listing.rows)
    if ((included === null || included.has(row.id)) && !exclude.has(row.id) && inTime(row)) found.push(row);
  const compare = listing.compare[orderby];
  // Equals of a column come in the order of their ids, as the database gives them with `ID` behind the column.
  if (orderby === 'include' && included !== null)
    found.sort((a, b) => (included.get(a.id) ?? 0) - (included.get(b.id) ?? 0));
  else found.sort((a, b) => direction * ((compare === undefined ? 0 : compare(a, b)) || a.id - b.id));
  const from = offset ?? (page - 1) * perPage;
  const pages = Math.ceil(found.length / perPage);
  return ok(
    found.slice(from, from + perPage).map((row) => listing.view(row)),
    pageHeaders(context, request, page, { total: found.length, pages }),
  );
}

export const byText =
  <R>(textOf: (row: R) => string) =>
  (a: R, b: R): number =>
    order(textOf(a).toLowerCase(), textOf(b).toLowerCase());

/** Times of one form sort as text, which is much faster than as numbers. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const byDate = {
  date: (a: Row, b: Row): number => order(a.createdAt, b.createdAt),
  modified: (a: Row, b: Row): number => order(a.updatedAt, b.updatedAt),
  id: (): number => 0,
} as const;

/** `after`, `before`, `modified_after` and `modified_before` leave their own second out. */
function timeFilter(store: WooStore, query: URLSearchParams): (row: Row) => boolean {
  const areGmt = flagParam(query, 'dates_are_gmt');
  const bound = (name: string): string | null => {
    const text = query.get(name);
    if (text === null) return null;
    const at = filterMoment(text, areGmt, store.site.timeZone);
    if (at === null) throw invalidParams({ [name]: 'Invalid date.' });
    return new Date(at).toISOString();
  };
  const after = bound('after');
  const before = bound('before');
  const modifiedAfter = bound('modified_after');
  const modifiedBefore = bound('modified_before');
  return (row) =>
    (after === null || row.createdAt > after) &&
    (before === null || row.createdAt < before) &&
    (modifiedAfter === null || row.updatedAt > modifiedAfter) &&
    (modifiedBefore === null || row.updatedAt < modifiedBefore);
}

function pageHeaders(context: RestContext, request: RestRequest, page: number, result: Page): Record<string, string> {
  const address = (to: number): string => {
    const url = new URL(context.restUrl(request.path));
    for (const [name, value] of request.query)
      if (!name.startsWith('oauth_') && name !== 'rest_route') url.searchParams.append(name, value);
    url.searchParams.set('page', to.toString());
    return url.href;
  };
  const links = [
    ...(page > 1 ? [`<${address(Math.min(page - 1, Math.max(1, result.pages)))}>; rel="prev"`] : []),
    ...(result.pages > page ? [`<${address(page + 1)}>; rel="next"`] : []),
  ];
  return {
    'x-wp-total': result.total.toString(),
    'x-wp-totalpages': result.pages.toString(),
    ...(links.length === 0 ? {} : { link: links.join(', ') }),
  };
}
