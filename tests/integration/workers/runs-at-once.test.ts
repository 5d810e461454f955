import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addRun, listRuns, performRun, RunBusy, type RunProgress } from '#app/domains/activity/index.ts';
import sweep from '#app/flows/sweep.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

let time = new Date('2026-11-21T12:00:00Z');
let own: TestServices;
let shopId: ShopId;

beforeAll(async () => {
  own = await createTestServices({ clock: { now: () => time } });
});
beforeEach(async () => {
  shopId = await insertShop(own.database);
});
afterAll(() => own.dispose());

async function newRun(kind: 'import' | 'publish' | 'publish-bundles'): Promise<{ shopId: ShopId; runId: string }> {
  const run = await own.services.db.inShop(shopId, (scope) => addRun(scope, { id: randomUUID(), kind, now: time }));
  return { shopId, runId: run.id };
}
const state = async () => (await own.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1 })))[0];
const attempt = { lastAttempt: false, signal: new AbortController().signal };

/** Work that goes on when it is told to, so that two can be at it at the same time. */
function heldWork() {
  let go: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    go = resolve;
  });
  let begun: (progress: RunProgress) => void = () => undefined;
  const started = new Promise<RunProgress>((resolve) => {
    begun = resolve;
  });
  return {
    go,
    started,
    work: async (_run: unknown, progress: RunProgress) => {
      begun(progress);
      await told;
      return {};
    },
  };
}

test.each([
  [
    'one run that two workers have',
    async () => Array(6).fill(await newRun('import')) as { shopId: ShopId; runId: string }[],
  ],
  [
    'publications of both kinds',
    async () => [await newRun('publish'), await newRun('publish-bundles')].flatMap((ids) => [ids, ids, ids]),
  ],
])('%s, begun at the same moment: one is at work, the others come after it', async (_why, prepare) => {
  const held = heldWork();
  let atWork = 0;
  let most = 0;
  const outcomes = (await prepare()).map((ids) =>
    performRun(own.services, ids, attempt, async (run, progress) => {
      atWork += 1;
      most = Math.max(most, atWork);
      const result = await held.work(run, progress);
      atWork -= 1;
      return result;
    }).then(
      (outcome) => outcome,
      (error: unknown) => error,
    ),
  );
  await held.started;
  // All but the one at work have their answer.
  const refused = await new Promise<unknown[]>((resolve) => {
    const answers: unknown[] = [];
    for (const outcome of outcomes)
      void outcome.then((answer) => answers.push(answer) === outcomes.length - 1 && resolve(answers));
  });
  expect(refused.every((answer) => answer instanceof RunBusy)).toBe(true);
  held.go();
  expect(await Promise.all(outcomes)).toContain('succeeded');
  expect(most).toBe(1);
});

test('a worker that was taken for dead and wakes up leaves the run to the one that took it over', async () => {
  const ids = await newRun('import');
  const [first, second] = [heldWork(), heldWork()];
  const slow = performRun(own.services, ids, { ...attempt, lastAttempt: true }, async (run, progress) => {
    await first.work(run, progress);
    await progress.save({ page: 'old' });
    return { by: 'the slow one' };
  });
  await first.started;
  time = new Date(time.getTime() + 5 * 60_000);
  await sweep({}, { services: own.services, attempt: 1, ...attempt });
  const next = performRun(own.services, ids, attempt, async (run, progress) => {
    await progress.save({ page: 'new' });
    await second.work(run, progress);
    return { by: 'the new one' };
  });
  await second.started;
  first.go();
  expect(await slow).toBe('cancelled');
  expect(await state()).toMatchObject({ status: 'running', cursor: { page: 'new' } });
  second.go();
  expect(await next).toBe('succeeded');
  expect(await state()).toMatchObject({ status: 'succeeded', result: { by: 'the new one' } });
});

test.each([
  ['succeeds', () => Promise.resolve({ by: 'the slow one' })],
  ['fails', () => Promise.reject(new Error('broken'))],
])('nor does one that %s without a word in between end the run of the other', async (_why, end) => {
  const ids = await newRun('import');
  const [first, second] = [heldWork(), heldWork()];
  const slow = performRun(own.services, ids, { ...attempt, lastAttempt: true }, async (run, progress) => {
    await first.work(run, progress);
    return end();
  }).catch((error: unknown) => error);
  await first.started;
  time = new Date(time.getTime() + 5 * 60_000);
  await sweep({}, { services: own.services, attempt: 1, ...attempt });
  const next = performRun(own.services, ids, attempt, second.work);
  await second.started;
  first.go();
  await slow;
  expect(await state()).toMatchObject({ status: 'running' });
  second.go();
  expect(await next).toBe('succeeded');
});
