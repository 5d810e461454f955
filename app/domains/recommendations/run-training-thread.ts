import { Worker } from 'node:worker_threads';
import type { CatalogItem } from './model.ts';
import type { OrderLine } from './store.ts';
import type { FromTraining, ToTraining } from './training-messages.ts';
import type { ListRow } from './version-store.ts';

export type TrainingDone = Extract<FromTraining, { kind: 'done' }>;

export interface TrainingRun {
  readonly lines: AsyncIterable<readonly OrderLine[]>;
  readonly catalog: readonly CatalogItem[];
  readonly onStep: (message: Extract<FromTraining, { kind: 'step' }>) => Promise<void>;
  /** stores a batch; the thread waits for it */
  readonly onLists: (rows: readonly ListRow[], done: number, total: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Chunks of lines under way to the thread; reading from the database waits for it beyond that. */
const mostWaiting = 4;

/**
 * Trains in a thread of its own and hands back the finished lists batch by batch.
 * @throws whatever the thread, the callbacks or the signal's reason say; the thread is gone afterwards
 */
export async function runTrainingThread(run: TrainingRun): Promise<TrainingDone> {
  run.signal.throwIfAborted();
  // In two steps, so that a bundler that packs the web server does not try to pack the thread.
  const file = new URL('./training-thread.ts', import.meta.url);
  const thread = new Worker(file);
  const tell = (message: ToTraining) => thread.postMessage(message);
  let onAbort: (() => void) | null = null;
  let waiting = 0;
  let taken: (() => void) | null = null;
  const finished = new Promise<TrainingDone>((resolve, reject) => {
    // Messages are handled one after the other: progress must not overtake what it tells of.
    let chain = Promise.resolve();
    thread.on('message', (message: FromTraining) => {
      chain = chain
        .then(async () => {
          if (message.kind === 'step') await run.onStep(message);
          else if (message.kind === 'done') resolve(message);
          else if (message.kind === 'taken') {
            waiting -= 1;
            taken?.();
          }
          // Anything else is not of ours: `node --watch` has its own words with a thread.
          else if (message.kind === 'lists') {
            await run.onLists(message.rows, message.done, message.total);
            tell({ kind: 'more' });
          }
        })
        .catch(reject);
    });
    thread.on('error', reject);
    // The thread may be gone before its last words have been handled.
    thread.on('exit', (code) => {
      chain = chain.then(() => reject(new Error(`the training thread ended early with code ${code}`)));
    });
    onAbort = () => reject(run.signal.reason as Error);
    run.signal.addEventListener('abort', onAbort, { once: true });
  });
  // A failure while lines are still being read is reported by the await below, not as an unhandled rejection.
  finished.catch(() => undefined);
  try {
    for await (const lines of run.lines) {
      run.signal.throwIfAborted();
      tell({
        kind: 'lines',
        orderIds: lines.map((line) => line.orderId),
        customerIds: lines.map((line) => line.customerId),
        placedAt: Float64Array.from(lines, (line) => line.placedAt.getTime()),
        productIds: lines.map((line) => line.productId),
      });
      waiting += 1;
      while (waiting >= mostWaiting) await Promise.race([new Promise<void>((resolve) => (taken = resolve)), finished]);
    }
    tell({ kind: 'train', catalog: run.catalog });
    return await finished;
  } finally {
    if (onAbort !== null) run.signal.removeEventListener('abort', onAbort);
    await thread.terminate();
  }
}
