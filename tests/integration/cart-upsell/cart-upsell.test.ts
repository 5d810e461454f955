import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CartServing, createCartServing, type Suggestion } from '#app/domains/recommendations/index.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import { cartUpsellHandler } from '#app/http/cart-upsell.ts';
import type { Services } from '#app/infra/services.ts';
import { createShopifyPlatform } from '#app/platforms/shopify/index.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

let test: TestServices;
let services: Services;
let shopId: ShopId;
let now = new Date('2026-11-21T12:00:00.000Z');

const suggestion = (productId: string): Suggestion => ({
  productId,
  score: 1,
  source: 'together',
  reason: { support: 7, lift: 2.5, because: '1' },
});

/** Suggests 2, 3, …, 9 in this order, of the version that it is told; everything else is real. */
function suggester() {
  const state = { version: 1 };
  const real = createCartServing(services);
  const candidates = vi.fn<CartServing['candidates']>(async (shop, products, pool) => {
    const list = ['2', '3', '4', '5', '6', '7', '8', '9', '99'].filter((id) => !products.includes(id)).slice(0, pool);
    const own = await real.candidates(shop, products, pool);
    return { ...own, list: list.map(suggestion), cards: await real.cards(shop, list) };
  });
  const serving: CartServing = { ...real, candidates, stamp: () => Promise.resolve(String(state.version)) };
  return { state, candidates, serving };
}

async function product(shop: ShopId, id: string, values: object = {}, stock: number | null = 5) {
  await services.db.inShop(shop, async ({ tx }) => {
    await tx.product.create({
      data: {
        shopId: shop,
        id,
        handle: `tee-${id}`,
        title: `Tee “${id}”`,
        tags: [],
        collectionIds: [],
        status: 'active',
        published: true,
        imageUrl: 'https://cdn.example/p.png',
        platformUpdatedAt: now,
        platformCreatedAt: now,
        ...values,
      },
    });
    await tx.variant.createMany({
      data: [
        { shopId: shop, id: `${id}1`, productId: id, title: 'S', position: 1, priceMinor: 1000, stock: 0 },
        { shopId: shop, id: `${id}2`, productId: id, title: 'M', position: 2, priceMinor: 1250, stock },
      ],
    });
  });
}

beforeAll(async () => {
  test = await createTestServices({
    clock: { now: () => now },
    platforms: (dependencies) => ({ shopify: createShopifyPlatform(dependencies), woocommerce: null }),
  });
  services = test.services;
  shopId = await insertShop(test.database, { currency: 'EUR' });
  await product(shopId, '2');
  await product(shopId, '3', {}, 0);
  await product(shopId, '4', { published: false });
  await product(shopId, '5', { status: 'draft' });
  await product(shopId, '6', { deletedAt: now });
  await product(shopId, '7', { giftCard: true });
  await product(shopId, '8', {}, null);
  await product(shopId, '9');
});
afterAll(() => test.dispose());
beforeEach(() => {
  now = new Date(now.getTime() + 3_600_000);
});

function serve({ serving }: Pick<ReturnType<typeof suggester>, 'serving'>) {
  const cartAnswers = createCartAnswers(services, serving);
  const app = new Hono().get(
    '/proxy/cart',
    cartUpsellHandler(cartAnswers, (c) => ({
      shopId: toShopId(c.req.header('x-shop') ?? ''),
      customerId: c.req.header('x-customer') ?? null,
    })),
  );
  return async (query: string, shop: ShopId = shopId) => {
    const response = await app.request(`/proxy/cart${query}`, { headers: { 'x-shop': shop } });
    return { status: response.status, body: (await response.json()) as { suggestions: CartSuggestion[] } };
  };
}
const guest = (products: string[], limit: number) => ({ products, limit, visitorId: null, customerId: null });
const ids = (answer: { body: { suggestions: CartSuggestion[] } }) =>
  answer.body.suggestions.map((one) => one.productId);

describe('GET /proxy/cart', () => {
  it('shows what can be bought and is not in the cart, with the variant that is there', async () => {
    const get = serve(suggester());
    const answer = await get('?products=1,9&limit=4');
    expect(ids(answer)).toEqual(['2', '8']);
    expect(answer.body.suggestions[0]).toEqual({
      productId: '2',
      handle: 'tee-2',
      title: 'Tee “2”',
      url: '/products/tee-2',
      imageUrl: 'https://cdn.example/p.png',
      price: { minor: 1250, currency: 'EUR' },
      variantId: '22',
      reason: { support: 7, lift: 2.5, because: '1', source: 'together' },
    });
  });

  it('keeps to the limit, also for an empty cart', async () => {
    expect(ids(await serve(suggester())('?products=&limit=1'))).toEqual(['2']);
    expect(ids(await serve(suggester())(''))).toEqual(['2', '8', '9']);
  });

  it.each([
    '?products=1%27',
    '?products=a',
    '?products=1,,2',
    '?products=1&limit=0',
    '?products=1&limit=11',
    '?limit=x',
    `?products=${'1,'.repeat(500)}1`,
    `?products=${'1'.repeat(21)}`,
    '?products=1&products=2',
    '?products=1&%70roducts=2',
    '?products=1&limit=2&limit=2',
    '?products=1&visitor=me',
  ])('refuses %s', async (query) => {
    expect((await serve(suggester())(query)).status).toBe(400);
  });

  it('answers the largest cart that a store allows, and keeps it for nobody', async () => {
    const source = suggester();
    const get = serve(source);
    const cart = ['9', ...Array.from({ length: 499 }, (_, line) => `99999999999${String(100 + (line % 300))}`)];
    const asked = `?products=${cart.join()}`;
    expect(ids(await get(asked))).toEqual(['2', '8']);
    expect(ids(await get(`${asked}&visitor=${randomUUID()}`))).toEqual(['2', '8']);
    await get(asked);
    expect(source.candidates).toHaveBeenCalledTimes(3);
    expect(new Set(source.candidates.mock.calls[0]?.[1]).size).toBe(301);
  });

  it('looks up a cart once, whatever its order, also when many ask at once', async () => {
    const source = suggester();
    const get = serve(source);
    await Promise.all([get('?products=3,1'), get('?products=1,3'), get('?products=1,3,1')]);
    await get('?products=3,1');
    expect(source.candidates).toHaveBeenCalledTimes(1);
    await get('?products=3,1&limit=2');
    expect(source.candidates).toHaveBeenCalledTimes(2);
  });

  it('sees a new training within 5 seconds and new stock within a minute', async () => {
    const source = suggester();
    const get = serve(source);
    await get('?products=1');
    source.state.version = 2;
    now = new Date(now.getTime() + 5000);
    await vi.waitFor(async () => {
      await get('?products=1');
      expect(source.candidates).toHaveBeenCalledTimes(2);
    });
    now = new Date(now.getTime() + 60_000);
    await get('?products=1');
    expect(source.candidates).toHaveBeenCalledTimes(3);
  });

  it('never shows another shop’s products or answers', async () => {
    const other = await insertShop(test.database);
    const get = serve(suggester());
    await get('?products=1');
    expect(ids(await get('?products=1', other))).toEqual([]);
  });

  it('tries again after a failure', async () => {
    const source = suggester();
    source.candidates.mockRejectedValueOnce(new Error('the database is away'));
    const cartAnswers = createCartAnswers(services, source.serving);
    await expect(cartAnswers.answer(shopId, guest(['1234'], 3))).rejects.toThrow('away');
    expect((await cartAnswers.answer(shopId, guest(['1234'], 3))).text).toContain('"suggestions":[{');
  });
});
