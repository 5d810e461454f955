import { describe, expect, it } from 'vitest';
import { runTrainingThread, type TrainingRun } from './run-training-thread.ts';
import type { OrderLine } from './store.ts';
import type { ListRow } from './version-store.ts';

const chunks = 12;
const ordersPerChunk = 50;

async function* lines(): AsyncGenerator<OrderLine[]> {
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    yield Array.from({ length: ordersPerChunk * 2 }, (_, k) => ({
      orderId: `o${chunk}-${k >> 1}`,
      customerId: `c${k % 7}`,
      placedAt: new Date(chunk * 86_400_000),
      productId: `p${(k * 3 + chunk) % 20}`,
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

function run(changes: Partial<TrainingRun> = {}) {
  const rows: ListRow[] = [];
  const done = runTrainingThread({
    lines: lines(),
    catalog,
    onStep: async () => undefined,
    onLists: async (some) => void rows.push(...some),
    signal: new AbortController().signal,
    ...changes,
  });
  return { done, rows };
}

describe('the training thread', () => {
  it('takes in every chunk and hands back every list', async () => {
    const { done, rows } = run();
    const { report } = await done;
    expect(report).toMatchObject({ orders: chunks * ordersPerChunk, products: 20 });
    expect(rows.filter((row) => row.surface === 'together')).toHaveLength(20);
    expect(rows.filter((row) => row.surface === 'popular')).toHaveLength(1);
  });

  it('gives the same lists every time', async () => {
    const [first, second] = [run(), run()];
    await Promise.all([first.done, second.done]);
    expect(second.rows).toEqual(first.rows);
  });

  it.each([
    ['a list cannot be stored', { onLists: () => Promise.reject(new Error('disk full')) }, 'disk full'],
    ['progress cannot be told', { onStep: () => Promise.reject(new Error('run is gone')) }, 'run is gone'],
    ['it was stopped before', { signal: AbortSignal.abort(new Error('shutting down')) }, 'shutting down'],
  ])('ends with the reason when %s', async (_, changes, reason) => {
    await expect(run(changes).done).rejects.toThrow(reason);
  });
});
