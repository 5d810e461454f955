import type { Services } from '#app/infra/services.ts';
import { type Platform, PlatformRefusal, type PlatformShop, type ShopRef } from '#app/platforms/platform.ts';
import { createAccessBook } from './auth/access-book.ts';
import { readWebhookSecret } from './auth/store.ts';
import { createAsk, createRestClient, type RestOptions } from './client/rest-client.ts';
import { readProfile } from './profile.ts';
import { cartLink, makeOfferCode, readOfferCode, removeOfferCode } from './publish/offer-code.ts';
import { publishProducts } from './publish/products.ts';
import { readChanges } from './records/changes.ts';
import { exportState, readExport, startExport } from './records/export.ts';
import { findMissing, readOne, type Store } from './records/resources.ts';
import { parseWebhook } from './records/webhook-events.ts';
import { keepWebhooks } from './webhooks/keep-webhooks.ts';

type Dependencies = Pick<Services, 'config' | 'db' | 'secrets' | 'clock'>;
type WoocommerceOptions = Pick<RestOptions, 'sleep' | 'timeoutMs'>;

const rememberCurrencyMs = 10 * 60_000;

/** What only Trellis' plugin in the store can do. `capabilities` say so: nobody asks for it. */
const needsPlugin = (): Promise<never> =>
  Promise.reject(new PlatformRefusal('NOT_SUPPORTED', 'A WooCommerce store cannot do this.'));

/** WooCommerce as a `Platform`. Nothing is asked of the network before the first call. */
export function createWoocommercePlatform(dependencies: Dependencies, options: WoocommerceOptions = {}): Platform {
  const { clock, config } = dependencies;
  const localStores = config.WOOCOMMERCE_LOCAL_STORES === 'on';
  const client = createRestClient(createAsk({ ...options, clock, localStores }), createAccessBook(dependencies));
  const currencies = new Map<string, { currency: string; until: number }>();

  async function readShop(shop: ShopRef): Promise<PlatformShop> {
    const profile = await readProfile(client, shop);
    currencies.set(shop.shopId, {
      currency: profile.currency,
      until: clock.now().getTime() + rememberCurrencyMs,
    });
    return profile;
  }

  const storeOf = (shop: ShopRef): Store => ({
    client,
    shop,
    // Prices of products come without their currency: it is the store's.
    async currency() {
      const known = currencies.get(shop.shopId);
      const fresh = known && known.until > clock.now().getTime();
      return fresh ? known.currency : (await readShop(shop)).currency;
    },
  });

  return {
    kind: 'woocommerce',
    capabilities: {
      discountEngine: 'none',
      bulkExport: false,
      storefrontBlocks: false,
      webPixel: false,
      afterPurchase: false,
      webhookRetries: false,
      cartTransform: false,
      nativeBundles: false,
    },
    readShop,
    startExport: (shop, resource, since) => startExport(storeOf(shop), resource, since),
    pollExport: (_shop, token) => Promise.resolve(exportState(token)),
    readExport: (shop, token, skip) => readExport(storeOf(shop), token, skip),
    readChanges: (shop, resource, since, page) => readChanges(storeOf(shop), resource, since, page),
    readOne: (shop, resource, id) => readOne(storeOf(shop), resource, id),
    findMissing: (shop, resource, ids) => findMissing(storeOf(shop), resource, ids),
    // Stock is a field of products here: no event speaks of it alone.
    findProductOfStock: () => Promise.resolve(null),
    async keepWebhooks(shop) {
      const secret = await dependencies.db.inShop(shop.shopId, (scope) =>
        readWebhookSecret(scope, dependencies.secrets),
      );
      const deliveryUrl = new URL(`/webhooks/woocommerce/${shop.shopId}`, config.SHOPIFY_APP_URL).href;
      return secret === null ? 0 : keepWebhooks(client, shop, { deliveryUrl, secret });
    },
    parseWebhook,
    publishProducts: (shop, entries) => publishProducts(client, shop, entries),
    publishStorefront: needsPlugin,
    publishDiscount: needsPlugin,
    readBundleSupport: () => Promise.resolve({ mergeLines: false, expandLines: false, bundleProducts: false }),
    publishBundleProduct: needsPlugin,
    retireBundleProduct: needsPlugin,
    publishTransform: needsPlugin,
    makeOfferCode: (shop, offer) => makeOfferCode(client, shop, offer),
    readOfferCode: (shop, code) => readOfferCode(client, shop, code, clock.now()),
    removeOfferCode: (shop, code) => removeOfferCode(client, shop, code),
    cartLink,
    activatePixel: needsPlugin,
  };
}
