import type { WooAction, WooKey, WooWebhook } from './access.ts';

/**
 * The state of one pretend WooCommerce store, in the words of WordPress. Ids are small numbers (products,
 * variations, orders, refunds and coupons share one row of numbers, as posts do); times are ISO 8601 UTC
 * with whole seconds; amounts of orders are whole numbers of the smallest unit that the store's prices show.
 */
export interface WooSite {
  readonly title: string;
  readonly adminEmail: string;
  readonly currency: string;
  /** digits after the point that the store shows, whatever currency an order has */
  readonly decimals: number;
  readonly timeZone: string;
  readonly country: string;
  tax: TaxMode;
  /** percent, one rate for everything */
  readonly taxRate: number;
}
export type TaxMode = 'inclusive' | 'exclusive' | 'none';

export interface WooMeta {
  id: number;
  key: string;
  value: unknown;
}

export type PostStatus = 'publish' | 'draft' | 'pending' | 'private' | 'trash';

interface WooPost {
  readonly id: number;
  createdAt: string;
  updatedAt: string;
  metaData: WooMeta[];
}

/** What products and variations have in common. Prices are text as the merchant typed it; '' = none. */
interface Sellable extends WooPost {
  sku: string;
  regularPrice: string;
  salePrice: string;
  description: string;
  manageStock: boolean;
  stockQuantity: number | null;
  backorders: 'no' | 'notify' | 'yes';
  menuOrder: number;
}

export interface WooProduct extends Sellable {
  type: 'simple' | 'variable' | 'grouped' | 'external';
  status: PostStatus;
  name: string;
  slug: string;
  shortDescription: string;
  featured: boolean;
  categoryIds: number[];
  tagIds: number[];
  brandIds: number[];
  /** `id` 0 = an attribute of this product alone */
  attributes: { id: number; name: string; options: string[]; variation: boolean; visible: boolean; position: number }[];
  variationIds: number[];
  upsellIds: number[];
  crossSellIds: number[];
  totalSales: number;
  /** what the picture is drawn by; null = no picture */
  picture: string | null;
}

export interface WooVariation extends Sellable {
  readonly parentId: number;
  status: 'publish' | 'private' | 'trash';
  attributes: { id: number; name: string; option: string }[];
}

export interface WooTerm {
  readonly id: number;
  name: string;
  slug: string;
  parent: number;
  description: string;
  menuOrder: number;
}

export interface WooAttribute {
  readonly id: number;
  name: string;
  /** with `pa_` before it */
  slug: string;
  terms: WooTerm[];
}

/** Field names as the REST API has them. */
export interface WooAddress {
  first_name: string;
  last_name: string;
  company: string;
  address_1: string;
  address_2: string;
  city: string;
  postcode: string;
  country: string;
  state: string;
  phone: string;
  /** billing alone */
  email?: string;
}

export interface WooCustomer {
  readonly id: number;
  email: string;
  firstName: string;
  lastName: string;
  username: string;
  role: 'customer' | 'administrator' | 'shop_manager' | 'subscriber';
  billing: WooAddress;
  shipping: WooAddress;
  createdAt: string;
  /** null until something was changed */
  updatedAt: string | null;
  isPaying: boolean;
  metaData: WooMeta[];
}

export type OrderStatus =
  | 'pending'
  | 'processing'
  | 'on-hold'
  | 'completed'
  | 'cancelled'
  | 'refunded'
  | 'failed'
  | 'checkout-draft'
  | 'auto-draft'
  | 'trash';

/** Totals of a line never contain its tax, whatever the store's prices do. */
export interface WooOrderLine {
  readonly id: number;
  name: string;
  productId: number;
  variationId: number;
  quantity: number;
  /** before discounts */
  subtotal: number;
  subtotalTax: number;
  total: number;
  totalTax: number;
  metaData: WooMeta[];
}

