import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Backtest } from './engine/backtest.ts';
import type { CatalogItem } from './model.ts';
import { type OrderLine, readCatalog, streamOrderLines } from './store.ts';

/** What the thread of a backtest is told: orders in chunks, and then the catalog, which begins the work. */
export type BacktestMessage =
  | {
      readonly kind: 'lines';
      readonly orderIds: readonly string[];
      readonly customerIds: readonly (string | null)[];
      readonly placedAt: Float64Array;
      readonly productIds: readonly string[];
    }
  | { readonly kind: 'test'; readonly catalog: readonly CatalogItem[]; readonly shown?: number };

export type FromBacktest =
  | { readonly kind: 'taken' }
  | { readonly kind: 'step'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly result: Backtest };

export interface BacktestRun {
  readonly lines: AsyncIterable<readonly OrderLine[]>;
  /** asked for when the lines have come to their end */
  readonly catalog: () => readonly CatalogItem[];
  /** how many suggestions a shopper would have seen; the engine's own number where it is left out */
  readonly shown?: number;
  /** called with 0 to 100 */
  readonly onProgress: (percent: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * What would have been recommended on the shop's past orders, and how often was it bought? Writes nothing.
 * @param onProgress called with 0 to 100
 * @throws whatever the thread, the callback or the signal's reason say; the thread is gone afterwards
 */
export async function runBacktest(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  onProgress: (percent: number) => Promise<void>,
  signal: AbortSignal,
): Promise<Backtest> {
  signal.throwIfAborted();
  const catalog = await db.inShop(shopId, readCatalog);
  return backtestOrders({
    lines: streamOrderLines(db, shopId, clock.now()),
    catalog: () => catalog,
    onProgress,
    signal,
  });
}

/**
 * The same for orders from anywhere.
 * @throws whatever the lines, the thread, the callback or the signal's reason say; the thread is gone afterwards
 */
export async function backtestOrders({
  lines: all,
  catalog,
  shown,
  onProgress,
  signal,
}: BacktestRun): Promise<Backtest> {
  signal.throwIfAborted();
  // In two steps, so that a bundler that packs the web server does not try to pack the thread.
  const file = new URL('./backtest-thread.ts', import.meta.url);
  const thread = new Worker(file);
  const tell = (message: BacktestMessage): void => {
    thread.postMessage(message);
  };
  const next = async (): Promise<FromBacktest> => {
    const [message] = (await once(thread, 'message', { signal })) as [FromBacktest];
    return message;
  };
  const gone = once(thread, 'exit').then(([code]): never => {
    throw new Error(`the thread of the backtest ended early with code ${String(code)}`);
  });
  // Read where it matters; after the end of the work nobody waits for it.
  gone.catch(() => undefined);
  try {
    for await (const lines of all) {
      signal.throwIfAborted();
      const taken = next();
      // Where the thread ends first, nobody waits for this any more.
      taken.catch(() => undefined);
      tell({
        kind: 'lines',
        orderIds: lines.map((line) => line.orderId),
        customerIds: lines.map((line) => line.customerId),
        placedAt: Float64Array.from(lines, (line) => line.placedAt.getTime()),
        productIds: lines.map((line) => line.productId),
      });
      await Promise.race([taken, gone]);
    }
    return await new Promise<Backtest>((resolve, reject) => {
      let chain = Promise.resolve();
      thread.on('message', (message: FromBacktest) => {
        if (message.kind === 'done') resolve(message.result);
        // Messages are handled one after the other: progress must not run backwards.
        else if (message.kind === 'step')
          chain = chain.then(() => onProgress(Math.round((message.done / message.total) * 100))).catch(reject);
      });
      thread.on('error', reject);
      gone.catch(reject);
      signal.addEventListener(
        'abort',
        () => {
          reject(signal.reason as Error);
        },
        { once: true },
      );
      tell({ kind: 'test', catalog: catalog(), ...(shown === undefined ? {} : { shown }) });
    });
  } finally {
    await thread.terminate();
  }
}
