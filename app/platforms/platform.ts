import type { Split } from '#app/shared/assignment.ts';
import type { ItemRole, KindTerms, TermsKind } from '#app/domains/incentives/index.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { CartLink, OfferCodePublication } from './offer-code.ts';
import type { MoneyFormat } from '#app/shared/money-format.ts';

/**
 * What Trellis needs of a commerce platform. One folder beside this file implements it for each platform;
 * nothing above `platforms/` knows which one it talks to. What a platform cannot do is said in
 * `capabilities`, as data: there are no optional methods.
 *
 * Amounts are whole minor units in `currency`; times are UTC instants; ids are text.
 */
export interface Platform {
  readonly kind: PlatformKind;
  readonly capabilities: PlatformCapabilities;
  /** The store's own data: name, currency, time zone, granted scopes. */
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

  /** One page of what changed since `since` by the platform's `updated_at`, oldest first. */
  readChanges(shop: ShopRef, resource: ExportResource, since: Date, page: string | null): Promise<ChangePage>;
  /** The record as it is now, or null when the platform no longer has it. */
  readOne(shop: ShopRef, resource: ExportResource, id: string): Promise<PlatformRecord | null>;

  /**
   * Which of at most 100 records the platform does not have (any more). Empty where it cannot tell one that is
   * gone from one that we may not see.
   */
  findMissing(shop: ShopRef, resource: ExportResource, ids: readonly string[]): Promise<string[]>;

  /** The product whose stock a `stock-changed` event is about, or null when there is none any more. */
  findProductOfStock(shop: ShopRef, inventoryItemId: string): Promise<string | null>;

  /** Turns a verified webhook into a platform-neutral event, or null for a topic that means nothing to us. */
  parseWebhook(topic: string, body: string): PlatformEvent | null;

  /** Writes what the storefront renders: one entry a product, in batches; idempotent. */
  publishProducts(shop: ShopRef, entries: readonly ProductPublication[]): Promise<void>;
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
  /** the platform delivers each webhook at least once, or may lose one for good */
  readonly webhookRetries: boolean;
  /** lines of a cart can be joined to a bundle, and a bundle taken apart */
  readonly cartTransform: boolean;
  /** a bundle can be a product of the store, made of other products */
  readonly nativeBundles: boolean;
}

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
}

export type ExportResource = 'products' | 'customers' | 'orders';
export type ExportToken = string;

export type ExportState =
  | { readonly status: 'running'; readonly objects: number }
  | { readonly status: 'ready'; readonly objects: number }
  | { readonly status: 'failed'; readonly reason: string };

export type PlatformRecord =
  | { readonly resource: 'products'; readonly product: PlatformProduct }
  | { readonly resource: 'customers'; readonly customer: PlatformCustomer }
  | { readonly resource: 'orders'; readonly order: PlatformOrder };

export interface ChangePage {
  readonly records: readonly PlatformRecord[];
  readonly next: string | null;
}

export interface PlatformProduct {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly productType: string;
  readonly vendor: string;
  readonly tags: readonly string[];
  readonly collections: readonly { readonly id: string; readonly handle: string; readonly title: string }[];
  readonly status: 'active' | 'draft' | 'archived';
  readonly published: boolean;
  readonly giftCard: boolean;
  readonly imageUrl: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly variants: readonly PlatformVariant[];
}

export interface PlatformVariant {
  readonly id: string;
  readonly title: string;
  readonly sku: string;
  readonly position: number;
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  readonly costMinor: number | null;
  /** null = not tracked */
  readonly stock: number | null;
  readonly sellWhenOutOfStock: boolean;
  readonly imageUrl: string | null;
}

