import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { MoneyFormat } from '#app/shared/money-format.ts';
import type { PlatformEvent } from './events.ts';
import type { Companion, CompanionLook, ShopCapabilities } from './companion.ts';
import type {
  CodesPublication,
  CodesRemoval,
  GiftCardPublication,
  PublishedCodes,
  RemovedCodes,
  StoreDiscount,
  StoreCreditPublication,
} from './codes.ts';
import type { CartLink, OfferCodePublication } from './offer-code.ts';
import type {
  BundleProductPublication,
  BundleProductState,
  BundleSupport,
  CustomerPublication,
  DiscountPublication,
  ProductPublication,
  StorefrontPublication,
  TransformPublication,
} from './publications.ts';
import type { ChangePage, Comparison, ExportResource, ExportState, ExportToken, PlatformRecord } from './records.ts';

export type * from './codes.ts';
export type * from './companion.ts';
export type * from './events.ts';
export type * from './publications.ts';
export type * from './records.ts';
export * from './refusals.ts';

/**
 * What Trellis needs of a commerce platform. One folder beside this file implements it for each platform;
 * nothing above `platforms/` knows which one it talks to. What a platform cannot do is said in
 * `capabilities`, as data: there are no optional methods.
 *
 * Amounts are whole minor units in `currency`; times are UTC instants; ids are text.
 */
export interface Platform {
  readonly kind: PlatformKind;
  /** What the platform's stores can do at best. */
  readonly capabilities: PlatformCapabilities;
  /** What one store can do now, by what it holds of ours. */
  capabilitiesOf(companion: Companion | null): ShopCapabilities;
  /**
   * Looks for our companion in the store and hands the connection over to one that has none that is valid; `renew`:
   * also to one that has. Null where the platform needs none.
   */
  checkCompanion(shop: ShopRef, options: { readonly renew: boolean }): Promise<CompanionLook | null>;
  /**
   * Takes back from a store that was disconnected what would go on speaking to us (webhooks, our companion's
   * connection), then forgets how it is reached; `force`: also where the store does not answer; `repeated`: an earlier
   * try was not told how it ended.
   * @throws PlatformUnavailable where it does not, without `force`
   */
  leaveStore(shop: ShopRef, options: { readonly force: boolean; readonly repeated: boolean }): Promise<LeaveOutcome>;
  /** The merchant took us out of the store: forgets how it is reached, in the transaction that notes it. */
  forgetAccess(scope: ShopScope): Promise<void>;
  /**
   * Renews the access to stores that nothing has asked for in a long time, where it would end otherwise.
   * @throws AggregateError of those that could not be renewed for now
   */
  keepAlive(signal: AbortSignal): Promise<void>;
  /** Forgets what the ways into the app have left behind: links and connections that were begun and are over. */
  forgetOld(): Promise<void>;
  /** The store's own data: name, currency, time zone, granted scopes, whether prices contain tax. */
  readShop(shop: ShopRef): Promise<PlatformShop>;

  /**
   * Starts (or finds again, by `token`) an export of everything of one kind. The returned token is kept in
   * the run's cursor, so that a killed import goes on with the same export.
   */
  startExport(shop: ShopRef, resource: ExportResource, since: Date | null): Promise<ExportToken>;
  /** Asks how far an export is. `objects` counts what the platform has written so far. */
  pollExport(shop: ShopRef, token: ExportToken): Promise<ExportState>;
  /**
   * Streams a finished export as records, in the platform's order, from record number `skip` on. Holds one
   * record (with its children) at a time.
   */
  readExport(shop: ShopRef, token: ExportToken, skip: number): AsyncIterable<PlatformRecord>;

  /**
   * One page of what changed since `since` by the platform's `updated_at`, in an order in which nothing is passed over
   * when it changes again meanwhile.
   */
  readChanges(shop: ShopRef, resource: ExportResource, since: Date, page: string | null): Promise<ChangePage>;
  /** The record as it is now, or null when the platform no longer has it. */
  readOne(shop: ShopRef, resource: ExportResource, id: string): Promise<PlatformRecord | null>;

  /**
   * Which of at most 100 records the platform does not have (any more), and what it shows of the others on the way. None
   * is missing where it cannot tell one that is gone from one that we may not see.
   */
  compare(shop: ShopRef, resource: ExportResource, ids: readonly string[]): Promise<Comparison>;

