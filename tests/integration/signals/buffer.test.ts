import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSignalBuffer, type Signal, type SignalBuffer } from '#app/domains/signals/index.ts';
import forgetOldSignals from '#app/domains/signals/forget-old-signals.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
let test: TestServices;
let services: Services;

beforeAll(async () => {
  test = await createTestServices({ clock: { now: () => now } });
  services = test.services;
});
afterAll(() => test.dispose());

function signals(count: number, shopId: string = randomUUID(), occurredAt = now): Signal[] {
  return Array.from({ length: count }, () => ({
    shopId: shopId as ShopId,
    id: randomUUID(),
    visitorId: randomUUID() as VisitorId,
    kind: 'view' as const,
    productId: null,
    query: null,
    quantity: null,
    surface: null,
    dwellMs: null,
    occurredAt,
    receivedAt: now,
  }));
}

/** A store that fails as often as told. */
function failing(times: number) {
  const written: Signal[] = [];
  let left = times;
  return {
    written,
    write: (batch: readonly Signal[]) => {
      left -= 1;
      if (left >= 0) return Promise.reject(new Error('the database is away'));
      written.push(...batch);
      return Promise.resolve(batch.length);
    },
  };
}

it('writes in batches, by itself, soon', async () => {
  const sizes: number[] = [];
  const write = (batch: readonly Signal[]) => Promise.resolve(sizes.push(batch.length) && batch.length);
  const buffer = createSignalBuffer(services, { write, batchSize: 10, flushMs: 10 });
  buffer.add(signals(25));
  await vi.waitFor(() => {
    expect(buffer.state).toEqual({ waiting: 0, stored: 25, lost: 0 });
  });
  expect(sizes).toEqual([10, 10, 5]);
});

it('keeps a batch that could not be written and writes it in the end, in order', async () => {
  const { written, write } = failing(3);
  const buffer = createSignalBuffer(services, { write, flushMs: 5, backoffMs: 5 });
  const first = signals(3);
  buffer.add(first);
  await expect(buffer.flush()).rejects.toThrow('away');
  const second = signals(2);
  buffer.add(second);
  await vi.waitFor(() => {
    expect(buffer.state).toEqual({ waiting: 0, stored: 5, lost: 0 });
  });
  expect(written).toEqual([...first, ...second]);
});

it('gives a batch up after its tries, counts the loss and goes on', async () => {
  const { write } = failing(2);
  const buffer = createSignalBuffer(services, { write, flushMs: 5, backoffMs: 1, attempts: 2 });
  buffer.add(signals(3));
  await vi.waitFor(() => {
    expect(buffer.state).toEqual({ waiting: 0, stored: 0, lost: 3 });
  });
  buffer.add(signals(1));
  await vi.waitFor(() => {
    expect(buffer.state.stored).toBe(1);
  });
});

