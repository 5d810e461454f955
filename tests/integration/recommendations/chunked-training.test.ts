import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { addRun, cancelRuns, listRuns } from '#app/domains/activity/index.ts';
import { noteOrders, trainRecommendations } from '#app/domains/recommendations/index.ts';
import { openVersion } from '#app/domains/recommendations/version-store.ts';
import countChunk from '#app/flows/count-chunk.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import finishTraining from '#app/flows/finish-training.ts';
import forgetOldRecords from '#app/flows/forget-old-records.ts';
import recommendForShop from '#app/flows/recommend-for-shop.ts';
import { startRecompute } from '#app/flows/start-runs.ts';
import sweep from '#app/flows/sweep.ts';
import type { JobContext, QueuedJob } from '#app/infra/jobs.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertOrders } from './insert-orders.ts';
import { storedVersion } from './stored-version.ts';
import { watchBar } from './watch-bar.ts';

// The jobs of a training in chunks, one after the other by hand: what may happen between any two of them.

// Each chunk and each training starts a thread of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const chunks = 4;
const products = 30;
let time = new Date('2026-06-01T00:00:00Z');
let made: TestServices;
let services: TestServices['services'];
let context: JobContext;
let shop: ShopId;
let flows: { last: QueuedJob; parts: readonly QueuedJob[] }[];

beforeAll(async () => {
  made = await createTestServices({
    platforms: createPlatforms,
    clock: { now: () => time },
    env: { TRAINING_CHUNK_ORDERS: '50' },
  });
});
beforeEach(async () => {
  flows = [];
  const queue = {
    ...made.services.queue,
    enqueueFlow: (last: QueuedJob, parts: readonly QueuedJob[]) => {
      flows.push({ last, parts });
      return Promise.resolve();
    },
  };
  services = { ...made.services, queue };
  context = { services, attempt: 1, lastAttempt: false, signal: new AbortController().signal };
  shop = await insertShop(made.database);
  await insertOrders(made.database, shop, { products, customers: 12, orders: 180, seed: 11 });
});
afterAll(() => made.dispose());

const inShop: TestServices['services']['db']['inShop'] = (...args) => services.db.inShop(...args);
const inOneGo = () => trainRecommendations(services, shop, () => Promise.resolve(), context.signal);
const stored = () => storedVersion(services, shop);
const run = async () => (await inShop(shop, (scope) => listRuns(scope, { limit: 1, kind: 'recommend' })))[0];
const workLeft = () =>
  inShop(shop, async ({ tx }) => [
    await tx.recommendationSnapshot.count({ where: { shopId: shop } }),
    await tx.recommendationChunk.count({ where: { shopId: shop } }),
  ]);

/** A run whose history is stored and whose chunks are in line. */
async function begin(): Promise<{ shopId: ShopId; runId: string }> {
  const ids = { shopId: shop, runId: randomUUID() };
  await inShop(shop, (scope) => addRun(scope, { id: ids.runId, kind: 'recommend', now: time }));
  await recommendForShop(ids, context);
  return ids;
}
type Chunk = Parameters<typeof countChunk>[0];
const partsOf = (flow = 0) => (flows[flow]?.parts ?? []).map((part) => part.payload as Chunk);
const count = async (chunk: number, flow = 0) => {
  const part = partsOf(flow).find((one) => one.chunk === chunk);
  if (part) await countChunk(part, context);
};
const finish = (flow = 0) => finishTraining(flows[flow]?.last.payload as Parameters<typeof finishTraining>[0], context);

async function addOrder(id: string, productIds: readonly string[], placedAt: Date): Promise<void> {
  await inShop(shop, async (scope) => {
    const { tx } = scope;
    const amounts = { currency: 'USD', subtotalMinor: 0, discountMinor: 0, totalMinor: 0 };
    await tx.order.create({ data: { shopId: shop, id, placedAt, platformUpdatedAt: placedAt, ...amounts } });
    await tx.orderLine.createMany({
      data: productIds.map((productId) => ({
        shopId: shop,
        orderId: id,
        id: productId,
        productId,
        quantity: 1,
        unitPriceMinor: 1,
      })),
    });
    await noteOrders(scope, [id], time);
  });
}
const offered = async () =>
  new Set(
    (await stored()).lists.flatMap(([, , items]) => (items as { productId: string }[]).map((one) => one.productId)),
  );