  /** The product whose stock a `stock-changed` event is about, or null when there is none any more. */
  findProductOfStock(shop: ShopRef, inventoryItemId: string): Promise<string | null>;

  /**
   * Makes the store send us what happens in it, where that has to be asked for and may be switched off: creates what is
   * missing, wakes what sleeps. Returns how many webhooks had to be mended.
   */
  keepWebhooks(shop: ShopRef): Promise<number>;
  /** Turns a verified webhook into a platform-neutral event, or null for a topic that means nothing to us. */
  parseWebhook(topic: string, body: string): PlatformEvent | null;

  /**
   * Writes what the storefront renders: one entry a product, in batches; idempotent. Products that are gone are passed
   * over. Returns why the store kept the old state of a product, by product: it does not hold up the others.
   */
  publishProducts(shop: ShopRef, entries: readonly ProductPublication[]): Promise<ReadonlyMap<string, string>>;
  /** Writes what pages and the checkout know of customers; idempotent. Customers who are gone are passed over. */
  publishCustomers(shop: ShopRef, entries: readonly CustomerPublication[]): Promise<void>;
  /** Has the checkout turn away who may not buy a product of the cart, or has it stop doing so; idempotent. */
  guardAccess(shop: ShopRef, on: boolean): Promise<void>;
  /** Writes the shop-wide storefront settings (holdout, endpoint, popular products). */
  publishStorefront(shop: ShopRef, settings: StorefrontPublication): Promise<void>;
  /**
   * Makes the store's automatic bundle discount say exactly `config`; creates it where it is missing,
   * updates it otherwise, and removes it when there is no bundle. Returns the platform's id of it.
   */
  publishDiscount(shop: ShopRef, discount: DiscountPublication): Promise<{ discountId: string | null }>;
  /** What the store's plan lets us do with bundles; all false where the platform has nothing of the kind. */
  readBundleSupport(shop: ShopRef): Promise<BundleSupport>;
  /**
   * Makes the product that a bundle is sold or shown as say what `bundle` says. Platforms do this behind the
   * scenes: while the answer is 'pending', call again later with the operation that it names.
   */
  publishBundleProduct(shop: ShopRef, bundle: BundleProductPublication): Promise<BundleProductState>;
  /** Takes a bundle's product out of sale ('hidden') or out of the store ('removed'); nothing where it is gone. */
  retireBundleProduct(shop: ShopRef, productId: string, how: 'hidden' | 'removed'): Promise<void>;
  /**
   * Makes the store's cart transform say exactly `publication`; creates it where it is missing and removes it when
   * no bundle needs it.
   */
  publishTransform(shop: ShopRef, publication: TransformPublication): Promise<void>;
  /** Makes a discount code that works once, or finds the one that an earlier call has made. */
  makeOfferCode(shop: ShopRef, offer: OfferCodePublication): Promise<{ discountId: string }>;
  /** Whether the code can still be used: 'used' once an order has it, 'gone' where it is over or was taken away. */
  readOfferCode(shop: ShopRef, code: string): Promise<'open' | 'used' | 'gone'>;
  /** Takes a code out of the store; nothing where it is gone. */
  removeOfferCode(shop: ShopRef, code: string): Promise<void>;
  /** Makes codes of one offer, or finds those that an earlier call has made. */
  publishCodes(shop: ShopRef, publication: CodesPublication): Promise<PublishedCodes>;
  /** Takes codes of one offer out of the store; nothing where they are gone. */
  removeCodes(shop: ShopRef, removal: CodesRemoval): Promise<RemovedCodes>;
  /** The store's own discounts with codes; null where the checkout itself knows what they take off. */
  readStoreCodes(shop: ShopRef): Promise<readonly StoreDiscount[] | null>;
  /** What codes of ours must leave of each product, for what runs at the checkout; opaque here. */
  publishCodeGuard(shop: ShopRef, guard: string): Promise<void>;
  /** Makes a gift card, or finds that one with this code is there. */
  makeGiftCard(shop: ShopRef, gift: GiftCardPublication): Promise<{ storeId: string }>;
  /** Gives a customer store credit; each call gives it again. */
  creditCustomer(shop: ShopRef, credit: StoreCreditPublication): Promise<{ storeId: string }>;
  /**
   * Puts tags of ours on customers and takes them off; a repetition changes nothing. At most
   * `capabilities.customerTags.atOnce` customers. Returns why the store changed nothing, by customer.
   */
  tagCustomers(shop: ShopRef, taggings: readonly CustomerTagging[]): Promise<ReadonlyMap<string, string>>;
  /** Where a shopper gets a new cart that holds one unit of the variant, with the code where there is one. */
  cartLink(shop: ShopRef, link: CartLink): string;
  /** Switches the storefront's behaviour pixel on; idempotent. */
  activatePixel(shop: ShopRef, settings: { shopId: ShopId; endpoint: string }): Promise<void>;
}