describe('while the database is away', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  /** @returns of those who ask, how many were told that it is stored, and how many that it is not */
  const asking = (buffer: SignalBuffer, times: number) => {
    const told = { stored: 0, failed: 0 };
    for (let time = 0; time < times; time += 1) {
      buffer.add(signals(1));
      void buffer.flush().then(
        () => (told.stored += 1),
        () => (told.failed += 1),
      );
    }
    return told;
  };

  it('however many ask for it, it is tried when a try is due, and nothing is given up early', async () => {
    const { written, write } = failing(3);
    const tries = vi.fn(write);
    const buffer = createSignalBuffer(services, { write: tries, attempts: 8, backoffMs: 250 });
    buffer.add(signals(100));
    const told = asking(buffer, 20);
    await vi.advanceTimersByTimeAsync(249);
    expect([tries.mock.calls.length, told]).toEqual([1, { stored: 0, failed: 1 }]);
    await vi.advanceTimersByTimeAsync(1);
    expect([tries.mock.calls.length, told]).toEqual([2, { stored: 0, failed: 20 }]);
    const later = asking(buffer, 20);
    await vi.advanceTimersByTimeAsync(500);
    expect([tries.mock.calls.length, later]).toEqual([3, { stored: 0, failed: 20 }]);
    const last = asking(buffer, 20);
    await vi.advanceTimersByTimeAsync(1000);
    expect([tries.mock.calls.length, last]).toEqual([4, { stored: 20, failed: 0 }]);
    expect([written.length, buffer.state]).toEqual([160, { waiting: 0, stored: 160, lost: 0 }]);
  });

  it('what comes while a try is under way does not shorten the pause after it', async () => {
    const tries = vi.fn(
      () => new Promise<number>((_, reject) => setTimeout(reject, 1000, new Error('the database is away'))),
    );
    const buffer = createSignalBuffer(services, { write: tries, flushMs: 10, backoffMs: 5000 });
    buffer.add(signals(1));
    await vi.advanceTimersByTimeAsync(500);
    buffer.add(signals(1));
    await vi.advanceTimersByTimeAsync(510 + 4999);
    expect(tries).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(tries).toHaveBeenCalledTimes(2);
  });

  it('whoever waits for the next try hears of the one at shutdown', async () => {
    const buffer = createSignalBuffer(services, { write: failing(1).write, backoffMs: 5000 });
    asking(buffer, 1);
    await vi.advanceTimersByTimeAsync(1);
    const told = asking(buffer, 2);
    expect(await buffer.close()).toBe(0);
    expect([told, buffer.state]).toEqual([{ stored: 2, failed: 0 }, { waiting: 0, stored: 3, lost: 0 }]); // prettier-ignore
  });
});

it('takes all or nothing, and nothing once it is full or closed', async () => {
  const { write } = failing(1000);
  const buffer = createSignalBuffer(services, { write, capacity: 5, flushMs: 60_000 });
  expect([buffer.add(signals(4)), buffer.add(signals(2)), buffer.add(signals(1))]).toEqual(['taken', 'full', 'taken']);
  expect(await buffer.close()).toBe(5);
  expect(buffer.add(signals(1))).toBe('full');
});

it('keeps one shop from taking the room of the others, and gives it its room back', async () => {
  const { write } = failing(1);
  const buffer = createSignalBuffer(services, { write, capacity: 10, shopCapacity: 4, flushMs: 60_000 });
  const [loud, quiet] = [randomUUID(), randomUUID()];
  expect([buffer.add(signals(4, loud)), buffer.add(signals(1, loud)), buffer.add(signals(3, quiet))]).toEqual([
    'taken',
    'full',
    'taken',
  ]);
  await expect(buffer.flush()).rejects.toThrow('away');
  expect(buffer.add(signals(1, loud))).toBe('full');
  await buffer.flush();
  expect(buffer.add(signals(4, loud))).toBe('taken');
  await buffer.close();
});

it('stores what it holds at shutdown, also what comes while a write runs', async () => {
  const shopId = await insertShop(test.database);
  const buffer = createSignalBuffer(services, { flushMs: 60_000, batchSize: 100 });
  buffer.add(signals(150, shopId));
  const running = buffer.flush();
  buffer.add(signals(50, shopId));
  expect(await buffer.close()).toBe(0);
  await running;
  expect(await services.db.inShop(shopId, ({ tx }) => tx.signal.count())).toBe(200);
});

it('forgets what is older than 13 months, of every shop', async () => {
  const shops = [await insertShop(test.database), await insertShop(test.database)];
  const buffer = createSignalBuffer(services);
  for (const shopId of shops) {
    buffer.add([
      ...signals(3, shopId, new Date('2025-10-21T11:59:59Z')),
      ...signals(2, shopId, new Date('2025-10-21T12:00:01Z')),
    ]);
  }
  await buffer.close();
  await forgetOldSignals({}, { services, signal: new AbortController().signal });
  for (const shopId of shops) expect(await services.db.inShop(shopId, ({ tx }) => tx.signal.count())).toBe(2);
});
