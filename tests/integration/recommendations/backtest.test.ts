import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addRun, listRuns } from '#app/domains/activity/index.ts';
import { runBacktest } from '#app/domains/recommendations/index.ts';
import backtestShop from '#app/flows/backtest.ts';
import { latestBacktest } from '#app/flows/backtest-result.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertOrders } from './insert-orders.ts';

let own: TestServices;
let shop: ShopId;
/** called whenever somebody looks at the clock, which a run does at each step */
let onLook: () => void = () => undefined;

beforeAll(async () => {
  const now = () => {
    onLook();
    return new Date('2026-06-01T00:00:00Z');
  };
  own = await createTestServices({ platforms: createPlatforms, clock: { now } });
});
beforeEach(async () => {
  onLook = () => undefined;
  shop = await insertShop(own.database);
  await insertOrders(own.database, shop, { products: 20, customers: 15, orders: 150, seed: 3 });
});
afterAll(() => own.dispose());

const run = async () => (await own.services.db.inShop(shop, (scope) => listRuns(scope, { limit: 1 })))[0];
const result = async () => (await own.services.db.inShop(shop, latestBacktest)).result;

async function newRun(): Promise<{ shopId: ShopId; runId: string }> {
  const runId = randomUUID();
  await own.services.db.inShop(shop, (scope) => addRun(scope, { id: runId, kind: 'backtest', now: new Date() }));
  return { shopId: shop, runId };
}
const work = (ids: { shopId: ShopId; runId: string }, signal: AbortSignal) =>
  backtestShop(ids, { services: own.services, attempt: 1, lastAttempt: true, signal });

it('stops in the middle when it is told to, and gives the same result when it is run again', async () => {
  const undisturbed = await newRun();
  await work(undisturbed, new AbortController().signal);
  const whole = await result();
  expect(whole?.asked).toBeGreaterThan(20);
  await own.services.db.inShop(shop, ({ tx }) => tx.run.deleteMany({ where: { shopId: shop } }));

  const ids = await newRun();
  const stop = new AbortController();
  // The clock is looked at three times until the run is at work and says so.
  let looks = 0;
  onLook = () => {
    looks += 1;
    if (looks > 5) stop.abort(new Error('shutting down'));
  };
  const aborted = work(ids, stop.signal);
  await expect(aborted).rejects.toThrow('shutting down');
  onLook = () => undefined;
  expect(await run()).toMatchObject({ status: 'queued', stage: 'testing', error: null });
  expect(await result()).toBeNull();
  await work(ids, new AbortController().signal);
  expect(await run()).toMatchObject({ status: 'succeeded', attempts: 2 });
  expect(await result()).toEqual(whole);
});

it.each([
  ['before it begins', 0],
  ['while it works', 25],
])('writes nothing when it is stopped %s', async (_, from) => {
  const stop = new AbortController();
  if (from === 0) stop.abort(new Error('enough'));
  const tested = runBacktest(
    own.services,
    shop,
    (percent) => {
      if (percent >= from) stop.abort(new Error('enough'));
      return Promise.resolve();
    },
    stop.signal,
  );
  await expect(tested).rejects.toThrow('enough');
  const left = await own.services.db.inShop(shop, async ({ tx }) => [
    await tx.recommendationVersion.count({ where: { shopId: shop } }),
    await tx.recommendation.count({ where: { shopId: shop } }),
  ]);
  expect(left).toEqual([0, 0]);
});
