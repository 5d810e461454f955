import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBundle, listBundles, setBundleStatus } from '#app/domains/bundles/index.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import { publishStorefront } from '#app/flows/publish-storefront.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { Platform } from '#app/platforms/platform.ts';
import { loader as home } from '#app/routes/_index/route.tsx';
import { loader as bundleList } from '#app/routes/bundles._index.tsx';
import type { ShopId } from '#app/shared/ids.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';
import { createTestServices, insertShop, testApiKey, testApiSecret, type TestServices } from '#tests/setup/services.ts';
import { seedProducts } from './catalog.ts';

const domain = 'crowded.myshopify.com';
const collection = '8';
const now = new Date();
let test: TestServices;
let shopId: ShopId;

/** A store that takes everything that is published. */
function taking(platform: Platform): Platform {
  const taken = () => Promise.resolve();
  const publishDiscount = () => Promise.resolve({ discountId: '1' });
  const publishProducts = () => Promise.resolve(new Map<string, string>());
  return { ...platform, publishDiscount, publishProducts, publishStorefront: taken };
}

beforeAll(async () => {
  test = await createTestServices({
    platforms: (dependencies) => {
      const { shopify, woocommerce } = createPlatforms(dependencies);
      return { shopify: shopify && taking(shopify), woocommerce };
    },
  });
  shopId = await insertShop(test.database, { domain });
  const products = Array.from({ length: 200 }, (_, at) => String(1000 + at));
  await seedProducts(
    test.database,
    shopId,
    products.map((id) => ({ id, variants: [{ id: `${id}1`, priceMinor: 1000, costMinor: 100 }] })),
  );
  await test.services.db.inShop(shopId, async (scope) => {
    await scope.tx.product.updateMany({ where: { shopId }, data: { collectionIds: [collection] } });
    for (let at = 0; at < 24; at += 1) {
      const basisPoints = 900 + at;
      const form = {
        title: `Box ${String(at)}`,
        kind: 'build-a-box',
        startsAt: null,
        endsAt: null,
        status: 'active',
        items: [],
        collections: [{ collectionId: collection, role: 'part' }],
        terms: {
          minUnits: 3,
          maxUnits: 8,
          tiers: [
            { units: 3, discount: { type: 'percentage', basisPoints: 500 } },
            { units: 6, discount: { type: 'percentage', basisPoints } },
          ],
        },
      };
      const made = await createBundle(scope, form, { now, newId: randomUUID });
      if (!made.ok) throw new Error(JSON.stringify(made));
    }
  });
});
afterAll(() => test.dispose());

async function publish(): Promise<void> {
  const connected = await findConnectedShop(test.services, shopId);
  if (!connected) throw new Error('the shop is not connected');
  await publishStorefront(test.services, connected, [], () => Promise.resolve());
}

/** What the pages say of it: Home's, and that of the list of bundles. */
async function said(): Promise<boolean[]> {
  const values = { domain, apiKey: testApiKey, apiSecret: testApiSecret, userId: '1', sessionId: 's', now: new Date() };
  const headers = { authorization: `Bearer ${signSessionToken(values)}` };
  const args = {
    request: new Request('http://127.0.0.1:3000/', { headers }),
    params: {},
    context: { services: test.services } as unknown as AppLoadContext,
    unstable_pattern: '',
  };
  return [(await home(args)).allTried, (await bundleList(args)).allTried];
}

it('says when the largest carts may miss some bundles, from their publication until another one', async () => {
  expect(await said()).toEqual([true, true]);
  await publish();
  expect(await said()).toEqual([false, false]);
  await test.services.db.inShop(shopId, async (scope) => {
    const { items } = await listBundles(scope, { pageSize: 100 }, now);
    for (const { bundle } of items.slice(1)) {
      const paused = await setBundleStatus(scope, bundle.id, 'paused', { now });
      if (!paused.ok) throw new Error(JSON.stringify(paused));
    }
  });
  expect(await said()).toEqual([false, false]);
  await publish();
  expect(await said()).toEqual([true, true]);
});
