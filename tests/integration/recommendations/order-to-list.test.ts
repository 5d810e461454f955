import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteOrders, readSuggestions, trainRecommendations } from '#app/domains/recommendations/index.ts';
import { enqueueFreshening } from '#app/flows/enqueue-freshening.ts';
import { type BullWorker, openWorker } from '#app/infra/queue.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { jobs } from '#workers/jobs.ts';
import { createRunJob } from '#workers/run-job.ts';
import { insertHistory } from './insert-history.ts';

/** What an order may take until the lists of its products know of it. */
const withinMs = 60_000;

let own: TestServices;
let shop: ShopId;
let worker: BullWorker;

beforeAll(async () => {
  own = await createTestServices({ platforms: createPlatforms });
  shop = await insertShop(own.database);
  await insertHistory(own.database, shop);
  await trainRecommendations(own.services, shop, () => Promise.resolve(), new AbortController().signal);
  const run = createRunJob(own.services, jobs);
  worker = openWorker(own.backend, 'publishing', 1, run, new AbortController().signal);
});
afterAll(async () => {
  await worker.close();
  await own.dispose();
});

it('orders are in the lists of their products within a minute, by the queue and its worker', async () => {
  const { db, clock } = own.services;
  const beside7 = () =>
    db.inShop(shop, async (scope) => {
      const list = await readSuggestions(scope, 'together', '7', clock.now());
      return list.find((one) => one.productId === '3')?.reason;
    });
  expect((await beside7())?.support ?? 0).toBe(0);
  const begun = performance.now();
  const placedAt = clock.now();
  await db.inShop(shop, async (scope) => {
    const amounts = { currency: 'USD', subtotalMinor: 0, discountMinor: 0, totalMinor: 0 };
    const ids = ['n1', 'n2', 'n3'];
    for (const id of ids) {
      await scope.tx.order.create({ data: { shopId: shop, id, placedAt, platformUpdatedAt: placedAt, ...amounts } });
      await scope.tx.orderLine.createMany({
        data: ['7', '3'].map((productId) => ({
          ...{ shopId: shop, orderId: id, id: productId, productId },
          ...{ quantity: 1, unitPriceMinor: 1 },
        })),
      });
    }
    await noteOrders(scope, ids, placedAt);
  });
  await enqueueFreshening(own.services, shop);
  const reason = await waitFor(
    async () => {
      const found = await beside7();
      return found?.support === 3 && found;
    },
    'the list to know of the orders',
    withinMs,
  );
  expect(reason).toMatchObject({ because: '7' });
  expect(performance.now() - begun).toBeLessThan(withinMs);
}, 90_000);