export type PlatformKind = 'shopify' | 'woocommerce';

export interface PlatformCapabilities {
  /** prices of bundles at checkout: by our function, by our plugin, or not at all */
  readonly discountEngine: 'function' | 'plugin' | 'none';
  readonly bulkExport: boolean;
  readonly storefrontBlocks: boolean;
  readonly webPixel: boolean;
  /** suggestions can be shown on the page after an order */
  readonly afterPurchase: boolean;
  /** the platform delivers each webhook at least once, or may lose one for good */
  readonly webhookRetries: boolean;
  /** lines of a cart can be joined to a bundle, and a bundle taken apart */
  readonly cartTransform: boolean;
  /** codes of ours that one call makes or removes */
  readonly codesAtOnce: number;
  /** we can make gift cards */
  readonly giftCards: boolean;
  /** we can give customers store credit */
  readonly storeCredit: boolean;
  /**
   * how the store keeps tags of customers: as its own, or in the field of this name, which other plugins can read; and
   * for how many customers one call changes them
   */
  readonly customerTags: { readonly field: string | null; readonly atOnce: number };
  /** a cancelled order gives the use of its codes back */
  readonly returnsCodeUses: boolean;
  /** products can be kept for some customers: pages say so, and the checkout sees to it */
  readonly exclusiveProducts: boolean;
  /** the code of a member's tier can be put into the cart by the store itself */
  readonly appliesTierCodes: boolean;
  /** a bundle can be a product of the store, made of other products */
  readonly nativeBundles: boolean;
  /** the merchant puts blocks into the theme, in an editor that pages of ours can open; else they stand by themselves */
  readonly themeEditor: boolean;
  /** where pages of bundles stand, below the store's address */
  readonly pagePrefix: string;
  /** a product's page below the store's address; `{id}` and `{handle}` stand for the product's own */
  readonly productPath: string;
  /** what an advocate's link opens, below the store's address; `{code}` stands for the advocate's */
  readonly invitationPath: string;
  /** a customer's own page of points, rewards and friends, below the store's address */
  readonly rewardsPath: string;
  /** our page where a merchant connects the store and takes leave of it; null = the platform's admin does both */
  readonly connectPage: string | null;
  /** where our server hands out the companion that a store needs; null = it needs none */
  readonly companionFile: string | null;
  /** what merchants of the platform call things that pages of ours name */
  readonly words: PlatformWords;
}

/** What is to change of a customer's tags of ours. */
export interface CustomerTagging {
  readonly customerId: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** all that are there then */
  readonly all: readonly string[];
}

/** Names as they stand within a sentence. */
export interface PlatformWords {
  /** a named group of products: one, and several */
  readonly collection: string;
  readonly collections: string;
}

/** Whether something of ours is left in a store whose access is forgotten. */
export type LeaveOutcome = { readonly cleared: true } | { readonly cleared: false; readonly error: unknown };

/** Which store, and the name the platform knows it by. */
export interface ShopRef {
  readonly shopId: ShopId;
  readonly domain: string;
}

export interface PlatformShop {
  readonly name: string;
  readonly currency: string;
  /** IANA */
  readonly timeZone: string;
  readonly scopes: readonly string[];
  /** how the store writes amounts for shoppers; null where it cannot be told */
  readonly moneyFormat: MoneyFormat | null;
  /** where shoppers find the store, without a slash at the end; null where it cannot be told */
  readonly storefrontUrl: string | null;
  /** prices contain the tax; false = the checkout adds it, or there is none; null = the merchant alone knows */
  readonly taxesIncluded: boolean | null;
  /** parts of ours may stand in the checkout itself, not only before and after it: on some plans alone */
  readonly insideCheckout: boolean;
}
