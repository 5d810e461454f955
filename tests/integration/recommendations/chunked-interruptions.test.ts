import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { cancelRuns } from '#app/domains/activity/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import { openVersion } from '#app/domains/recommendations/version-store.ts';
import forgetOldRecords from '#app/flows/forget-old-records.ts';
import recommendForShop from '#app/flows/recommend-for-shop.ts';
import { startRecompute } from '#app/flows/start-runs.ts';
import sweep from '#app/flows/sweep.ts';
import type { TestServices } from '#tests/setup/services.ts';
import {
  type ChunkedTraining,
  chunkedTraining,
  chunks,
  servicesForChunks,
  type TestClock,
} from './chunked-training.ts';

// A training in chunks that falls silent, is stopped, asked for again or overtaken between any two of its jobs.

// Each chunk and each training starts a thread of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let clock: TestClock;
let made: TestServices;
let training: ChunkedTraining;

beforeAll(async () => {
  clock = { at: new Date('2026-06-01T00:00:00Z') };
  made = await servicesForChunks(clock);
});
beforeEach(async () => {
  training = await chunkedTraining(made, clock);
});
afterAll(() => made.dispose());

it('goes on with the missing chunks after a silence, and the older flow ends nothing', async () => {
  await training.inOneGo();
  const whole = await training.stored();
  const ids = await training.begin();
  await training.count(0);
  clock.at = new Date(clock.at.getTime() + 5 * 60_000);
  await sweep({}, training.context);
  expect((await training.run())?.status).toBe('queued');
  await recommendForShop(ids, training.context);
  expect(training.partsOf(1).map((part) => part.chunk)).toEqual([1, 2, 3]);
  await training.count(1);
  await training.finish();
  expect(await training.run()).toMatchObject({ status: 'running', stage: 'counting', done: 10 });
  for (const chunk of [1, 2, 3]) await training.count(chunk, 1);
  expect(await training.run()).toMatchObject({ done: 40 });
  await training.finish(1);
  expect((await training.run())?.status).toBe('succeeded');
  expect(await training.stored()).toEqual(whole);
});

it('is ended by the first job where all chunks were counted before the silence', async () => {
  const ids = await training.begin();
  for (const chunk of [0, 1, 2, 3]) await training.count(chunk);
  clock.at = new Date(clock.at.getTime() + 5 * 60_000);
  await sweep({}, training.context);
  await recommendForShop(ids, training.context);
  expect(await training.run()).toMatchObject({ status: 'succeeded', result: { version: 1 } });
  expect(training.flows).toHaveLength(1);
});

it('writes its lists anew after a stop in the middle of them', async () => {
  await training.inOneGo();
  const whole = await training.stored();
  await training.begin();
  for (const chunk of [0, 1, 2, 3]) await training.count(chunk);
  const stop = new AbortController();
  await expect(
    trainRecommendations(
      training.services,
      training.shop,
      async ({ stage }) => {
        if (stage === 'switching') stop.abort(new Error('shutting down'));
        stop.signal.throwIfAborted();
      },
      stop.signal,
      2,
    ),
  ).rejects.toThrow('shutting down');
  await training.finish();
  expect(await training.stored()).toEqual(whole);
});

it('gives way to a training that began later, and stops with its run', async () => {
  await training.begin();
  await training.inShop((scope) => openVersion(scope, clock.at));
  await training.count(0);
  expect(await training.workLeft()).toEqual([0, 0]);
  await training.finish();
  expect(await training.run()).toMatchObject({ status: 'succeeded', result: { superseded: true } });

  clock.at = new Date(clock.at.getTime() + 1000);
  await training.begin();
  await training.inShop((scope) => cancelRuns(scope, clock.at));
  await training.count(0, 1);
  await training.finish(1);
  expect(await training.workLeft()).toEqual([expect.any(Number), 0]);
  expect((await training.run())?.status).toBe('cancelled');
});

it('is one training however often it is asked for, and what was ordered meanwhile waits for the lists after it', async () => {
  const { runId } = await training.begin();
  await training.count(0);
  clock.at = new Date(clock.at.getTime() + 1000);
  const asked = await Promise.all([1, 2, 3].map(() => startRecompute(training.services, training.shop)));
  expect(new Set(asked.map((one) => one.id))).toEqual(new Set([runId]));
  await training.addOrder('meanwhile', ['p2', 'p3'], clock.at);
  // A job that was put in line twice finds the run at work.
  await expect(recommendForShop({ shopId: training.shop, runId }, training.context)).rejects.toThrow('at work');
  expect(training.flows).toHaveLength(1);
  for (const chunk of [1, 2, 3]) await training.count(chunk);
  await training.finish();
  expect(await training.run()).toMatchObject({ id: runId, status: 'succeeded', result: { version: 1 } });
  const pending = await training.inShop(({ tx }) =>
    tx.recommendationPending.count({ where: { shopId: training.shop } }),
  );
  expect(pending).toBe(2);
});

it('leaves nothing behind for longer than a day when nobody takes it up again', async () => {
  await training.begin();
  await training.count(0);
  const begun = clock.at;
  clock.at = new Date(begun.getTime() + 23 * 3_600_000);
  await forgetOldRecords({}, training.context);
  expect((await training.workLeft())[1]).toBe(1);
  clock.at = new Date(begun.getTime() + 25 * 3_600_000);
  await forgetOldRecords({}, training.context);
  expect(await training.workLeft()).toEqual([0, 0]);
  // The run begins anew then.
  await sweep({}, training.context);
  await recommendForShop({ shopId: training.shop, runId: (await training.run())?.id ?? '' }, training.context);
  expect(training.partsOf(1)).toHaveLength(chunks);
});
