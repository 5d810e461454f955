import { setTimeout } from 'node:timers/promises';
import type { Services } from '#app/infra/services.ts';
import type { Platform, PlatformCapabilities, PlatformShop, ShopRef } from '#app/platforms/platform.ts';
import { createShopAccess } from './auth/access-tokens.ts';
import { keepAlive } from './auth/keep-alive.ts';
import { deleteGrants } from './auth/store.ts';
import { pollExport, readExport, startExport } from './bulk/export.ts';
import { readInventoryItemDocument } from './documents/records.ts';
import { readShopDocument } from './documents/shop.ts';
import { createAdminClient } from './graphql/client.ts';
import { fromGid, toGid } from './ids.ts';
import { readMoneyFormat } from './money-format.ts';
import { guardAccess, publishCustomers } from './publish/access.ts';
import { publishBundleProduct, readBundleSupport, retireBundleProduct } from './publish/bundle-product.ts';
import { codesAtOnce, publishCodeGuard, publishCodes, removeCodes } from './publish/codes.ts';
import { customersTaggedAtOnce, tagCustomers } from './publish/customer-tags.ts';
import { publishDiscount } from './publish/discount.ts';
import { creditCustomer, makeGiftCard } from './publish/gifts.ts';
import { cartLink, makeOfferCode, readOfferCode, removeOfferCode } from './publish/offer-code.ts';
import { activatePixel } from './publish/pixel.ts';
import { publishProducts } from './publish/products.ts';
import { publishStorefront } from './publish/storefront.ts';
import { findMissing } from './records/missing.ts';
import { publishTransform } from './publish/cart-transform.ts';
import { readStoreCodes } from './records/store-codes.ts';
import { readChanges, readOne } from './records/read.ts';
import { parseWebhook } from './records/webhook-events.ts';

type Dependencies = Pick<Services, 'config' | 'db' | 'secrets' | 'clock' | 'log'>;

export interface ShopifyOptions {
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly timeoutMs?: number;
}

const rememberShopMs = 10 * 60_000;

const capabilities: PlatformCapabilities = {
  discountEngine: 'function',
  bulkExport: true,
  storefrontBlocks: true,
  webPixel: true,
  afterPurchase: true,
  webhookRetries: true,
  cartTransform: true,
  codesAtOnce,
  returnsCodeUses: false,
  giftCards: true,
  storeCredit: true,
  exclusiveProducts: true,
  appliesTierCodes: false,
  customerTags: { field: null, atOnce: customersTaggedAtOnce },
  nativeBundles: true,
  themeEditor: true,
  pagePrefix: '/apps/trellis',
  productPath: '/products/{handle}',
  invitationPath: '/apps/trellis/refer/{code}',
  rewardsPath: '/apps/trellis/rewards',
  connectPage: null,
  companionFile: null,
  words: { collection: 'collection', collections: 'collections' },
};

