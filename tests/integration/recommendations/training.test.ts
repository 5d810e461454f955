import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createCartServing,
  explainProduct,
  finishCart,
  listsForPublication,
  markPublished,
  readSuggestions,
  recommendationStatus,
  trainRecommendations,
  TrainingSuperseded,
  watchAvailability,
} from '#app/domains/recommendations/index.ts';
import { openVersion } from '#app/domains/recommendations/version-store.ts';
import type { Clock } from '#app/infra/clock.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertHistory } from './insert-history.ts';

const now = new Date('2026-03-01T00:00:00Z');
const clock: Clock = { now: () => now };
const never = new AbortController().signal;
const quiet = () => Promise.resolve();
let made: TestServices;
let services: TestServices['services'];
let shop: ShopId;
let other: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock });
  services = made.services;
});
beforeEach(async () => {
  shop = await insertShop(made.database);
  other = await insertShop(made.database);
  await insertHistory(made.database, shop);
});
afterAll(() => made.dispose());

async function cartOf(shopId: ShopId, products: string[]): Promise<string[]> {
  const candidates = await createCartServing(services).candidates(shopId, products, 12);
  return finishCart(candidates, null, 4).map((one) => one.productId);
}
const train = () => trainRecommendations(services, shop, quiet, never);
const versions = () =>
  services.db.inShop(shop, ({ tx }) =>
    tx.recommendationVersion.findMany({
      where: { shopId: shop },
      orderBy: { version: 'asc' },
      select: { version: true, status: true },
    }),
  );
const rowsByVersion = () =>
  services.db.inShop(shop, ({ tx }) =>
    tx.recommendation.groupBy({ by: ['version'], where: { shopId: shop }, _count: true }),
  );

