import { Redis } from 'ioredis';
import type { Cache } from '#app/infra/cache.ts';

const prefix = 'trellis:cache:';

/** Cache on Redis. Commands fail fast while Redis is away, so a shopper never waits for a reconnect. */
export function createRedisCache(url: string): Cache {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: true,
    commandTimeout: 1000,
    lazyConnect: false,
  });
  redis.on('error', () => undefined);
  return {
    get: (key) => redis.get(prefix + key),
    async set(key, value, ttlSeconds) {
      await redis.set(prefix + key, value, 'EX', ttlSeconds);
    },
    async delete(key) {
      await redis.del(prefix + key);
    },
    async increment(key, ttlSeconds) {
      const results = await redis
        .multi()
        .incr(prefix + key)
        .expire(prefix + key, ttlSeconds, 'NX')
        .exec();
      const count = results?.[0]?.[1];
      if (typeof count !== 'number') throw new Error('Redis did not count');
      return count;
    },
    async close() {
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}
