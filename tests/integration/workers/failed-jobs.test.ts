import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { addRun, listRuns, performRun } from '#app/domains/activity/index.ts';
import { refreshBundles } from '#app/flows/jobs.ts';
import { retryFailure } from '#app/flows/start-runs.ts';
import { defineJob, type JobDefinition, type JobModule } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { jobs } from '#workers/jobs.ts';
import { createRunJob } from '#workers/run-job.ts';

let own: TestServices;
let shopId: ShopId;
beforeAll(async () => {
  own = await createTestServices();
});
beforeEach(async () => {
  shopId = await insertShop(own.database);
});
afterAll(() => own.dispose());

const failing = (job: JobDefinition<{ shopId: ShopId }>): JobDefinition => ({
  ...job,
  load: () => Promise.resolve({ default: () => Promise.reject(new Error('broken')) }),
});
const runs = () => own.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 10, status: 'failed' }));
const attempt = (values: { number: number; last: boolean; signal?: AbortSignal }) => ({
  signal: new AbortController().signal,
  ...values,
});

test('a job without a run that fails for good shows up once for the merchant, and can be tried again', async () => {
  const run = createRunJob(own.services, [failing(refreshBundles)]);
  await expect(run(refreshBundles.id, { shopId }, attempt({ number: 4, last: false }))).rejects.toThrow('broken');
  await expect(
    run(refreshBundles.id, { shopId }, attempt({ number: 5, last: true, signal: AbortSignal.abort() })),
  ).rejects.toThrow('broken');
  expect(await runs()).toEqual([]);
  for (let again = 0; again < 2; again += 1)
    await expect(run(refreshBundles.id, { shopId }, attempt({ number: 5, last: true }))).rejects.toThrow('broken');
  const [note, ...more] = await runs();
  expect([note?.kind, note?.attempts, more.length]).toEqual(['upkeep', 5, 0]);

  const other = await insertShop(own.database);
  expect(await retryFailure(own.services, other, { kind: 'run', id: note?.id ?? '' })).toBe(false);
  expect(await retryFailure(own.services, shopId, { kind: 'run', id: note?.id ?? '' })).toBe(true);
  expect(await runs()).toEqual([]);
  const waiting = await own.queues.get(refreshBundles.queue).getJobs(['waiting']);
  expect(waiting.map((job) => [job.name, job.data])).toEqual([[refreshBundles.id, { shopId }]]);
});

test('a try that takes too long is told to stop, and the last one ends the run with a word about it', async () => {
  const ids = {
    shopId,
    runId: (
      await own.services.db.inShop(shopId, (scope) =>
        addRun(scope, { id: crypto.randomUUID(), kind: 'reconcile', now: new Date() }),
      )
    ).id,
  };
  const handler: JobModule<Record<string, never>>['default'] = async (_payload, { services, lastAttempt, signal }) => {
    await performRun(services, ids, { lastAttempt, signal }, async () => {
      await delay(60_000, undefined, { signal }).catch(() => undefined);
      signal.throwIfAborted();
      return {};
    });
  };
  const slow = defineJob({
    id: 'test.slow',
    queue: 'upkeep',
    schema: z.object({}),
    attempts: 2,
    backoffMs: 1,
    timeoutMs: 20,
    load: () => Promise.resolve({ default: handler }),
  });
  const run = createRunJob(own.services, [slow]);
  await expect(run(slow.id, {}, attempt({ number: 1, last: false }))).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(await runs()).toEqual([]);
  await expect(run(slow.id, {}, attempt({ number: 2, last: true }))).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(await runs()).toMatchObject([{ kind: 'reconcile', error: expect.stringContaining('too long') }]);
});

test.each(jobs.map((job) => [job.id, job] as const))('%s is bounded in tries, pauses and time', (_id, job) => {
  expect(job.attempts).toBeGreaterThanOrEqual(1);
  expect(job.attempts).toBeLessThanOrEqual(10);
  // The last pause of the doubling ones stays within an hour.
  expect(job.backoffMs * 2 ** Math.max(0, job.attempts - 2)).toBeLessThanOrEqual(3_600_000);
  expect(job.timeoutMs ?? 0).toBeLessThanOrEqual(6 * 3_600_000);
});
