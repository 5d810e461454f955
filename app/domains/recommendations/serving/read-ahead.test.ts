import { describe, expect, it, vi } from 'vitest';
import { createReadAhead } from './read-ahead.ts';

const group = { name: 'shop 1' };

/** A table of ids in order, and what was held of it. */
function table(count: number, { fails = 0, room = Infinity }: { fails?: number; room?: number } = {}) {
  const ids = Array.from({ length: count }, (_, k) => String(k).padStart(6, '0'));
  const held: string[] = [];
  const failures: unknown[] = [];
  let failing = fails;
  const ahead = createReadAhead<typeof group>({
    idsAfter: (_group, after, limit) => Promise.resolve(ids.filter((id) => id > after).slice(0, limit)),
    hold: (_group, some) => {
      if (failing-- > 0) return Promise.reject(new Error('the database is away'));
      held.push(...some);
      return Promise.resolve();
    },
    goOn: () => held.length < room,
    failed: (_group, error) => failures.push(error),
  });
  return { ids, held, failures, ahead };
}

describe('reading ahead', () => {
  it('begins once a shop was asked for much that was not in memory, and reads each id once', async () => {
    const { ids, held, ahead } = table(4_321);
    ahead.missed(group, 299);
    expect(held).toEqual([]);
    for (let more = 0; more < 5; more += 1) ahead.missed(group, 200);
    await vi.waitFor(() => expect(held.length).toBe(ids.length));
    expect(held).toEqual(ids);
  });

  it('ends where there is no room, or the group is no longer asked', async () => {
    const { held, ahead } = table(4_000, { room: 120 });
    ahead.missed(group, 300);
    await vi.waitFor(() => expect(held.length).toBe(150));
    await new Promise((resolve) => setImmediate(resolve));
    expect(held.length).toBe(150);
  });

  it('tells a failure, and begins anew when the shop is asked for as much again', async () => {
    const { ids, held, failures, ahead } = table(100, { fails: 1 });
    ahead.missed(group, 300);
    await vi.waitFor(() => expect(failures.map(String)).toEqual(['Error: the database is away']));
    ahead.missed(group, 300);
    await vi.waitFor(() => expect(held).toEqual(ids));
  });
});