it('shows how many chunks are counted, and goes on at work until the last job ends it', async () => {
  await begin();
  expect(await run()).toMatchObject({ status: 'running', stage: 'counting', done: 0, total: 100 });
  expect(partsOf().map((part) => part.chunk)).toEqual([0, 1, 2, 3]);
  await count(2);
  expect(await run()).toMatchObject({ status: 'running', stage: 'counting', done: 10, total: 100 });
  for (const chunk of [0, 1, 3]) await count(chunk);
  expect(await run()).toMatchObject({ status: 'running', done: 40, total: 100 });
  // What is said while it learns goes on from there: the bar never falls back.
  const said = await watchBar(made.database.adminUrl, () => finish());
  expect(said.length).toBeGreaterThan(3);
  expect(said).toEqual(said.toSorted((a, b) => a - b));
  expect(said[0]).toBe(40);
  expect(said.at(-1)).toBeGreaterThan(95);
  expect(await run()).toMatchObject({ status: 'succeeded', result: { version: 1 } });
  expect(await workLeft()).toEqual([0, 0]);
});

it('counts on the orders of its beginning, whatever happens to them meanwhile', async () => {
  await inOneGo();
  const before = await stored();
  await begin();
  await count(0);
  time = new Date(time.getTime() + 60_000);
  // A bound on numbers or times would let every one of these through.
  await addOrder('a-early-one', ['p1', 'p20'], new Date('2026-01-01T00:30:00Z'));
  await addOrder('late', ['p1', 'p21'], time);
  await count(1);
  await inShop(shop, async ({ tx }) => {
    await tx.order.updateMany({ where: { shopId: shop, id: 'o3' }, data: { cancelledAt: time } });
    await tx.orderLine.updateMany({ where: { shopId: shop, orderId: 'o7' }, data: { refundedQuantity: 1 } });
    await tx.orderLine.deleteMany({ where: { shopId: shop, orderId: 'o9' } });
  });
  await count(2);
  await count(3);
  await finish();
  expect(await stored()).toEqual(before);
  const pending = await inShop(shop, ({ tx }) =>
    tx.recommendationPending.findMany({ where: { shopId: shop }, select: { productId: true } }),
  );
  expect(pending.map((row) => row.productId)).toEqual(expect.arrayContaining(['p1', 'p20', 'p21']));
});

it('offers no product that was deleted or merged into another one meanwhile', async () => {
  await begin();
  await count(0);
  await inShop(shop, async ({ tx }) => {
    await tx.product.updateMany({ where: { shopId: shop, id: { in: ['p4', 'p5'] } }, data: { deletedAt: time } });
    await tx.$executeRaw`UPDATE order_line SET product_id = 'p6' WHERE shop_id = ${shop}::uuid AND product_id = 'p5'`;
    await tx.product.deleteMany({ where: { shopId: shop, id: 'p7' } });
  });
  for (const chunk of [1, 2, 3]) await count(chunk);
  await finish();
  expect((await run())?.status).toBe('succeeded');
  const ids = await offered();
  for (const gone of ['p4', 'p5', 'p7']) expect(ids).not.toContain(gone);
  expect(ids).toContain('p6');
  const subjects = (await stored()).lists.filter(([surface]) => surface === 'together').map(([, subject]) => subject);
  expect(subjects).toHaveLength(products - 3);
});

it('counts a chunk twice to the same end, and itself what failed for good', async () => {
  await inOneGo();
  const whole = await stored();
  await begin();
  await count(1);
  await Promise.all([count(1), count(3), count(3)]);
  expect(await workLeft()).toEqual([expect.any(Number), 2]);
  await finish();
  expect(await stored()).toEqual(whole);
  // What a lost worker still has in hand does no harm.
  await count(0);
  await finish();
  expect(await workLeft()).toEqual([0, 0]);
  expect(await inShop(shop, ({ tx }) => tx.recommendationVersion.count({ where: { shopId: shop } }))).toBe(2);
});

it('reads for a chunk what was bought together, and neither customers nor times', async () => {
  await inOneGo();
  const whole = await stored();
  await begin();
  const [known] = await inShop(shop, ({ tx }) =>
    tx.recommendationVersion.findMany({ where: { shopId: shop, status: 'training' } }),
  );
  expect(known?.stats).toMatchObject({ chunks, baskets: { products } });
  const { pieces } = (known?.stats as { baskets: { pieces: number } }).baskets;
  const rest = { shopId: shop, piece: { gte: pieces } };
  const others = await inShop(shop, ({ tx }) => tx.recommendationSnapshot.findMany({ where: rest }));
  expect(others.length).toBeGreaterThan(2);
  await inShop(shop, ({ tx }) => tx.recommendationSnapshot.deleteMany({ where: rest }));
  for (const chunk of [0, 1]) await count(chunk);
  await inShop(shop, ({ tx }) => tx.recommendationSnapshot.createMany({ data: others }));
  // A plan of before says nothing of pieces: all of them are read then.
  await inShop(shop, ({ tx }) =>
    tx.recommendationVersion.updateMany({ where: { shopId: shop, status: 'training' }, data: { stats: { chunks } } }),
  );
  for (const chunk of [2, 3]) await count(chunk);
  await finish();
  expect(await stored()).toEqual(whole);
});

