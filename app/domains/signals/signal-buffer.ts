import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Signal } from './model.ts';
import { writeSignals } from './write-signals.ts';

export interface SignalBuffer {
  /** Takes all of them or, when there is no room, none. */
  add(signals: readonly Signal[]): 'taken' | 'full';
  /**
   * Resolves when everything taken so far is stored; rejects when this try to store it failed (it stays buffered). After
   * a failure it waits for the next try that is due: asking often neither uses up the tries nor shortens the pauses.
   */
  flush(): Promise<void>;
  /** Takes nothing more and stores what it holds; resolves with how many signals could not be stored. */
  close(): Promise<number>;
  readonly state: { readonly waiting: number; readonly stored: number; readonly lost: number };
}

export interface SignalBufferOptions {
  readonly write?: (signals: readonly Signal[]) => Promise<number>;
  /** signals held at most, the ones being written included */
  readonly capacity?: number;
  /** of which one shop may hold at most so many, so that a busy or abused one leaves room for the others */
  readonly shopCapacity?: number;
  readonly batchSize?: number;
  /** longest wait of a signal before it is written */
  readonly flushMs?: number;
  /** tries of one batch before it is given up, counted and logged */
  readonly attempts?: number;
  /** pause after the first failed try, doubled each time, at most 10 s */
  readonly backoffMs?: number;
}

/**
 * Collects signals in the process and writes them in batches. A batch that cannot be written is tried again
 * with growing pauses while new signals queue up behind it; when the room is used up, callers are told to
 * come back later. What is finally given up is counted and logged.
 */
export function createSignalBuffer(
  services: Pick<Services, 'db' | 'log'>,
  options: SignalBufferOptions = {},
): SignalBuffer {
  const {
    capacity = 50_000,
    shopCapacity = 10_000,
    batchSize = 2000,
    flushMs = 500,
    attempts = 8,
    backoffMs = 250,
  } = options;
  const write = options.write ?? ((signals) => writeSignals(services.db, signals));
  let waiting: Signal[] = [];
  const held = new Map<ShopId, number>();
  let failures = 0;
  let stored = 0;
  let lost = 0;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  /** The try that is due after a failure, for those who wait for it. */
  let due: PromiseWithResolvers<void> | null = null;

  function pauseMs(): number {
    if (failures > 0) return Math.min(10_000, backoffMs * 2 ** (failures - 1));
    return waiting.length >= batchSize ? 0 : flushMs;
  }

  /** While something is being written nothing is planned: how that ends says when to go on. */
  function schedule(): void {
    if (timer || running || closed || waiting.length === 0) return;
    timer = setTimeout(() => {
      // The failure is counted, logged and scheduled again where it happens.
      writeAll().catch(() => undefined);
    }, pauseMs());
    timer.unref();
  }

  async function writeOne(): Promise<void> {
    const batch = waiting.slice(0, batchSize);
    try {
      stored += await write(batch);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures < attempts) {
        services.log.warn(
          { err: error, signals: batch.length, attempt: failures },
          'signals not stored, will try again',
        );
        throw error;
      }
      failures = 0;
      lost += batch.length;
      leave(batch);
      services.log.error({ err: error, signals: batch.length, lost }, 'signals given up');
      throw error;
    }
    leave(batch);
  }

  /** Takes the batch off the front and gives its shops their room back. */
  function leave(batch: readonly Signal[]): void {
    waiting = waiting.slice(batch.length);
    for (const [shopId, count] of countByShop(batch)) {
      const left = (held.get(shopId) ?? 0) - count;
      if (left > 0) held.set(shopId, left);
      else held.delete(shopId);
    }
  }

  async function drain(upTo: number): Promise<void> {
    for (let left = upTo; left > 0; left -= batchSize) await writeOne();
  }

  async function flush(): Promise<void> {
    // What was added while another flush ran may not be part of it: wait, then write the rest.
    if (running) await running.catch(() => undefined);
    if (running) return flush();
    if (waiting.length === 0) return;
    if (failures === 0 || !timer) return writeAll();
    due ??= Promise.withResolvers<void>();
    return due.promise;
  }

  /** Only while nothing else is being written. */
  function writeAll(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    running = drain(waiting.length).finally(() => {
      running = null;
      schedule();
    });
    if (due) running.then(due.resolve, due.reject);
    due = null;
    return running;
  }

  return {
    add(signals) {
      if (closed || waiting.length + signals.length > capacity) return 'full';
      const more = countByShop(signals);
      for (const [shopId, count] of more) if ((held.get(shopId) ?? 0) + count > shopCapacity) return 'full';
      for (const [shopId, count] of more) held.set(shopId, (held.get(shopId) ?? 0) + count);
      for (const signal of signals) waiting.push(signal);
      schedule();
      return 'taken';
    },
    flush,
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      timer = null;
      const lostBefore = lost;
      for (let attempt = 1; (waiting.length > 0 || running) && attempt <= 3; attempt += 1) {
        // Logged where it fails.
        await flush().catch(() => undefined);
      }
      lost += waiting.length;
      if (waiting.length > 0) services.log.error({ signals: waiting.length, lost }, 'signals lost at shutdown');
      waiting = [];
      return lost - lostBefore;
    },
    get state() {
      return { waiting: waiting.length, stored, lost };
    },
  };
}

function countByShop(signals: readonly Signal[]): Map<ShopId, number> {
  const counts = new Map<ShopId, number>();
  for (const { shopId } of signals) counts.set(shopId, (counts.get(shopId) ?? 0) + 1);
  return counts;
}