export interface WooOrder extends WooPost {
  status: OrderStatus;
  currency: string;
  pricesIncludeTax: boolean;
  customerId: number;
  orderKey: string;
  billing: WooAddress;
  shipping: WooAddress;
  paymentMethod: string;
  paymentMethodTitle: string;
  transactionId: string;
  createdVia: string;
  customerNote: string;
  paidAt: string | null;
  completedAt: string | null;
  lines: WooOrderLine[];
  shippingLine: { id: number; title: string; total: number; totalTax: number } | null;
  feeLines: { id: number; name: string; total: number; totalTax: number }[];
  couponLines: { id: number; code: string; discount: number; discountTax: number }[];
  taxLineId: number;
}

export interface WooRefund {
  readonly id: number;
  readonly orderId: number;
  readonly createdAt: string;
  readonly amount: number;
  readonly reason: string;
  /** quantities and totals are given back, so that they are below zero; empty = an amount and no more */
  readonly lines: readonly WooRefundLine[];
  /** of the order's shipping, below zero; left out = none */
  readonly shipping?: { readonly id: number; readonly total: number; readonly totalTax: number };
  readonly metaData: WooMeta[];
}

export interface WooRefundLine {
  readonly id: number;
  readonly orderLineId: number;
  readonly name: string;
  readonly productId: number;
  readonly variationId: number;
  readonly quantity: number;
  readonly total: number;
  readonly totalTax: number;
}

export interface WooCoupon extends WooPost {
  code: string;
  status: PostStatus;
  amount: string;
  discountType: 'percent' | 'fixed_cart' | 'fixed_product' | 'trellis_code';
  description: string;
  expiresAt: string | null;
  usageCount: number;
  individualUse: boolean;
  productIds: number[];
  excludedProductIds: number[];
  usageLimit: number | null;
  usageLimitPerUser: number | null;
  limitUsageToXItems: number | null;
  freeShipping: boolean;
  productCategories: number[];
  excludedProductCategories: number[];
  excludeSaleItems: boolean;
  minimumAmount: string;
  maximumAmount: string;
  emailRestrictions: string[];
  usedBy: string[];
}

export const pluginPlaces = ['together', 'bundle', 'cart', 'offers', 'points', 'launcher'] as const;
export type PluginPlace = (typeof pluginPlaces)[number];

/** The option `trellis_settings` of the plugin. */
export interface PluginSettings {
  /** follow the shop's consent tool, ask with the plugin's own bar, or measure nobody */
  readonly consent: 'tool' | 'bar' | 'off';
  /** where widgets stand by themselves */
  readonly placements: Readonly<Record<PluginPlace, boolean>>;
}

/** Our plugin, where it is installed: one row with the number 1. */
export interface WooPlugin {
  readonly id: number;
  readonly version: string;
  /** what it agreed on with the app; left out = what the plugin of this repository does */
  readonly contract?: number;
  /** the site's; left out = `en_US` */
  readonly locale?: string;
  /** the merchant has pressed Connect */
  readonly optedIn: boolean;
  readonly connection: { readonly shopId: string; readonly appUrl: string; readonly secret: string } | null;
  /** what the merchant chose on the plugin's page; left out in stores of before */
  readonly settings?: PluginSettings;
  /** what the app has put: see app/platforms/publications.ts */
  readonly storefront: Readonly<Record<string, unknown>> | null;
  readonly discount: {
    readonly title: string;
    readonly configs: readonly string[];
    readonly combinesWith: Readonly<Record<string, boolean>>;
  } | null;
  /** what codes must leave of each product; left out = none was published */
  readonly codeGuard?: string | null;
}

export interface WooTables {
  products: WooProduct;
  variations: WooVariation;
  categories: WooTerm;
  tags: WooTerm;
  brands: WooTerm;
  attributes: WooAttribute;
  customers: WooCustomer;
  orders: WooOrder;
  refunds: WooRefund;
  coupons: WooCoupon;
  webhooks: WooWebhook;
  actions: WooAction;
  keys: WooKey;
  plugin: WooPlugin;
}
export type WooTable = keyof WooTables;

export interface WooChange {
  readonly table: WooTable;
  readonly id: number;
  /** null: made by this change */
  readonly before: WooTables[WooTable] | null;
  /** null: removed for good by this change */
  readonly after: WooTables[WooTable] | null;
}
