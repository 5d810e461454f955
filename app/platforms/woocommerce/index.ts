import { randomBytes } from 'node:crypto';
import type { Services } from '#app/infra/services.ts';
import {
  type Platform,
  type PlatformCapabilities,
  PlatformRefusal,
  type PlatformShop,
  type ShopRef,
} from '#app/platforms/platform.ts';
import { createAccessBook } from './auth/access-book.ts';
import { forgetSignInLinks } from './auth/sign-in-links.ts';
import { forgetAccess, keepPluginSecret, leavingSince, readWebhookSecret } from './auth/store.ts';
import { forgetConnections } from './auth/store-connections.ts';
import { createAsk, createRestClient, type RestOptions } from './client/rest-client.ts';
import { leaveStore } from './leave-store.ts';
import { checkPlugin, isBehind } from './plugin/check-plugin.ts';
import { hasForgotten, leavePlugin } from './plugin/leave-plugin.ts';
import { readProfile } from './profile.ts';
import { cartLink, makeOfferCode, readOfferCode, removeOfferCode } from './publish/offer-code.ts';
import { codesAtOnce, publishCodeGuard, publishCodes, removeCodes } from './publish/codes.ts';
import { publishCustomers } from './publish/customers.ts';
import { customersTaggedAtOnce, tagCustomers, tagField } from './publish/customer-tags.ts';
import type { BatchSizes } from './publish/batch-sizes.ts';
import { publishProducts } from './publish/products.ts';
import { publishDiscount, publishStorefront } from './publish/storefront.ts';
import { readChanges } from './records/changes.ts';
import { exportState, readExport, startExport } from './records/export.ts';
import { compare, readOne, type Store } from './records/resources.ts';
import { parseWebhook } from './records/webhook-events.ts';
import { keepWebhooks, removeWebhooks } from './webhooks/keep-webhooks.ts';

type Dependencies = Pick<Services, 'config' | 'db' | 'secrets' | 'clock'>;
type WoocommerceOptions = Pick<RestOptions, 'sleep' | 'timeoutMs'>;

const rememberCurrencyMs = 10 * 60_000;

/** Where our server hands the plugin out. */
export const pluginFile = '/downloads/trellis-for-woocommerce.zip';

/** With our plugin in the store. */
const capabilities: PlatformCapabilities = {
  discountEngine: 'plugin',
  bulkExport: false,
  storefrontBlocks: true,
  webPixel: true,
  afterPurchase: true,
  webhookRetries: false,
  cartTransform: false,
  codesAtOnce,
  returnsCodeUses: true,
  giftCards: false,
  storeCredit: false,
  exclusiveProducts: true,
  appliesTierCodes: true,
  customerTags: { field: tagField, atOnce: customersTaggedAtOnce },
  nativeBundles: false,
  themeEditor: false,
  pagePrefix: '/trellis',
  // Leads to the product's own address, whatever permalinks the site has; the plugin puts that one in its place.
  productPath: '/?p={id}',
  invitationPath: '/?trellis_page=refer&code={code}',
  rewardsPath: '/?trellis_page=rewards',
  connectPage: '/connect/woocommerce',
  companionFile: pluginFile,
  words: { collection: 'category', collections: 'categories' },
};
const withoutPlugin = {
  discountEngine: 'none',
  storefrontBlocks: false,
  webPixel: false,
  afterPurchase: false,
  exclusiveProducts: false,
  appliesTierCodes: false,
} as const;

/** What no WooCommerce store can do. `capabilities` say so: nobody asks for it. */
const notHere = (): Promise<never> =>
  Promise.reject(new PlatformRefusal('NOT_SUPPORTED', 'A WooCommerce store cannot do this.'));

