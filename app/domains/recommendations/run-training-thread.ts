import { Worker } from 'node:worker_threads';
import type { FromTraining, Given, Order, Outcome, ToTraining } from './training-messages.ts';
import type { ListRow } from './version-store.ts';

/** What the work ends with. */
interface OutcomeOf {
  readonly train: 'done';
  readonly pack: 'packed';
  readonly count: 'counted';
}

export interface TrainingRun<Kind extends Order['kind']> {
  readonly given: AsyncIterable<Given>;
  readonly order: Extract<Order, { kind: Kind }>;
  readonly onStep?: (message: Extract<FromTraining, { kind: 'step' }>) => Promise<void>;
  /** stores a batch; the thread waits for it */
  readonly onLists?: (rows: readonly ListRow[], done: number, total: number) => Promise<void>;
  /** stores a piece of the packed history; the thread waits for it */
  readonly onPacking?: (data: Uint8Array) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Most of what a training makes lives in typed arrays outside of the heap: a small nursery keeps its peak low. */
const youngMegabytes = 12;
/** Messages under way to the thread; reading from the database waits for it beyond that. */
const mostWaiting = 4;

/**
 * Trains, packs or counts in a thread of its own and hands back batch by batch what is to be stored.
 * @throws whatever the thread, the callbacks or the signal's reason say; the thread is gone afterwards
 */
export async function runTrainingThread<Kind extends Order['kind']>(
  run: TrainingRun<Kind>,
): Promise<Extract<Outcome, { kind: OutcomeOf[Kind] }>> {
  run.signal.throwIfAborted();
  // In two steps, so that a bundler that packs the web server does not try to pack the thread.
  const file = new URL('./training-thread.ts', import.meta.url);
  const thread = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
  const tell = (message: ToTraining) => thread.postMessage(message);
  let onAbort: (() => void) | null = null;
  let waiting = 0;
  let taken: (() => void) | null = null;
  const finished = new Promise<Outcome>((resolve, reject) => {
    // Messages are handled one after the other: progress must not overtake what it tells of.
    let chain = Promise.resolve();
    const handle = async (message: FromTraining): Promise<void> => {
      if (message.kind === 'step') await run.onStep?.(message);
      else if (message.kind === 'done' || message.kind === 'packed' || message.kind === 'counted') resolve(message);
      else if (message.kind === 'taken') {
        waiting -= 1;
        taken?.();
      }
      // Anything else is not of ours: `node --watch` has its own words with a thread.
      else if (message.kind === 'lists' || message.kind === 'packing') {
        if (message.kind === 'lists') await run.onLists?.(message.rows, message.done, message.total);
        else await run.onPacking?.(message.data);
        tell({ kind: 'more' });
      }
    };
    thread.on('message', (message: FromTraining) => {
      chain = chain.then(() => handle(message)).catch(reject);
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
    for await (const given of run.given) {
      run.signal.throwIfAborted();
      tell(given);
      waiting += 1;
      while (waiting >= mostWaiting) await Promise.race([new Promise<void>((resolve) => (taken = resolve)), finished]);
    }
    tell(run.order);
    return (await finished) as Extract<Outcome, { kind: OutcomeOf[Kind] }>;
  } finally {
    if (onAbort !== null) run.signal.removeEventListener('abort', onAbort);
    await thread.terminate();
  }
}
