import { setTimeout } from 'node:timers/promises';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/**
 * Does `work` while no other process does the same for this shop; null when another one does. The lock lives
 * with its database connection, so a killed worker leaves none behind.
 */
export async function withShopLock<T>(
  services: Services,
  name: string,
  shopId: ShopId,
  work: () => Promise<T>,
): Promise<T | null> {
  const client = await services.db.lockPool.connect();
  const key = `${name}:${shopId}`;
  let broken: Error | undefined;
  const noteBreak = (error: Error) => {
    broken = error;
  };
  client.on('error', noteBreak);
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      [key],
    );
    if (rows[0]?.locked !== true) return null;
    try {
      return await work();
    } finally {
      if (!broken) {
        await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch((error: unknown) => {
          broken = error instanceof Error ? error : new Error('the lock’s connection broke');
        });
      }
    }
  } finally {
    client.removeListener('error', noteBreak);
    // A connection that may still hold the lock is closed rather than given back.
    client.release(broken);
  }
}

const lookAgainMs = 200;

/** The same as soon as nobody else does it; null where that takes longer than `patienceMs`. */
export async function withShopLockSoon<T>(
  services: Services,
  name: string,
  shopId: ShopId,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<T | null> {
  for (let waitedMs = 0; ; waitedMs += lookAgainMs) {
    const done = await withShopLock(services, name, shopId, async () => ({ of: await work() }));
    if (done) return done.of;
    if (waitedMs >= patienceMs) return null;
    await setTimeout(lookAgainMs);
  }
}