/** WooCommerce as a `Platform`. Nothing is asked of the network before the first call. */
export function createWoocommercePlatform(dependencies: Dependencies, options: WoocommerceOptions = {}): Platform {
  const { clock, config } = dependencies;
  const localStores = config.WOOCOMMERCE_LOCAL_STORES === 'on';
  const client = createRestClient(createAsk({ ...options, clock, localStores }), createAccessBook(dependencies));
  const currencies = new Map<string, { currency: string; until: number }>();
  const batchSizes: BatchSizes = new Map();

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

  const deliveryUrl = (shop: ShopRef): string =>
    new URL(`/webhooks/woocommerce/${shop.shopId}`, config.SHOPIFY_APP_URL).href;

  return {
    kind: 'woocommerce',
    capabilities,
    capabilitiesOf: (companion) =>
      companion?.state === 'connected'
        ? { ...capabilities, lacks: null, behind: isBehind(companion) }
        : { ...capabilities, ...withoutPlugin, lacks: companion?.state ?? 'missing', behind: isBehind(companion) },
    checkCompanion: (shop, { renew }) =>
      checkPlugin(client, shop, {
        appUrl: config.SHOPIFY_APP_URL,
        renew,
        secret: () =>
          dependencies.db.inShop(shop.shopId, (scope) =>
            keepPluginSecret(scope, dependencies.secrets, randomBytes(32).toString('hex')),
          ),
      }),
    async leaveStore(shop, options) {
      const clear = async (): Promise<void> => {
        await removeWebhooks(client, shop, deliveryUrl(shop));
        // Last: it revokes the key that all of this is done by.
        await leavePlugin(client, shop);
      };
      return leaveStore(dependencies, shop, { clear, isClear: () => hasForgotten(client, shop) }, options);
    },
    async forgetAccess(scope) {
      const since = await leavingSince(scope);
      if (since !== null) await forgetAccess(scope, dependencies.secrets, since);
    },
    // Keys do not end.
    keepAlive: () => Promise.resolve(),
    // Whoever began a connection belongs to no shop yet.
    forgetOld: () =>
      dependencies.db.asSystem(async (scope) => {
        await forgetConnections(scope, clock.now());
        await forgetSignInLinks(scope, clock.now());
      }),
    readShop,
    startExport: (shop, resource, since) => startExport(storeOf(shop), resource, since),
    pollExport: (_shop, token) => Promise.resolve(exportState(token)),
    readExport: (shop, token, skip) => readExport(storeOf(shop), token, skip),
    readChanges: (shop, resource, since, page) => readChanges(storeOf(shop), resource, since, page),
    readOne: (shop, resource, id) => readOne(storeOf(shop), resource, id),
    compare: (shop, resource, ids) => compare(storeOf(shop), resource, ids),
    // Stock is a field of products here: no event speaks of it alone.
    findProductOfStock: () => Promise.resolve(null),
    async keepWebhooks(shop) {
      const secret = await dependencies.db.inShop(shop.shopId, (scope) =>
        readWebhookSecret(scope, dependencies.secrets),
      );
      return secret === null ? 0 : keepWebhooks(client, shop, { deliveryUrl: deliveryUrl(shop), secret });
    },
    parseWebhook,
    publishProducts: (shop, entries) => publishProducts(client, shop, entries, batchSizes),
    publishCustomers: (shop, entries) => publishCustomers(client, shop, entries),
    // The plugin looks at each product itself.
    guardAccess: () => Promise.resolve(),
    publishStorefront: (shop, settings) => publishStorefront(client, shop, settings),
    publishDiscount: (shop, discount) => publishDiscount(client, shop, discount),
    readBundleSupport: () => Promise.resolve({ mergeLines: false, expandLines: false, bundleProducts: false }),
    publishBundleProduct: notHere,
    retireBundleProduct: notHere,
    publishTransform: notHere,
    makeOfferCode: (shop, offer) => makeOfferCode(client, shop, offer),
    readOfferCode: (shop, code) => readOfferCode(client, shop, code, clock.now()),
    removeOfferCode: (shop, code) => removeOfferCode(client, shop, code),
    publishCodes: (shop, publication) => publishCodes(client, shop, publication),
    removeCodes: (shop, removal) => removeCodes(client, shop, removal),
    // The plugin sees what each code takes off.
    readStoreCodes: () => Promise.resolve(null),
    publishCodeGuard: (shop, guard) => publishCodeGuard(client, shop, guard),
    makeGiftCard: notHere,
    creditCustomer: notHere,
    tagCustomers: (shop, taggings) => tagCustomers(client, shop, taggings),
    cartLink,
    // Where signals go and whose they are stands in the storefront settings that the plugin reads.
    activatePixel: () => Promise.resolve(),
  };
}