export interface PlatformCustomer {
  readonly id: string;
  readonly email: string | null;
  readonly locale: string | null;
  readonly tags: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PlatformOrder {
  readonly id: string;
  readonly name: string;
  readonly customerId: string | null;
  readonly placedAt: Date;
  readonly updatedAt: Date;
  readonly cancelledAt: Date | null;
  readonly currency: string;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  /** cart attribute `_trellis_visitor`; set by theme code, so a hint only */
  readonly visitorId: string | null;
  readonly test: boolean;
  readonly lines: readonly PlatformOrderLine[];
}

export interface PlatformOrderLine {
  readonly id: string;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  /** what the automatic discounts on the line call themselves; left out = none */
  readonly discounts?: readonly string[];
  readonly refundedQuantity: number;
  /** line property `_trellis_bundle`: set by theme code, so a hint for attribution, never for a price */
  readonly bundleId: string | null;
  /** line property `_trellis_source`: the widget that put the line into the cart; a hint as well */
  readonly source: string | null;
}

/** What a webhook means. `id` is the platform's; `updatedAt` orders versions of one object. */
export type PlatformEvent =
  | {
      readonly type: 'order-changed';
      readonly id: string;
      readonly updatedAt: Date | null;
      readonly order: PlatformOrder | null;
    }
  | { readonly type: 'order-deleted'; readonly id: string }
  | { readonly type: 'product-changed'; readonly id: string; readonly updatedAt: Date | null }
  | { readonly type: 'product-deleted'; readonly id: string }
  | { readonly type: 'customer-changed'; readonly id: string; readonly updatedAt: Date | null }
  | { readonly type: 'customer-deleted'; readonly id: string }
  | { readonly type: 'stock-changed'; readonly inventoryItemId: string }
  | { readonly type: 'export-finished'; readonly token: ExportToken }
  | { readonly type: 'shop-changed' }
  | { readonly type: 'scopes-changed'; readonly scopes: readonly string[] }
  | { readonly type: 'uninstalled' }
  | {
      readonly type: 'customer-data-requested';
      /** of which store the body speaks, where it says so: a signed body does not sign the header beside it */
      readonly shopDomain: string | null;
      readonly customerId: string | null;
      readonly email: string | null;
      readonly orderIds: readonly string[];
      readonly requestId: string;
    }
  | {
      readonly type: 'customer-erased';
      readonly shopDomain: string | null;
      readonly customerId: string | null;
      readonly email: string | null;
      readonly orderIds: readonly string[];
    }
  | { readonly type: 'shop-erased'; readonly shopDomain: string };

/** Everything that one product page renders without asking us. */
export interface ProductPublication {
  readonly productId: string;
  /** product ids, best first */
  readonly together: readonly string[];
  readonly similar: readonly string[];
  /** active bundles that contain the product, see `BundlePublication` */
  readonly bundles: readonly BundlePublication[];
}

interface PublicationHead {
  readonly id: string;
  readonly title: string;
  /** mix-and-match: units that make one bundle */
  readonly pickCount: number;
  /** of a kind with terms the one that lists show */
  readonly discount:
    { readonly type: 'percentage'; readonly basisPoints: number } | { readonly type: 'amount'; readonly minor: number };
  /** of a running price test: what each version after the first promises (0 % = nothing), and how pages mark its visitors */
  readonly armDiscounts?:
    readonly { readonly arm: string; readonly discount: PublicationHead['discount'] }[] | undefined;
  readonly currency: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly items: readonly {
    readonly productId: string;
    readonly variantId: string | null;
    readonly quantity: number;
    /** left out = 'part' */
    readonly role?: ItemRole | undefined;
  }[];
  /** products to choose from that `items` leaves out, because a page shows only so many */
  readonly more?: number | undefined;
  /** the product of the store that the bundle is sold as; left out = its parts are put into the cart */
  readonly sold?: { readonly productId: string; readonly variantId: string } | undefined;
}

/** An offer as the storefront shows it. Prices and stock are read live by the theme. */
export type BundlePublication =
  | (PublicationHead & { readonly kind: 'fixed' | 'mix-and-match' })
  | { [K in TermsKind]: PublicationHead & { readonly kind: K; readonly terms: KindTerms[K] } }[TermsKind];

export interface StorefrontPublication {
  readonly shopId: ShopId;
  readonly holdoutBps: number;
  readonly salt: string;
  readonly popular: readonly string[];
  /** live offers that the whole cart earns: cart goals and gifts from a subtotal on */
  readonly goals?: readonly BundlePublication[];
  /** where the theme embed sends signals */
  readonly signalsEndpoint: string;
  /** running experiments: the storefront's script finds the visitor's arms by `armIn` */
  readonly tests: readonly StorefrontTest[];
  /** what experiments decided for everybody, the oldest first */
  readonly changes: readonly { readonly subject: string; readonly change: StorefrontChange }[];
}

/** What an arm of an experiment makes of its subject; nothing said = as it stands. */
export interface StorefrontChange {
  readonly hide?: true | undefined;
  readonly title?: string | undefined;
  readonly source?: 'together' | 'similar' | 'popular' | undefined;
  /** what the cart's suggestions are chosen for */
  readonly objective?: 'clicks' | 'revenue' | 'margin' | undefined;
  /** where the cart's suggestions stand */
  readonly place?: 'top' | 'page' | 'drawer' | undefined;
}

export interface StorefrontTest extends Split<{
  readonly key: string;
  readonly share: number;
  readonly change: StorefrontChange;
}> {
  readonly id: string;
  /** `app`, `widget:<name of a block>`, `placement:<name>`, `bundle:<id>` or `price:<id of a bundle>` */
  readonly subject: string;
}

/** Opaque here: `incentives` writes it and the Function reads it. `config` is compact JSON. */
export interface DiscountPublication {
  readonly title: string;
  readonly configs: readonly string[];
  readonly startsAt: Date;
  /** classes of what it gives; left out = ['product'] */
  readonly classes?: readonly ('product' | 'order' | 'shipping')[];
  readonly combinesWith: { readonly order: boolean; readonly product: boolean; readonly shipping: boolean };
}

/** What a store's plan allows. */
export interface BundleSupport {
  readonly mergeLines: boolean;
  readonly expandLines: boolean;
  readonly bundleProducts: boolean;
}

/** The product of a bundle; amounts in the shop's currency, minor units. */
export interface BundleProductPublication {
  /** the product as it was told before, or null for a new one */
  readonly productId: string | null;
  /** what the last answer 'pending' named */
  readonly operation: string | null;
  readonly title: string;
  /** sold in its own right, or only the name of a line that others are merged to */
  readonly sold: boolean;
  readonly currency: string;
  readonly priceMinor: number;
  readonly fullPriceMinor: number;
  readonly components: readonly {
    readonly productId: string;
    readonly variantId: string;
    readonly quantity: number;
  }[];
}

export type BundleProductState =
  | { readonly status: 'ready'; readonly productId: string; readonly variantId: string }
  | { readonly status: 'pending'; readonly operation: string; readonly productId: string | null };

/** Bundles that reach the cart by the cart transform. All others are priced by the discount alone. */
export interface TransformPublication {
  /** the discount's configuration, so that both say the same */
  readonly configs: readonly string[];
  /** shown as one line: the variant that names it, and a picture */
  readonly merged: readonly {
    readonly bundleId: string;
    readonly variantId: string;
    readonly imageUrl: string | null;
  }[];
  /** sold as a product: its variant, and its components at shop-currency prices, minor units */
  readonly native: readonly {
    readonly bundleId: string;
    readonly variantId: string;
    readonly title: string;
    readonly components: readonly {
      readonly productId: string;
      readonly variantId: string;
      readonly quantity: number;
      readonly priceMinor: number;
    }[];
  }[];
}

/** The platform refused for good (a wrong id, a missing scope, a validation error): retrying changes nothing. */
export class PlatformRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'PlatformRefusal';
    this.code = code;
  }
}

/** The platform could not answer now (throttled, 5xx, time-out, network): try again at `retryAfterMs`. */
export class PlatformUnavailable extends Error {
  readonly retryAfterMs: number;
  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.name = 'PlatformUnavailable';
    this.retryAfterMs = retryAfterMs;
  }
}

/** Our access to the store is gone (uninstalled, revoked, refresh token dead): only the merchant can mend it. */
export class PlatformAccessLost extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlatformAccessLost';
  }
}
