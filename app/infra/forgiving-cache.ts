import type { Logger } from 'pino';
import type { Cache } from './cache.ts';
import type { Clock } from './clock.ts';

/** After a failure nothing is asked for so long (milliseconds), so that nobody waits again and again for who does not answer. */
const pauseMs = 1_000;

/**
 * The same cache, which counts as empty while it cannot be reached: what it holds can be made again, and a shopper
 * must be answered. Counters then stand at one, so limits are open for that while. Each outage is logged once.
 */
export function createForgivingCache(cache: Cache, log: Pick<Logger, 'warn' | 'info'>, clock: Clock): Cache {
  let isAway = false;
  let askAgainAt = 0;

  async function tried<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    if (isAway && clock.now().getTime() < askAgainAt) return otherwise;
    try {
      const found = await work();
      if (isAway) log.info('the cache answers again');
      isAway = false;
      return found;
    } catch (error) {
      if (!isAway) log.warn({ err: error }, 'the cache cannot be reached, it counts as empty');
      isAway = true;
      askAgainAt = clock.now().getTime() + pauseMs;
      return otherwise;
    }
  }

  return {
    get: (key) => tried(() => cache.get(key), null),
    set: (key, value, ttlSeconds) => tried(() => cache.set(key, value, ttlSeconds), undefined),
    replace: (key, expected, value, ttlSeconds) => tried(() => cache.replace(key, expected, value, ttlSeconds), true),
    delete: (key) => tried(() => cache.delete(key), undefined),
    increment: (key, ttlSeconds) => tried(() => cache.increment(key, ttlSeconds), 1),
    close: () => cache.close(),
  };
}
