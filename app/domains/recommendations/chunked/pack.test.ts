import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistoryBuilder, type History } from '../engine/history.ts';
import { countChunk, countNeighbours, mergeChunks } from '../engine/neighbours.ts';
import { startCrew } from '../engine/crew.ts';
import {
  basketPiecesOf,
  createHistoryUnpacker,
  packChunk,
  packHistory,
  unpackBaskets,
  unpackChunk,
  unpackHistory,
} from './pack-training.ts';

const baskets = fc.array(
  fc.record({
    customer: fc.option(fc.string({ maxLength: 4 })),
    at: fc.integer({ min: 0, max: 10 }),
    items: fc.uniqueArray(fc.string({ maxLength: 3, unit: 'grapheme' }), { minLength: 1, maxLength: 6 }),
  }),
  { maxLength: 25 },
);

function historyOf(shop: readonly { customer: string | null; at: number; items: string[] }[]): History {
  const builder = createHistoryBuilder();
  builder.addItem('never sold');
  shop.forEach(({ customer, at, items }, order) =>
    items.forEach((item) => builder.add(String(order), customer, new Date(at), item)),
  );
  return builder.build();
}

describe('a packed history', () => {
  it('comes back bit for bit, in whatever pieces it travels', () => {
    fc.assert(
      fc.property(baskets, fc.integer({ min: 1, max: 50 }), (shop, cut) => {
        const history = historyOf(shop);
        const unpacker = createHistoryUnpacker();
        const [first, ...rest] = packHistory(history);
        unpacker.take(first ?? new Uint8Array(0));
        for (const piece of rest)
          for (let from = 0; from < piece.length; from += cut) unpacker.take(piece.subarray(from, from + cut));
        expect(unpackHistory(unpacker)).toEqual(history);
      }),
      { numRuns: 50 },
    );
  });

  it('has the baskets in its first pieces: chunks are counted from them alone', () => {
    fc.assert(
      fc.property(baskets, fc.integer({ min: 1, max: 4 }), (shop, of) => {
        const history = historyOf(shop);
        const { pieces, products } = basketPiecesOf(history);
        const unpacker = createHistoryUnpacker();
        for (const piece of [...packHistory(history)].slice(0, pieces)) unpacker.take(piece);
        const nameless = unpackBaskets(unpacker, products);
        for (let chunk = 0; chunk < of; chunk += 1)
          expect(countChunk(nameless, chunk, of, 10)).toEqual(countChunk(history, chunk, of, 10));
        // What is not there yet is not taken for nothing.
        if (history.items.length > 0) expect(() => unpackHistory(unpacker)).toThrow('lacks pieces');
      }),
      { numRuns: 50 },
    );
  });

  it('is refused when a piece is missing or one too many came', () => {
    const pieces = [...packHistory(historyOf([{ customer: null, at: 1, items: ['a', 'b'] }]))];
    const some = createHistoryUnpacker();
    for (const piece of pieces.slice(0, -1)) some.take(piece);
    expect(() => unpackHistory(some)).toThrow('lacks pieces');
    const more = createHistoryUnpacker();
    for (const piece of pieces) more.take(piece);
    expect(() => more.take(Uint8Array.of(1))).toThrow('more than its header');
  });
});

describe('packed chunks', () => {
  it('merge to what one worker counts, bit for bit', () => {
    const alone = startCrew(1);
    fc.assert(
      fc.property(baskets, fc.integer({ min: 1, max: 5 }), (shop, of) => {
        const history = historyOf(shop);
        const chunks = Array.from({ length: of }, (_, chunk) => packChunk(countChunk(history, chunk, of, 10)));
        expect(mergeChunks(chunks.map(unpackChunk))).toEqual(countNeighbours(history, 10, alone));
      }),
      { numRuns: 50 },
    );
  });

  it('are refused where a part is missing', () => {
    const [header = new Uint8Array(0)] = packHistory(historyOf([]));
    expect(() => unpackChunk(header)).toThrow();
  });
});
