import { type Delivery, recordDeliveries } from '#app/domains/inbox/index.ts';
import { processInbox } from '#app/flows/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

export interface WebhookIntake {
  /** Resolves when the delivery is stored, be it new or known. Rejects when it could not be stored. */
  record(delivery: Delivery): Promise<void>;
  /** Resolves when everything taken is stored and announced. */
  close(): Promise<void>;
}

interface Waiting {
  readonly delivery: Delivery;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const largestBatch = 250;
const writers = 2;
/** Jobs are announced at most this often per shop: one job works off everything that waits. */
const announceEveryMs = 50;

/**
 * Group commit: while one INSERT is on its way, the deliveries that arrive meanwhile gather for the next, so
 * that a burst costs few round trips and a single delivery waits for nobody. The queue only gets a nudge per
 * shop; should it fail, the sweeper finds the stored rows.
 */
export function createWebhookIntake(services: Pick<Services, 'db' | 'queue' | 'log'>): WebhookIntake {
  let waiting: Waiting[] = [];
  let writing = 0;
  const dirty = new Set<ShopId>();
  let timer: NodeJS.Timeout | null = null;
  let idlers: (() => void)[] = [];

  function next(): void {
    while (waiting.length > 0 && writing < writers) {
      const batch = waiting.slice(0, largestBatch);
      waiting = waiting.slice(largestBatch);
      writing += 1;
      void write(batch);
    }
    if (waiting.length === 0 && writing === 0) {
      for (const resolve of idlers) resolve();
      idlers = [];
    }
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const shopIds = await recordDeliveries(
        services.db.pool,
        batch.map((entry) => entry.delivery),
      );
      for (const entry of batch) entry.resolve();
      for (const shopId of shopIds) if (shopId !== null) dirty.add(shopId);
      if (dirty.size > 0) timer ??= setTimeout(() => void announce(), announceEveryMs);
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    }
    writing -= 1;
    next();
  }

  async function announce(): Promise<void> {
    timer = null;
    const shopIds = [...dirty];
    dirty.clear();
    await Promise.all(
      shopIds.map((shopId) =>
        services.queue.enqueue(processInbox, { shopId }).catch((error: unknown) => {
          services.log.warn({ shopId, err: error }, 'webhooks are stored but could not be announced, the sweeper will');
        }),
      ),
    );
  }

  return {
    record: (delivery) =>
      new Promise((resolve, reject) => {
        waiting.push({ delivery, resolve, reject });
        next();
      }),
    async close() {
      if (waiting.length > 0 || writing > 0) await new Promise<void>((resolve) => idlers.push(resolve));
      if (timer) clearTimeout(timer);
      if (dirty.size > 0) await announce();
    },
  };
}
