import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveOrderOfferSettings } from '#app/domains/order-offers/index.ts';
import { startRecompute } from '#app/flows/start-runs.ts';
import sweep from '#app/flows/sweep.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { signExtensionToken } from '#sandbox/shopify/storefront/checkout/extension-token.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { learn } from '#tests/integration/tenants/learn.ts';
import { startTestRedis, type TestRedis } from '#tests/setup/redis.ts';
import { createTestServices, insertShop, testApiKey, testApiSecret, type TestServices } from '#tests/setup/services.ts';
import { contextAhead } from './healing.ts';

// Redis holds nothing that is not in PostgreSQL: emptied again and again while shoppers ask, they notice nothing.

const domain = 'emptied.myshopify.com';
const productIds = Array.from({ length: 8 }, (_, at) => String(101 + at));
let redis: TestRedis;
let direct: Redis;
let own: TestServices;
let http: HttpApp;
let shop: ShopId;

beforeAll(async () => {
  redis = await startTestRedis();
  direct = new Redis(redis.url);
  own = await createTestServices({ platforms: createPlatforms, env: { REDIS_URL: redis.url } });
  shop = await insertShop(own.database, { domain });
  const variants = (id: string) => [{ id: `${id}1`, priceMinor: 2000, costMinor: 200, stock: null }];
  await seedProducts(
    own.database,
    shop,
    productIds.map((id) => ({ id, variants: variants(id) })),
  );
  await own.services.db.inShop(shop, async (scope) => {
    await learn(scope, productIds, new Date());
    await saveOrderOfferSettings(scope, { active: true, discountBps: 1000, hours: 24 });
  });
  http = createHttpApp(own.services, own.queues);
});
afterAll(async () => {
  await http.close();
  await own.dispose();
  direct.disconnect();
  await redis.stop();
});

const carts = productIds.map((id, at) => [id, productIds[(at + 3) % productIds.length]].join(','));

async function askForCart(products: string, to = http): Promise<string> {
  const query = new URLSearchParams({
    ...{ products, shop: domain, path_prefix: '/apps/trellis', logged_in_customer_id: '' },
    timestamp: String(Math.floor(Date.now() / 1000)),
  });
  query.set('signature', signProxy(query, testApiSecret));
  const answer = await to.app.request(`/proxy/cart?${query.toString()}`);
  return `${String(answer.status)} ${await answer.text()}`;
}

async function askAfterPurchase(order: number, to = http): Promise<string> {
  const facts = { domain, apiKey: testApiKey, apiSecret: testApiSecret, customerId: null, now: new Date() };
  const answer = await to.app.request('/checkout/offers', {
    method: 'POST',
    headers: { authorization: `Bearer ${signExtensionToken(facts)}` },
    body: JSON.stringify({ orderId: String(5000 + order), surface: 'thank-you', bought: [productIds[0]] }),
  });
  const { offer } = (await answer.json()) as { offer: { products: { productId: string }[] } | null };
  return `${String(answer.status)} ${offer?.products.map((one) => one.productId).join() ?? 'nothing'}`;
}

test('shoppers get the same answers while the cache is emptied under them', async () => {
  const calm = new Map<string, string>();
  for (const cart of carts) calm.set(cart, await askForCart(cart));
  expect(calm.get(carts[0] ?? '')).toMatch(/^200 .*"productId"/);
  const offered = await askAfterPurchase(0);
  expect(offered).toMatch(/^200 \d+/);

  let done = false;
  let emptied = 0;
  const emptying = (async () => {
    while (!done) {
      await direct.flushall();
      emptied += 1;
    }
  })();
  for (let round = 0; round < 25; round += 1) {
    const answers = await Promise.all(carts.map((cart) => askForCart(cart)));
    expect(answers).toEqual(carts.map((cart) => calm.get(cart)));
    expect(await Promise.all([1, 2, 3, 4].map((at) => askAfterPurchase(round * 4 + at)))).toEqual(
      Array.from({ length: 4 }, () => offered),
    );
  }
  done = true;
  await emptying;
  expect(emptied).toBeGreaterThan(25);
});

test('jobs that went with it come back by themselves', async () => {
  const waiting = async () => (await own.queues.get('training').getWaiting()).length;
  const run = await startRecompute(own.services, shop);
  expect(await waiting()).toBe(1);
  await direct.flushall();
  expect(await waiting()).toBe(0);
  await sweep({}, contextAhead(own.services, 120_000));
  const [job] = await own.queues.get('training').getWaiting();
  expect(job?.data).toEqual({ shopId: shop, runId: run.id });
});

test('and are answered while Redis is away', async () => {
  const second = await startTestRedis();
  const env = { REDIS_URL: second.url, ENCRYPTION_KEYS: own.config.ENCRYPTION_KEYS };
  const other = await createTestServices({ platforms: createPlatforms, env, database: own.database });
  const web = createHttpApp(other.services, other.queues);
  const event = { id: randomUUID(), kind: 'view', productId: productIds[0], at: new Date().toISOString() };
  const signal = { shopId: shop, visitorId: randomUUID(), events: [event] };
  try {
    const [known = '', unknown = ''] = carts;
    const calm = [await askForCart(known, web), await askAfterPurchase(900, web)];
    await second.stop();
    expect([await askForCart(known, web), await askAfterPurchase(901, web)]).toEqual(calm);
    expect(await askForCart(unknown, web)).toBe(await askForCart(unknown));
    const noted = await web.app.request('/signals', { method: 'POST', body: JSON.stringify(signal) });
    expect(noted.status).toBe(202);
  } finally {
    await web.close();
    await other.dispose();
  }
});