/** Shopify as a `Platform`. Nothing is asked of the network before the first call. */
export function createShopifyPlatform(dependencies: Dependencies, options: ShopifyOptions = {}): Platform {
  const { clock } = dependencies;
  const sleep = options.sleep ?? setTimeout;
  const tokens = createShopAccess(dependencies);
  const client = createAdminClient({ ...dependencies, ...options, tokens });
  const shops = new Map<string, { profile: PlatformShop; until: number }>();

  async function readShop(shop: ShopRef): Promise<PlatformShop> {
    const answer = await client.run(shop, readShopDocument);
    const profile = {
      name: answer.shop.name,
      currency: answer.shop.currencyCode,
      timeZone: answer.shop.ianaTimezone,
      scopes: answer.currentAppInstallation.accessScopes.map((scope) => scope.handle),
      moneyFormat: readMoneyFormat(answer.shop.currencyFormats.moneyFormat),
      storefrontUrl: answer.shop.primaryDomain.url.replace(/\/+$/, ''),
      taxesIncluded: answer.shop.taxesIncluded,
      insideCheckout: answer.shop.plan.shopifyPlus,
    };
    shops.set(shop.shopId, { profile, until: clock.now().getTime() + rememberShopMs });
    return profile;
  }

  async function profileOf(shop: ShopRef): Promise<PlatformShop> {
    const known = shops.get(shop.shopId);
    return known && known.until > clock.now().getTime() ? known.profile : readShop(shop);
  }

  /** Prices of products come without their currency: it is the shop's. */
  const currencyOf = async (shop: ShopRef): Promise<string> => (await profileOf(shop)).currency;

  return {
    kind: 'shopify',
    capabilities,
    // Function, blocks and pixel come with the app itself, and go with it.
    capabilitiesOf: () => ({ ...capabilities, lacks: null, behind: false }),
    checkCompanion: () => Promise.resolve(null),
    leaveStore: () => Promise.resolve({ cleared: true }),
    forgetAccess: deleteGrants,
    keepAlive: (signal) => keepAlive(dependencies, tokens, signal),
    // Shopify's admin is the only way in.
    forgetOld: () => Promise.resolve(),
    readShop,
    startExport: (shop, resource, since) => startExport(client, shop, resource, since),
    pollExport: (shop, token) => pollExport(client, shop, token),
    async *readExport(shop, token, skip) {
      const currency = await currencyOf(shop);
      yield* readExport({
        client,
        shop,
        token,
        skip,
        currency,
        readOne: (resource, id) => readOne(client, shop, resource, id, currency),
      });
    },
    readChanges: async (shop, resource, since, page) =>
      readChanges(client, shop, resource, since, page, await currencyOf(shop)),
    readOne: async (shop, resource, id) => readOne(client, shop, resource, id, await currencyOf(shop)),
    compare: async (shop, resource, ids) => ({
      missing: await findMissing(client, shop, resource, ids, (await profileOf(shop)).scopes),
      // Changes of every kind are told by their time.
      seen: [],
    }),
    async findProductOfStock(shop, inventoryItemId) {
      const { inventoryItem } = await client.run(shop, readInventoryItemDocument, {
        id: toGid('InventoryItem', inventoryItemId),
      });
      const product = inventoryItem?.variants?.nodes[0]?.product;
      return product ? fromGid(product.id) : null;
    },
    // Subscribed to in shopify.app.toml: Shopify keeps them as long as the app is installed.
    keepWebhooks: () => Promise.resolve(0),
    parseWebhook,
    publishProducts: (shop, entries) => publishProducts(client, shop, entries),
    publishCustomers: (shop, entries) => publishCustomers(client, shop, entries),
    guardAccess: (shop, on) => guardAccess(client, shop, on),
    publishStorefront: (shop, settings) => publishStorefront(client, shop, settings),
    publishDiscount: (shop, discount) => publishDiscount(client, shop, discount),
    readBundleSupport: (shop) => readBundleSupport(client, shop),
    publishBundleProduct: (shop, bundle) => publishBundleProduct(client, shop, bundle),
    retireBundleProduct: (shop, productId, how) => retireBundleProduct(client, shop, productId, how),
    publishTransform: (shop, publication) => publishTransform(client, shop, publication),
    makeOfferCode: (shop, offer) => makeOfferCode(client, shop, offer),
    readOfferCode: (shop, code) => readOfferCode(client, shop, code),
    removeOfferCode: (shop, code) => removeOfferCode(client, shop, code),
    publishCodes: (shop, publication) => publishCodes(client, shop, publication, { sleep }),
    removeCodes: (shop, removal) => removeCodes(client, shop, removal),
    readStoreCodes: (shop) => readStoreCodes(client, shop),
    publishCodeGuard: (shop, guard) => publishCodeGuard(client, shop, guard),
    makeGiftCard: (shop, gift) => makeGiftCard(client, shop, gift),
    creditCustomer: (shop, credit) => creditCustomer(client, shop, credit),
    tagCustomers: (shop, taggings) => tagCustomers(client, shop, taggings),
    cartLink: (shop, link) => cartLink(dependencies.config, shop, link),
    activatePixel: (shop, settings) => activatePixel(client, shop, settings),
  };
}
