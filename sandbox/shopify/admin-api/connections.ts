import type { AdminContext, Arguments, Listing } from './context.ts';
import { apiError, textArgument } from './values.ts';
import { isAbsent } from '../absent.ts';

interface Cursor {
  readonly last_id: string;
  readonly last_value: string | number;
}

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64');

function decode(text: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    if (typeof value === 'object' && value !== null && 'last_id' in value && 'last_value' in value)
      return value as Cursor;
  } catch {
    // falls through to the refusal: what cannot be read is no cursor of ours
  }
  throw apiError('BAD_REQUEST', `Invalid cursor for current pagination sort.`);
}

/** How many of a connection were asked for, within Shopify's limit of 250. */
export function pageSize(args: Arguments): number {
  const asked = args['first'] ?? args['last'];
  if (typeof asked !== 'number') throw apiError('BAD_REQUEST', 'you must provide one of first or last');
  if (asked < 0 || asked > 250)
    throw apiError(
      'BAD_REQUEST',
      `Pagination limit ${asked.toString()} is out of range, it must be between 0 and 250.`,
    );
  return asked;
}

/** One page of a listing in the connection's shape. A cursor holds the sort value, so that a page follows from
 * where the last one ended even when records moved meanwhile. */
export function paginate(listing: Listing, args: Arguments, context: AdminContext) {
  const size = pageSize(args);
  const valueOf = (item: unknown, index: number): string | number => listing.sortValue?.(item) ?? index;
  const cursorOf = (item: unknown, index: number): string =>
    encode({ last_id: listing.idOf(item), last_value: valueOf(item, index) });
  const side = (cursor: Cursor, item: unknown, index: number): number => {
    const value = valueOf(item, index);
    const order =
      value === cursor.last_value ? compareIds(listing.idOf(item), cursor.last_id) : value < cursor.last_value ? -1 : 1;
    return listing.descending === true && listing.sortValue !== undefined ? -order : order;
  };
  let from = 0;
  let to = listing.items.length;
  const after = textArgument(args, 'after');
  const before = textArgument(args, 'before');
  if (after !== null) {
    const cursor = decode(after);
    while (from < to && side(cursor, listing.items[from], from) <= 0) from += 1;
  }
  if (before !== null) {
    const cursor = decode(before);
    while (to > from && side(cursor, listing.items[to - 1], to - 1) >= 0) to -= 1;
  }
  const forward = !isAbsent(args['first']);
  const start = forward ? from : Math.max(from, to - size);
  const end = forward ? Math.min(to, from + size) : to;
  const nodes = listing.items.slice(start, end);
  const edges = nodes.map((node, offset) => ({ node, cursor: cursorOf(node, start + offset) }));
  context.meter.cost += 2 + nodes.length;
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: end < listing.items.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Ids are digits: the shorter is the smaller. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The items in the order that a connection's `sortKey` and `reverse` ask for. */
export function sorted<Item extends { id: string }>(
  items: Item[],
  args: Arguments,
  keys: Readonly<Record<string, (item: Item) => string | number>>,
  usual: string,
): Listing {
  const name = textArgument(args, 'sortKey') ?? usual;
  const valueOf = keys[name];
  if (valueOf === undefined) throw apiError('BAD_REQUEST', `The sandbox does not sort by ${name}.`);
  const descending = args['reverse'] === true;
  items.sort((a, b) => {
    const left = valueOf(a);
    const right = valueOf(b);
    const order = left === right ? compareIds(a.id, b.id) : left < right ? -1 : 1;
    return descending ? -order : order;
  });
  return { items, idOf: (item) => (item as Item).id, sortValue: (item) => valueOf(item as Item), descending };
}

/** A small list inside an object, in its own order. */
export function inOrder<Item>(items: readonly Item[], idOf: (item: Item) => string): Listing {
  return { items, idOf: (item) => idOf(item as Item) };
}
