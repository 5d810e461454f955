import { completeHistory, type History } from '../engine/history.ts';
import type { NeighbourChunk, Neighbours } from '../engine/neighbours.ts';
import { createUnpacker, pack, type Packable, piecesOfFirst, unpack, type Unpacker } from './pack.ts';

type HistoryParts = Pick<
  History,
  'items' | 'customers' | 'basketAt' | 'basketCustomer' | 'basketStart' | 'basketItem'
> &
  Record<string, Packable>;

/**
 * A history as pieces of bytes; what follows from the rest of it is left out. The baskets come first: who counts a chunk
 * needs neither names nor times.
 */
export function packHistory({
  items,
  customers,
  basketAt,
  basketCustomer,
  basketStart,
  basketItem,
}: History): Generator<Uint8Array> {
  return pack({ basketStart, basketItem, items, customers, basketAt, basketCustomer });
}

/** How many of those pieces hold all that a chunk is counted from, and how many products it is about. */
export interface BasketPieces {
  readonly pieces: number;
  readonly products: number;
}

export const basketPiecesOf = ({ items, basketStart, basketItem }: History): BasketPieces => ({
  pieces: piecesOfFirst({ basketStart, basketItem }),
  products: items.length,
});

/** Takes the pieces of a packed history. */
export const createHistoryUnpacker = (): Unpacker<HistoryParts> =>
  createUnpacker<HistoryParts>({
    items: 'names',
    customers: 'names',
    basketAt: 'f64',
    basketCustomer: 'i32',
    basketStart: 'i32',
    basketItem: 'i32',
  });

/** The history that was packed, bit for bit. @throws when a piece is missing */
export function unpackHistory(unpacker: Unpacker<HistoryParts>): History {
  const { items, customers, basketAt, basketCustomer, basketStart, basketItem } = unpacker.finish();
  return completeHistory(items, customers, basketAt, basketCustomer, basketStart, basketItem);
}

/** What of a packed history a chunk is counted from: nameless products, bought together at no time by nobody. */
export function unpackBaskets(unpacker: Unpacker<HistoryParts>, products: number): History {
  const { basketStart, basketItem } = unpacker.some(['basketStart', 'basketItem']);
  const baskets = basketStart.length - 1;
  const nobody = new Int32Array(baskets).fill(-1);
  const nameless = { itemIndex: new Map<string, number>(), customerIndex: new Map<string, number>() };
  const items = new Array<string>(products);
  return completeHistory(items, [], new Float64Array(baskets), nobody, basketStart, basketItem, nameless);
}

type ChunkParts = Omit<Neighbours, 'total'> & { readonly place: Float64Array } & Record<string, Packable>;

/** A counted chunk as bytes. */
export function packChunk({ first, rows: { total, ...arrays } }: NeighbourChunk): Uint8Array {
  return Buffer.concat([...pack({ ...arrays, place: Float64Array.of(first, total) })]);
}

/** The chunk that was packed, bit for bit. */
export function unpackChunk(data: Uint8Array): NeighbourChunk {
  const { place, start, item, support, cosine, lift, counts } = unpack<ChunkParts>(data, {
    place: 'f64',
    start: 'i32',
    item: 'i32',
    support: 'i32',
    cosine: 'f32',
    lift: 'f32',
    counts: 'f64',
  });
  return { first: place[0] ?? 0, rows: { start, item, support, cosine, lift, counts, total: place[1] ?? 0 } };
}