describe('training a shop', () => {
  it('knows nothing before the first training', async () => {
    expect(await services.db.inShop(shop, recommendationStatus)).toEqual({ state: 'never-trained' });
    expect(await cartOf(other, ['1'])).toEqual([]);
  });

  it('writes lists and switches to them, telling its progress upwards', async () => {
    const progress: number[] = [];
    const result = await trainRecommendations(services, shop, async ({ done }) => void progress.push(done), never);
    expect(result.version).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(100);
    expect(await versions()).toEqual([{ version: 1, status: 'active' }]);
    const status = await services.db.inShop(shop, recommendationStatus);
    expect(status).toMatchObject({ state: 'active', ordersUsed: 60, newOrders: 0, sellableProducts: 8, coverage: 1 });
  });

  it('suggests the partner first, with its numbers, and never what may not be offered', async () => {
    await train();
    const found = await services.db.inShop(shop, (scope) => readSuggestions(scope, 'together', '1', now));
    expect(found[0]).toMatchObject({ productId: '2', reason: { support: 20, because: '1' } });
    const ids = found.map((one) => one.productId);
    for (const banned of ['1', 'draft', 'sold-out', 'gift', 'deleted']) expect(ids).not.toContain(banned);
    const explained = await services.db.inShop(shop, (scope) => explainProduct(scope, '1', now));
    expect(explained?.together[0]?.words).toContain('Product 1 in 20 orders');
    expect(await services.db.inShop(shop, (scope) => explainProduct(scope, 'unknown', now))).toBeNull();
  });

  it('answers a cold product by its description and an unknown customer by what is popular', async () => {
    await train();
    const cold = await services.db.inShop(shop, (scope) => readSuggestions(scope, 'similar', 'cold', now));
    expect(cold[0]?.source).toBe('content');
    const stranger = await services.db.inShop(shop, (scope) => readSuggestions(scope, 'for-you', 'nobody', now, 4));
    expect(stranger).toHaveLength(4);
    const known = await services.db.inShop(shop, (scope) => readSuggestions(scope, 'for-you', 'c1', now, 4));
    expect(known).toHaveLength(4);
  });

  it('completes a cart without repeating it and drops what sells out meanwhile', async () => {
    await train();
    expect((await cartOf(shop, ['1']))[0]).toBe('2');
    expect(await cartOf(shop, ['1', '2'])).not.toContain('2');
    await services.db.inShop(shop, ({ tx }) =>
      tx.variant.updateMany({ where: { shopId: shop, productId: '2' }, data: { stock: 0 } }),
    );
    expect(await cartOf(shop, ['1'])).not.toContain('2');
  });

  it('leaves the active version alone when it is aborted, and clears the remains at the next run', async () => {
    await train();
    const stop = new AbortController();
    const aborted = trainRecommendations(
      services,
      shop,
      async ({ stage }) => {
        if (stage === 'writing') stop.abort(new Error('shutting down'));
      },
      stop.signal,
    );
    await expect(aborted).rejects.toThrow('shutting down');
    expect(await versions()).toEqual([
      { version: 1, status: 'active' },
      { version: 2, status: 'training' },
    ]);
    const result = await train();
    expect(result.version).toBe(3);
    expect(await versions()).toEqual([
      { version: 1, status: 'retired' },
      { version: 3, status: 'active' },
    ]);
    expect((await rowsByVersion()).map((row) => row.version)).toEqual([3]);
  });

  it('gives way to a training that began later', async () => {
    await train();
    const late = trainRecommendations(
      services,
      shop,
      async ({ stage, done }) => {
        if (stage === 'learning' && done === 10) await services.db.inShop(shop, (scope) => openVersion(scope, now));
      },
      never,
    );
    await expect(late).rejects.toBeInstanceOf(TrainingSuperseded);
    expect((await versions()).find((one) => one.status === 'active')?.version).toBe(1);
  });

  it('shows nothing that was deleted, or merged into another product, while it trained', async () => {
    await train();
    const inShop = services.db.inShop.bind(services.db);
    const standing = await inShop(shop, (scope) => listsForPublication(scope, ['1'], now));
    expect(standing[0]?.together).toContain('2');
    await inShop(shop, (scope) => markPublished(scope, standing, now));
    let gone = false;
    await trainRecommendations(
      services,
      shop,
      async ({ stage }) => {
        // Its orders and its catalogue are read by now.
        if (stage !== 'writing' || gone) return;
        gone = true;
        await inShop(shop, (scope) =>
          watchAvailability(scope, ['2'], now, async () => {
            await scope.tx.$executeRaw`
              UPDATE order_line SET product_id = '3' WHERE shop_id = ${shop}::uuid AND product_id = '2'`;
            await scope.tx.product.updateMany({ where: { shopId: shop, id: '2' }, data: { deletedAt: now } });
          }),
        );
      },
      never,
    );
    expect(gone).toBe(true);
    const readable = async () => ({
      cart: await cartOf(shop, ['1']),
      page: (await inShop(shop, (scope) => readSuggestions(scope, 'together', '1', now))).map((one) => one.productId),
      printed: (await inShop(shop, (scope) => listsForPublication(scope, ['1'], now)))[0],
    });
    const between = await readable();
    expect([between.cart, between.page, between.printed?.together].flat()).not.toContain('2');
    expect(between.cart).toHaveLength(4);
    expect(between.printed?.published, 'what stands in the store is to be written anew').toBe(false);
    // The next training knows the product by its new number.
    await train();
    const after = await readable();
    expect([after.cart[0], after.page[0], after.printed?.together[0]]).toEqual(['3', '3', '3']);
  });

  it('publishes only what changed', async () => {
    await train();
    const before = await services.db.inShop(shop, (scope) => listsForPublication(scope, ['1', '2'], now));
    expect(before.every((one) => !one.published)).toBe(true);
    await services.db.inShop(shop, (scope) => markPublished(scope, before, now));
    const after = await services.db.inShop(shop, (scope) => listsForPublication(scope, ['1', '2', '3'], now));
    expect(after.map((one) => one.published)).toEqual([true, true, false]);
  });

  it('shows another shop nothing', async () => {
    await train();
    expect(await services.db.inShop(other, (scope) => readSuggestions(scope, 'together', '1', now))).toEqual([]);
    expect(await services.db.inShop(other, (scope) => explainProduct(scope, '1', now))).toBeNull();
  });

  it('trains a shop without a single order', async () => {
    const result = await trainRecommendations(services, other, quiet, never);
    expect(result.report).toMatchObject({ orders: 0, products: 0 });
    expect(await services.db.inShop(other, recommendationStatus)).toMatchObject({ state: 'active', coverage: 0 });
  });
});
