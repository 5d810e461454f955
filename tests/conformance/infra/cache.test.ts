import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cache } from '#app/infra/cache.ts';
import { systemClock } from '#app/infra/clock.ts';
import { createMemoryCache } from '#app/infra/memory-cache.ts';
import { createRedisCache } from '#app/infra/redis-cache.ts';
import { startTestRedis, type TestRedis } from '#tests/setup/redis.ts';

describe.each(['memory', 'Redis'] as const)('cache in %s', (kind) => {
  let redis: TestRedis | null = null;
  let cache: Cache;

  beforeAll(async () => {
    redis = kind === 'Redis' ? await startTestRedis() : null;
    cache = redis ? createRedisCache(redis.url) : createMemoryCache(systemClock);
  });

  afterAll(async () => {
    await cache.close();
    await redis?.stop();
  });

  it('gives back what was set, and null for what was not or is deleted', async () => {
    await cache.set('a', '{"x":"é"}', 60);
    expect(await cache.get('a')).toBe('{"x":"é"}');
    expect(await cache.get('b')).toBeNull();
    await cache.delete('a');
    expect(await cache.get('a')).toBeNull();
  });

  it('replaces what still is as it was read, and of many who try at once lets one', async () => {
    expect(await cache.replace('r', 'x', 'y', 60)).toBe(false);
    expect(await cache.get('r')).toBeNull();
    const firsts = await Promise.all(Array.from({ length: 20 }, (_, at) => cache.replace('r', null, `"${at}"`, 60)));
    expect(firsts.filter(Boolean)).toHaveLength(1);
    const held = await cache.get('r');
    expect(await cache.replace('r', null, 'later', 60)).toBe(false);
    expect(await cache.replace('r', 'other', 'later', 60)).toBe(false);
    expect(await cache.replace('r', held, '', 60)).toBe(true);
    // What is empty is not nothing.
    expect(await cache.replace('r', null, 'later', 60)).toBe(false);
    expect(await cache.replace('r', '', 'last', 1)).toBe(true);
    expect(await cache.get('r')).toBe('last');
    await expect.poll(() => cache.get('r'), { timeout: 5_000 }).toBeNull();
  });

  it('counts without losing a step when many count at once', async () => {
    const counts = await Promise.all(Array.from({ length: 50 }, () => cache.increment('visits', 60)));
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('forgets after the time to live, and a counter starts again', async () => {
    await cache.set('short', 'x', 1);
    await cache.increment('limit', 1);
    await expect.poll(() => cache.get('short'), { timeout: 5_000 }).toBeNull();
    await expect
      .poll(() => cache.increment('limit-probe', 1).then(() => cache.get('limit')), { timeout: 5_000 })
      .toBeNull();
    expect(await cache.increment('limit', 60)).toBe(1);
  });
});
