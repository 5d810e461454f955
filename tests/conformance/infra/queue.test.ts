import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineJob, JobPostponed, withPayload } from '#app/infra/jobs.ts';
import {
  type BullWorker,
  createQueueBackend,
  createQueues,
  openWorker,
  type QueueBackend,
  type Queues,
  registerSchedules,
} from '#app/infra/queue.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { startTestRedis, type TestRedis } from '#tests/setup/redis.ts';

const job = defineJob({
  id: 'test.echo',
  queue: 'upkeep',
  schema: z.object({ word: z.string() }),
  attempts: 3,
  backoffMs: 10,
  load: () => Promise.resolve({ default: () => Promise.resolve() }),
});

/** The same promises on PostgreSQL (the default) and on Redis. */
describe.each(['PostgreSQL', 'Redis'] as const)('queue on %s', (kind) => {
  let database: TestDatabase | null = null;
  let redis: TestRedis | null = null;
  let backend: QueueBackend;
  let queues: Queues;
  let workers: BullWorker[];

  beforeAll(async () => {
    database = await createTestDatabase();
    redis = kind === 'Redis' ? await startTestRedis() : null;
    backend = createQueueBackend({ DATABASE_URL: database.url, REDIS_URL: redis?.url });
    queues = createQueues(backend);
    workers = [];
  });

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await queues.queue.close();
    await redis?.stop();
    await database?.drop();
  });

  async function work(run: Parameters<typeof openWorker>[3]): Promise<BullWorker> {
    const worker = openWorker(backend, 'upkeep', 2, run, new AbortController().signal);
    worker.on('error', () => undefined);
    workers.push(worker);
    await worker.waitUntilReady();
    return worker;
  }

  it('runs each job once, retries what failed and adds no second waiting job of one key', async () => {
    const seen: { data: unknown; attempt: number; last: boolean }[] = [];
    await queues.queue.enqueue(job, { word: 'twice' }, { deduplicationKey: 'k1' });
    await queues.queue.enqueue(job, { word: 'twice' }, { deduplicationKey: 'k1' });
    await queues.queue.enqueue(job, { word: 'fails first' });
    const worker = await work(async (_name, data, attempt) => {
      seen.push({ data, attempt: attempt.number, last: attempt.last });
      if ((data as { word: string }).word === 'fails first' && attempt.number < 3) throw new Error('not yet');
    });
    await vi.waitFor(() => expect(seen).toHaveLength(4), { timeout: 20_000 });
    expect(seen.filter(({ data }) => (data as { word: string }).word === 'twice')).toHaveLength(1);
    expect(
      seen
        .filter(({ data }) => (data as { word: string }).word === 'fails first')
        .map(({ attempt, last }) => [attempt, last]),
    ).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    await worker.close();
  });

  it('keeps jobs until a worker comes, over a restart of the producer', async () => {
    await queues.queue.enqueue(job, { word: 'waits' });
    const later: unknown[] = [];
    const worker = await work((_name, data) => Promise.resolve(void later.push(data)));
    await vi.waitFor(() => expect(later).toEqual([{ word: 'waits' }]), { timeout: 20_000 });
    await worker.close();
  });

  it('runs once more after a job of the key that is at work, since that may have looked already', async () => {
    let begun = 0;
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await queues.queue.enqueue(job, { word: 'first' }, { deduplicationKey: 'k2' });
    const worker = await work(async () => {
      begun += 1;
      if (begun === 1) await held;
    });
    await vi.waitFor(() => expect(begun).toBe(1), { timeout: 20_000 });
    await queues.queue.enqueue(job, { word: 'again' }, { deduplicationKey: 'k2', delayMs: 20 });
    await queues.queue.enqueue(job, { word: 'again' }, { deduplicationKey: 'k2', delayMs: 20 });
    letGo();
    await vi.waitFor(() => expect(begun).toBe(2), { timeout: 20_000 });
    await queues.queue.enqueue(job, { word: 'later' }, { deduplicationKey: 'k2' });
    await vi.waitFor(() => expect(begun).toBe(3), { timeout: 20_000 });
    await worker.close();
  });

  it('delays a job', async () => {
    const began = Date.now();
    await queues.queue.enqueue(job, { word: 'later' }, { delayMs: 300 });
    let ranAt = 0;
    const worker = await work(() => Promise.resolve(void (ranAt = Date.now())));
    await vi.waitFor(() => expect(ranAt).toBeGreaterThan(0), { timeout: 20_000 });
    expect(ranAt - began).toBeGreaterThanOrEqual(290);
    await worker.close();
  });

  it('brings a postponed job back without losing a try', async () => {
    const seen: number[] = [];
    await queues.queue.enqueue({ ...job, attempts: 1 }, { word: 'busy' });
    const worker = await work((_name, _data, attempt) => {
      seen.push(attempt.number);
      return seen.length === 1 ? Promise.reject(new JobPostponed('somebody else is at it')) : Promise.resolve();
    });
    await vi.waitFor(() => expect(seen).toEqual([1, 1]), { timeout: 20_000 });
    await worker.close();
  });

  it('begins the last job of a flow when every part has come to its end, also one that has failed for good', async () => {
    const parts = ['a', 'b', 'broken', 'c'];
    const ended: string[] = [];
    await queues.queue.enqueueFlow(
      withPayload(job, { word: 'last' }),
      parts.map((word) => withPayload(job, { word })),
    );
    const run: Parameters<typeof openWorker>[3] = (_name, data, attempt) => {
      const { word } = data as { word: string };
      if (word === 'broken' && !attempt.last) return Promise.reject(new Error('not this time'));
      ended.push(word);
      return word === 'broken' ? Promise.reject(new Error('never')) : Promise.resolve();
    };
    const both = await Promise.all([work(run), work(run)]);
    await vi.waitFor(() => expect(ended).toContain('last'), { timeout: 20_000 });
    expect(ended.at(-1)).toBe('last');
    expect(ended.slice(0, -1).sort()).toEqual(parts.sort());
    await Promise.all(both.map((worker) => worker.close()));
  });

  it('stores no part of a flow that holds a payload which its schema refuses', async () => {
    const flow = queues.queue.enqueueFlow(withPayload(job, { word: 'last' }), [
      withPayload(job, { word: 'part' }),
      withPayload(job, { word: 7 } as never),
    ]);
    await expect(flow).rejects.toThrow();
    const counts = await queues.get('upkeep').getJobCounts('waiting', 'waiting-children', 'active');
    expect(Object.values(counts)).toEqual([0, 0, 0]);
  });

  it('refuses a payload that its schema refuses', async () => {
    await expect(queues.queue.enqueue(job, { word: 7 } as never)).rejects.toThrow();
  });

  it('registers a schedule once, however often it is told to', async () => {
    const scheduled = { ...job, id: 'test.nightly', schedule: { pattern: '0 3 * * *', payload: { word: 'night' } } };
    await registerSchedules(queues, [scheduled]);
    await registerSchedules(queues, [scheduled]);
    const schedulers = await queues.get('upkeep').getJobSchedulers();
    expect(schedulers.filter((scheduler) => scheduler.key === 'test.nightly')).toHaveLength(1);
  });

  it('lets processes that start at the same moment register the same schedule', async () => {
    const scheduled = { ...job, id: 'test.together', schedule: { pattern: '0 4 * * *', payload: { word: 'now' } } };
    await Promise.all(Array.from({ length: 8 }, () => registerSchedules(queues, [scheduled])));
    const schedulers = await queues.get('upkeep').getJobSchedulers();
    expect(schedulers.filter((scheduler) => scheduler.key === 'test.together')).toHaveLength(1);
    await queues.get('upkeep').removeJobScheduler('test.together');
  });
});
