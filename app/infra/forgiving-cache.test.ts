import { expect, it, vi } from 'vitest';
import { createForgivingCache } from './forgiving-cache.ts';
import { createMemoryCache } from './memory-cache.ts';

function made() {
  let time = 0;
  const clock = { now: () => new Date(time) };
  const held = createMemoryCache(clock);
  const state = { away: false };
  const asked = vi.fn<(method: string) => void>();
  const guard =
    <Args extends unknown[], T>(name: string, call: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> => {
      asked(name);
      return state.away ? Promise.reject(new Error('connection refused')) : call(...args);
    };
  const log = { warn: vi.fn<() => void>(), info: vi.fn<() => void>() };
  const cache = createForgivingCache(
    {
      get: guard('get', held.get),
      set: guard('set', held.set),
      replace: guard('replace', held.replace),
      delete: guard('delete', held.delete),
      increment: guard('increment', held.increment),
      close: () => held.close(),
    },
    log,
    clock,
  );
  return { cache, state, asked, log, pass: (ms: number) => (time += ms) };
}

it('is the cache itself while that answers', async () => {
  const { cache, log } = made();
  await cache.set('a', '1', 60);
  expect([await cache.get('a'), await cache.increment('n', 60), await cache.increment('n', 60)]).toEqual(['1', 1, 2]);
  await cache.delete('a');
  expect(await cache.get('a')).toBeNull();
  expect(log.warn).not.toHaveBeenCalled();
});

it('counts as empty while nobody answers, says so once, and goes on afterwards', async () => {
  const { cache, state, asked, log, pass } = made();
  await cache.set('a', '1', 600);
  state.away = true;
  expect([await cache.get('a'), await cache.increment('n', 60)]).toEqual([null, 1]);
  await cache.set('b', '2', 60);
  expect(await cache.replace('a', null, '3', 60)).toBe(true);
  await cache.delete('a');
  // Asked once, not five times: a shopper does not wait for the same failure again.
  expect(asked.mock.calls).toEqual([['set'], ['get']]);
  pass(1_000);
  expect(await cache.get('a')).toBeNull();
  expect(asked).toHaveBeenCalledTimes(3);
  state.away = false;
  pass(1_000);
  expect(await cache.get('a')).toBe('1');
  expect([log.warn.mock.calls.length, log.info.mock.calls.length]).toEqual([1, 1]);
});
