import type { Cache } from '#app/infra/cache.ts';
import type { Clock } from '#app/infra/clock.ts';

interface Entry {
  value: string;
  expiresAt: number;
}

/** Cache in the process: bounded, oldest entry out first, expiry checked on read. */
export function createMemoryCache(clock: Clock, maximumEntries = 50_000): Cache {
  const entries = new Map<string, Entry>();

  function live(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry && entry.expiresAt > clock.now().getTime()) return entry;
    entries.delete(key);
    return undefined;
  }

  function put(key: string, entry: Entry): void {
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > maximumEntries) {
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    }
  }

  return {
    get: (key) => Promise.resolve(live(key)?.value ?? null),
    set(key, value, ttlSeconds) {
      put(key, { value, expiresAt: clock.now().getTime() + ttlSeconds * 1000 });
      return Promise.resolve();
    },
    replace(key, expected, value, ttlSeconds) {
      if ((live(key)?.value ?? null) !== expected) return Promise.resolve(false);
      put(key, { value, expiresAt: clock.now().getTime() + ttlSeconds * 1000 });
      return Promise.resolve(true);
    },
    delete(key) {
      entries.delete(key);
      return Promise.resolve();
    },
    increment(key, ttlSeconds) {
      const entry = live(key);
      const count = Number(entry?.value ?? 0) + 1;
      if (entry) entry.value = String(count);
      else put(key, { value: '1', expiresAt: clock.now().getTime() + ttlSeconds * 1000 });
      return Promise.resolve(count);
    },
    close() {
      entries.clear();
      return Promise.resolve();
    },
  };
}
