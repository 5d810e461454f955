import { Redis } from 'ioredis';
import type { Cache } from '#app/infra/cache.ts';

const prefix = 'trellis:cache:';

/** One command for Redis, so that nothing comes between looking and setting. The second argument says whether there was an entry. */
const replaceScript = `
  local held = redis.call('GET', KEYS[1])
  if (ARGV[2] == '1' and held ~= ARGV[1]) or (ARGV[2] == '0' and held) then return 0 end
  redis.call('SET', KEYS[1], ARGV[3], 'EX', ARGV[4])
  return 1`;

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
    async replace(key, expected, value, ttlSeconds) {
      const was = expected === null ? '0' : '1';
      return (await redis.eval(replaceScript, 1, prefix + key, expected ?? '', was, value, String(ttlSeconds))) === 1;
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
