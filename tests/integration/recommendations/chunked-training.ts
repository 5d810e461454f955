import { randomUUID } from 'node:crypto';
import { addRun, listRuns } from '#app/domains/activity/index.ts';
import { noteOrders, trainRecommendations } from '#app/domains/recommendations/index.ts';
import countChunk from '#app/flows/count-chunk.ts';
import finishTraining from '#app/flows/finish-training.ts';
import recommendForShop from '#app/flows/recommend-for-shop.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { JobContext, QueuedJob } from '#app/infra/jobs.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertOrders } from './insert-orders.ts';
import { storedVersion } from './stored-version.ts';

type Chunk = Parameters<typeof countChunk>[0];
export interface TestClock {
  at: Date;
}
export type ChunkedTraining = Awaited<ReturnType<typeof chunkedTraining>>;

/** into which the history of `chunkedTraining` is divided */
export const chunks = 4;
export const products = 30;

export const servicesForChunks = (clock: TestClock): Promise<TestServices> =>
  createTestServices({
    platforms: createPlatforms,
    clock: { now: () => clock.at },
    env: { TRAINING_CHUNK_ORDERS: '50' },
  });

/** A new shop whose history makes four chunks, and the jobs of its training, each begun by hand. */
export async function chunkedTraining(made: TestServices, clock: TestClock) {
  const flows: { last: QueuedJob; parts: readonly QueuedJob[] }[] = [];
  const queue = {
    ...made.services.queue,
    enqueueFlow: (last: QueuedJob, parts: readonly QueuedJob[]) => {
      flows.push({ last, parts });
      return Promise.resolve();
    },
  };
  const services = { ...made.services, queue };
  const context: JobContext = { services, attempt: 1, lastAttempt: false, signal: new AbortController().signal };
  const shop = await insertShop(made.database);
  await insertOrders(made.database, shop, { products, customers: 12, orders: 180, seed: 11 });

  const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => services.db.inShop(shop, work);
  const partsOf = (flow = 0) => (flows[flow]?.parts ?? []).map((part) => part.payload as Chunk);
  return {
    services,
    context,
    shop,
    /** what was put in line */
    flows,
    inShop,
    partsOf,
    inOneGo: () => trainRecommendations(services, shop, () => Promise.resolve(), context.signal),
    stored: () => storedVersion(services, shop),
    run: async () => (await inShop((scope) => listRuns(scope, { limit: 1, kind: 'recommend' })))[0],
    /** rows of the history, and chunks that are counted */
    workLeft: () =>
      inShop(async ({ tx }) => [
        await tx.recommendationSnapshot.count({ where: { shopId: shop } }),
        await tx.recommendationChunk.count({ where: { shopId: shop } }),
      ]),
    /** A run whose history is stored and whose chunks are in line. */
    async begin(): Promise<{ shopId: ShopId; runId: string }> {
      const ids = { shopId: shop, runId: randomUUID() };
      await inShop((scope) => addRun(scope, { id: ids.runId, kind: 'recommend', now: clock.at }));
      await recommendForShop(ids, context);
      return ids;
    },
    async count(chunk: number, flow = 0): Promise<void> {
      const part = partsOf(flow).find((one) => one.chunk === chunk);
      if (part) await countChunk(part, context);
    },
    finish: (flow = 0) => finishTraining(flows[flow]?.last.payload as Parameters<typeof finishTraining>[0], context),
    addOrder: (id: string, productIds: readonly string[], placedAt: Date): Promise<void> =>
      inShop(async (scope) => {
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
        await noteOrders(scope, [id], clock.at);
      }),
  };
}
