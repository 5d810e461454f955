import { describe, expect, it } from 'vitest';
import { runTrainingThread, type TrainingRun } from './run-training-thread.ts';
import type { OrderLine } from './store.ts';
import { type Given, givenLines } from './training-messages.ts';
import type { ListRow } from './version-store.ts';

const fetches = 12;
const ordersPerFetch = 50;

async function* lines(): AsyncGenerator<OrderLine[]> {
  for (let fetch = 0; fetch < fetches; fetch += 1) {
    yield Array.from({ length: ordersPerFetch * 2 }, (_, k) => ({
      orderId: `o${fetch}-${k >> 1}`,
      customerId: `c${k % 7}`,
      placedAt: new Date(fetch * 86_400_000),
      productId: `p${(k * 3 + fetch) % 20}`,
    }));
  }
}

const catalog = Array.from({ length: 20 }, (_, item) => ({
  productId: `p${item}`,
  title: `Thing ${item}`,
  productType: '',
  vendor: '',
  tags: [],
  priceMinor: 100,
  sellable: true,
}));

function run(changes: Partial<TrainingRun<'train'>> = {}) {
  const rows: ListRow[] = [];
  const done = runTrainingThread({
    given: givenLines(lines()),
    order: { kind: 'train', catalog, chunks: 0 },
    onStep: async () => undefined,
    onLists: async (some) => void rows.push(...some),
    signal: new AbortController().signal,
    ...changes,
  });
  return { done, rows };
}

describe('the training thread', () => {
  it('takes in every fetch and hands back every list', async () => {
    const { done, rows } = run();
    const { report } = await done;
    expect(report).toMatchObject({ orders: fetches * ordersPerFetch, products: 20 });
    expect(rows.filter((row) => row.surface === 'together')).toHaveLength(20);
    expect(rows.filter((row) => row.surface === 'popular')).toHaveLength(1);
  });

  it('gives the same lists every time', async () => {
    const [first, second] = [run(), run()];
    await Promise.all([first.done, second.done]);
    expect(second.rows).toEqual(first.rows);
  });

  it.each([
    ['all are given', [0, 1, 2, 3]],
    ['some are given, in any order, and it counts the others', [3, 1]],
    ['none is given', []],
  ])('gives the same lists from a packed history with its chunks, when %s', async (_, chunks) => {
    const { signal } = new AbortController();
    const pieces: Given[] = [];
    const packed = await runTrainingThread({
      given: givenLines(lines()),
      order: { kind: 'pack', productIds: catalog.map((item) => item.productId) },
      onPacking: async (data) => void pieces.push({ kind: 'piece', data }),
      signal,
    });
    expect(packed.baskets.pieces).toBeLessThan(pieces.length);
    async function* givenOf(some: readonly Given[]): AsyncGenerator<Given> {
      yield* some;
    }
    async function* withChunks(): AsyncGenerator<Given> {
      yield* pieces;
      for (const chunk of chunks) {
        // The baskets are enough for it, the whole history does as well.
        const { products } = packed.baskets;
        const order = { kind: 'count', chunk, of: 4, products: chunk % 2 === 0 ? products : null } as const;
        const taken = chunk % 2 === 0 ? pieces.slice(0, packed.baskets.pieces) : pieces;
        const { data } = await runTrainingThread({ given: givenOf(taken), order, signal });
        yield { kind: 'chunk', chunk, data };
      }
    }
    const [whole, merged] = [run(), run({ given: withChunks(), order: { kind: 'train', catalog, chunks: 4 } })];
    const reports = await Promise.all([whole.done, merged.done]);
    expect(merged.rows).toEqual(whole.rows);
    expect(reports[1]).toEqual(reports[0]);
  });

  it.each([
    ['a list cannot be stored', { onLists: () => Promise.reject(new Error('disk full')) }, 'disk full'],
    ['progress cannot be told', { onStep: () => Promise.reject(new Error('run is gone')) }, 'run is gone'],
    ['it was stopped before', { signal: AbortSignal.abort(new Error('shutting down')) }, 'shutting down'],
  ])('ends with the reason when %s', async (_, changes, reason) => {
    await expect(run(changes).done).rejects.toThrow(reason);
  });
});