it('goes on with the missing chunks after a silence, and the older flow ends nothing', async () => {
  await inOneGo();
  const whole = await stored();
  const ids = await begin();
  await count(0);
  time = new Date(time.getTime() + 5 * 60_000);
  await sweep({}, context);
  expect((await run())?.status).toBe('queued');
  await recommendForShop(ids, context);
  expect(partsOf(1).map((part) => part.chunk)).toEqual([1, 2, 3]);
  await count(1);
  await finish();
  expect(await run()).toMatchObject({ status: 'running', stage: 'counting', done: 10 });
  for (const chunk of [1, 2, 3]) await count(chunk, 1);
  expect(await run()).toMatchObject({ done: 40 });
  await finish(1);
  expect((await run())?.status).toBe('succeeded');
  expect(await stored()).toEqual(whole);
});

it('is ended by the first job where all chunks were counted before the silence', async () => {
  const ids = await begin();
  for (const chunk of [0, 1, 2, 3]) await count(chunk);
  time = new Date(time.getTime() + 5 * 60_000);
  await sweep({}, context);
  await recommendForShop(ids, context);
  expect(await run()).toMatchObject({ status: 'succeeded', result: { version: 1 } });
  expect(flows).toHaveLength(1);
});

it('writes its lists anew after a stop in the middle of them', async () => {
  await inOneGo();
  const whole = await stored();
  await begin();
  for (const chunk of [0, 1, 2, 3]) await count(chunk);
  const stop = new AbortController();
  await expect(
    trainRecommendations(
      services,
      shop,
      async ({ stage }) => {
        if (stage === 'switching') stop.abort(new Error('shutting down'));
        stop.signal.throwIfAborted();
      },
      stop.signal,
      2,
    ),
  ).rejects.toThrow('shutting down');
  await finish();
  expect(await stored()).toEqual(whole);
});

it('gives way to a training that began later, and stops with its run', async () => {
  await begin();
  await inShop(shop, (scope) => openVersion(scope, time));
  await count(0);
  expect(await workLeft()).toEqual([0, 0]);
  await finish();
  expect(await run()).toMatchObject({ status: 'succeeded', result: { superseded: true } });

  time = new Date(time.getTime() + 1000);
  await begin();
  await inShop(shop, (scope) => cancelRuns(scope, time));
  await count(0, 1);
  await finish(1);
  expect(await workLeft()).toEqual([expect.any(Number), 0]);
  expect((await run())?.status).toBe('cancelled');
});

it('is one training however often it is asked for, and what was ordered meanwhile waits for the lists after it', async () => {
  const { runId } = await begin();
  await count(0);
  time = new Date(time.getTime() + 1000);
  const asked = await Promise.all([1, 2, 3].map(() => startRecompute(services, shop)));
  expect(new Set(asked.map((one) => one.id))).toEqual(new Set([runId]));
  await addOrder('meanwhile', ['p2', 'p3'], time);
  // A job that was put in line twice finds the run at work.
  await expect(recommendForShop({ shopId: shop, runId }, context)).rejects.toThrow('at work');
  expect(flows).toHaveLength(1);
  for (const chunk of [1, 2, 3]) await count(chunk);
  await finish();
  expect(await run()).toMatchObject({ id: runId, status: 'succeeded', result: { version: 1 } });
  const pending = await inShop(shop, ({ tx }) => tx.recommendationPending.count({ where: { shopId: shop } }));
  expect(pending).toBe(2);
});

it('leaves nothing behind for longer than a day when nobody takes it up again', async () => {
  await begin();
  await count(0);
  const begun = time;
  time = new Date(begun.getTime() + 23 * 3_600_000);
  await forgetOldRecords({}, context);
  expect((await workLeft())[1]).toBe(1);
  time = new Date(begun.getTime() + 25 * 3_600_000);
  await forgetOldRecords({}, context);
  expect(await workLeft()).toEqual([0, 0]);
  // The run begins anew then.
  await sweep({}, context);
  await recommendForShop({ shopId: shop, runId: (await run())?.id ?? '' }, context);
  expect(partsOf(1)).toHaveLength(chunks);
});

it('keeps no list for a customer who was forgotten meanwhile', async () => {
  await inOneGo();
  const mine = async () =>
    (await stored()).lists.filter(([surface, subject]) => surface === 'for-you' && subject === 'c3');
  expect(await mine()).toHaveLength(1);
  await begin();
  for (const chunk of [0, 1, 2, 3]) await count(chunk);
  await inShop(shop, (scope) => forgetPerson(services, scope, { customerId: 'c3', email: null, orderIds: [] }));
  await finish();
  expect(await mine()).toEqual([]);
});
