import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import type { TestServices } from '#tests/setup/services.ts';
import {
  type ChunkedTraining,
  chunkedTraining,
  chunks,
  products,
  servicesForChunks,
  type TestClock,
} from './chunked-training.ts';
import { watchBar } from './watch-bar.ts';

// The jobs of a training in chunks, one after the other by hand: what becomes of what changes between any two of them.

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

const offered = async () =>
  new Set(
    (await training.stored()).lists.flatMap(([, , items]) =>
      (items as { productId: string }[]).map((one) => one.productId),
    ),
  );

it('shows how many chunks are counted, and goes on at work until the last job ends it', async () => {
  await training.begin();
  expect(await training.run()).toMatchObject({ status: 'running', stage: 'counting', done: 0, total: 100 });
  expect(training.partsOf().map((part) => part.chunk)).toEqual([0, 1, 2, 3]);
  await training.count(2);
  expect(await training.run()).toMatchObject({ status: 'running', stage: 'counting', done: 10, total: 100 });
  for (const chunk of [0, 1, 3]) await training.count(chunk);
  expect(await training.run()).toMatchObject({ status: 'running', done: 40, total: 100 });
  // What is said while it learns goes on from there: the bar never falls back.
  const said = await watchBar(made.database.adminUrl, () => training.finish());
  expect(said.length).toBeGreaterThan(3);
  expect(said).toEqual(said.toSorted((a, b) => a - b));
  expect(said[0]).toBe(40);
  expect(said.at(-1)).toBeGreaterThan(95);
  expect(await training.run()).toMatchObject({ status: 'succeeded', result: { version: 1 } });
  expect(await training.workLeft()).toEqual([0, 0]);
});

it('counts on the orders of its beginning, whatever happens to them meanwhile', async () => {
  await training.inOneGo();
  const before = await training.stored();
  await training.begin();
  await training.count(0);
  clock.at = new Date(clock.at.getTime() + 60_000);
  // A bound on numbers or times would let every one of these through.
  await training.addOrder('a-early-one', ['p1', 'p20'], new Date('2026-01-01T00:30:00Z'));
  await training.addOrder('late', ['p1', 'p21'], clock.at);
  await training.count(1);
  await training.inShop(async ({ tx }) => {
    await tx.order.updateMany({ where: { shopId: training.shop, id: 'o3' }, data: { cancelledAt: clock.at } });
    await tx.orderLine.updateMany({ where: { shopId: training.shop, orderId: 'o7' }, data: { refundedQuantity: 1 } });
    await tx.orderLine.deleteMany({ where: { shopId: training.shop, orderId: 'o9' } });
  });
  await training.count(2);
  await training.count(3);
  await training.finish();
  expect(await training.stored()).toEqual(before);
  const pending = await training.inShop(({ tx }) =>
    tx.recommendationPending.findMany({ where: { shopId: training.shop }, select: { productId: true } }),
  );
  expect(pending.map((row) => row.productId)).toEqual(expect.arrayContaining(['p1', 'p20', 'p21']));
});

it('offers no product that was deleted or merged into another one meanwhile', async () => {
  await training.begin();
  await training.count(0);
  await training.inShop(async ({ tx }) => {
    await tx.product.updateMany({
      where: { shopId: training.shop, id: { in: ['p4', 'p5'] } },
      data: { deletedAt: clock.at },
    });
    await tx.$executeRaw`UPDATE order_line SET product_id = 'p6' WHERE shop_id = ${training.shop}::uuid AND product_id = 'p5'`;
    await tx.product.deleteMany({ where: { shopId: training.shop, id: 'p7' } });
  });
  for (const chunk of [1, 2, 3]) await training.count(chunk);
  await training.finish();
  expect((await training.run())?.status).toBe('succeeded');
  const ids = await offered();
  for (const gone of ['p4', 'p5', 'p7']) expect(ids).not.toContain(gone);
  expect(ids).toContain('p6');
  const subjects = (await training.stored()).lists
    .filter(([surface]) => surface === 'together')
    .map(([, subject]) => subject);
  expect(subjects).toHaveLength(products - 3);
});

it('counts a chunk twice to the same end, and itself what failed for good', async () => {
  await training.inOneGo();
  const whole = await training.stored();
  await training.begin();
  await training.count(1);
  await Promise.all([training.count(1), training.count(3), training.count(3)]);
  expect(await training.workLeft()).toEqual([expect.any(Number), 2]);
  await training.finish();
  expect(await training.stored()).toEqual(whole);
  // What a lost worker still has in hand does no harm.
  await training.count(0);
  await training.finish();
  expect(await training.workLeft()).toEqual([0, 0]);
  expect(await training.inShop(({ tx }) => tx.recommendationVersion.count({ where: { shopId: training.shop } }))).toBe(
    2,
  );
});

it('reads for a chunk what was bought together, and neither customers nor times', async () => {
  await training.inOneGo();
  const whole = await training.stored();
  await training.begin();
  const [known] = await training.inShop(({ tx }) =>
    tx.recommendationVersion.findMany({ where: { shopId: training.shop, status: 'training' } }),
  );
  expect(known?.stats).toMatchObject({ chunks, baskets: { products } });
  const { pieces } = (known?.stats as { baskets: { pieces: number } }).baskets;
  const rest = { shopId: training.shop, piece: { gte: pieces } };
  const others = await training.inShop(({ tx }) => tx.recommendationSnapshot.findMany({ where: rest }));
  expect(others.length).toBeGreaterThan(2);
  await training.inShop(({ tx }) => tx.recommendationSnapshot.deleteMany({ where: rest }));
  for (const chunk of [0, 1]) await training.count(chunk);
  await training.inShop(({ tx }) => tx.recommendationSnapshot.createMany({ data: others }));
  // A plan of before says nothing of pieces: all of them are read then.
  await training.inShop(({ tx }) =>
    tx.recommendationVersion.updateMany({
      where: { shopId: training.shop, status: 'training' },
      data: { stats: { chunks } },
    }),
  );
  for (const chunk of [2, 3]) await training.count(chunk);
  await training.finish();
  expect(await training.stored()).toEqual(whole);
});

it('keeps no list for a customer who was forgotten meanwhile', async () => {
  await training.inOneGo();
  const mine = async () =>
    (await training.stored()).lists.filter(([surface, subject]) => surface === 'for-you' && subject === 'c3');
  expect(await mine()).toHaveLength(1);
  await training.begin();
  for (const chunk of [0, 1, 2, 3]) await training.count(chunk);
  await training.inShop((scope) =>
    forgetPerson(training.services, scope, { customerId: 'c3', email: null, orderIds: [] }),
  );
  await training.finish();
  expect(await mine()).toEqual([]);
});
