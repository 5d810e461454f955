import type { RefundBeside, SandboxOrder, SandboxOrderDraft, SandboxRefund } from './order-model.ts';
import type { SandboxShop } from './shop-model.ts';
import type { SandboxValidation } from './validation.ts';

export type * from './order-model.ts';
export type { SandboxShop } from './shop-model.ts';

/**
 * The state of one pretend Shopify store. Plain data in the shape that the Admin API, the theme and the
 * webhooks derive from. Ids are digits as text (the API wraps them as gid://shopify/<Type>/<id>); money is
 * a decimal string as Shopify sends it; times are ISO 8601 UTC.
 */
export interface SandboxProduct {
  id: string;
  handle: string;
  title: string;
  descriptionHtml: string;
  productType: string;
  vendor: string;
  tags: string[];
  collectionIds: string[];
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED' | 'UNLISTED';
  publishedAt: string | null;
  isGiftCard: boolean;
  /** groups of selling plans that it can be bought with; left out = none */
  sellingPlanGroups?: number;
  /** path served by the sandbox (an SVG drawn from the product), or null */
  imageUrl: string | null;
  createdAt: string;
  updatedAt: string;
  variants: SandboxVariant[];
}

export interface SandboxVariant {
  id: string;
  inventoryItemId: string;
  title: string;
  sku: string;
  position: number;
  price: string;
  compareAtPrice: string | null;
  /** null = the merchant never entered a cost */
  unitCost: string | null;
  tracked: boolean;
  inventoryQuantity: number;
  inventoryPolicy: 'DENY' | 'CONTINUE';
  /** what one unit is made of, where the product is a bundle; its stock is then that of its components */
  components?: { variantId: string; quantity: number }[];
}

export interface SandboxCollection {
  id: string;
  handle: string;
  title: string;
}

export interface SandboxCustomer {
  id: string;
  email: string | null;
  firstName: string;
  lastName: string;
  locale: string;
  tags: string[];
  createdAt: string;
  updatedAt: string;
}

export interface SandboxMetafield {
  id: string;
  /** gid of the owner: product, app installation, discount node, … */
  ownerId: string;
  /** with `$app` already resolved to `app--<api client id>` */
  namespace: string;
  key: string;
  type: string;
  value: string;
  updatedAt: string;
}

export interface SandboxDiscount {
  /** gid://shopify/DiscountAutomaticNode/<id> or DiscountCodeNode */
  id: string;
  kind: 'automatic-app' | 'code-basic' | 'code-app';
  title: string;
  /** our Function's handle, for an app discount */
  functionHandle: string | null;
  code: string | null;
  /** 'percentage' in 0..1 or a fixed amount, for a native code */
  value: { percentage: number } | { amount: string } | null;
  /** a native code for these variants alone; left out = for everything */
  variantIds?: string[];
  /** orders that may carry a native code; left out or null = any number */
  usageLimit?: number | null;
  discountClasses: ('PRODUCT' | 'ORDER' | 'SHIPPING')[];
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  startsAt: string;
  endsAt: string | null;
  createdAt: string;
  updatedAt: string;
}

/** One of the codes of a discount that a Function works out. */
export interface SandboxRedeemCode {
  /** gid://shopify/DiscountRedeemCode/<id> */
  id: string;
  discountId: string;
  code: string;
}

export interface SandboxCartTransform {
  /** gid://shopify/CartTransform/<id> */
  id: string;
  functionHandle: string;
  blockOnFailure: boolean;
}

export interface SandboxInstallation {
  /** numeric id of the AppInstallation */
  id: string;
  apiKey: string;
  scopes: string[];
  installedAt: string;
}

/** A block or embed of our theme app extension as the merchant left it in the theme editor. */
export interface SandboxThemeBlock {
  /** file name in the extension's `blocks` folder, without `.liquid` */
  handle: string;
  active: boolean;
  /** what the merchant set; a setting that is missing has its schema's default */
  settings: Record<string, string | number | boolean>;
}

export interface SandboxPixel {
  /** gid://shopify/WebPixel/<id> */
  id: string;
  /** JSON text, as given to webPixelCreate */
  settings: string;
}

/** `email`, first and last name, what a shopper types into the account page. */
export type SandboxCustomerDraft = Pick<SandboxCustomer, 'email' | 'firstName' | 'lastName' | 'locale'>;

/** The tables of one store; a change names the table, the record's id and what happened. */
export interface SandboxTables {
  products: SandboxProduct;
  collections: SandboxCollection;
  customers: SandboxCustomer;
  orders: SandboxOrder;
  refunds: SandboxRefund;
  metafields: SandboxMetafield;
  discounts: SandboxDiscount;
  redeemCodes: SandboxRedeemCode;
  themeBlocks: SandboxThemeBlock;
  cartTransforms: SandboxCartTransform;
  validations: SandboxValidation;
}
export type SandboxTable = keyof SandboxTables;

export interface SandboxChange {
  readonly table: SandboxTable | 'shop' | 'installation' | 'pixel';
  readonly id: string;
  readonly action: 'create' | 'update' | 'delete';
}

/**
 * One store's state. Reading is plain; writing goes through the functions, which journal the change before
 * they return, move `updatedAt` strictly forward and tell the listeners. Records that were read are never
 * changed in place: write a copy back.
 */
export interface SandboxStore {
  readonly shop: SandboxShop;
  readonly products: ReadonlyMap<string, SandboxProduct>;
  readonly collections: ReadonlyMap<string, SandboxCollection>;
  readonly customers: ReadonlyMap<string, SandboxCustomer>;
  readonly orders: ReadonlyMap<string, SandboxOrder>;
  readonly refunds: ReadonlyMap<string, SandboxRefund>;
  readonly metafields: ReadonlyMap<string, SandboxMetafield>;
  readonly discounts: ReadonlyMap<string, SandboxDiscount>;
  readonly redeemCodes: ReadonlyMap<string, SandboxRedeemCode>;
  readonly themeBlocks: ReadonlyMap<string, SandboxThemeBlock>;
  readonly cartTransforms: ReadonlyMap<string, SandboxCartTransform>;
  readonly validations: ReadonlyMap<string, SandboxValidation>;
  /** null while the app is not installed */
  readonly installation: SandboxInstallation | null;
  readonly pixel: SandboxPixel | null;
  now(): Date;
  nextId(): string;
  productByHandle(handle: string): SandboxProduct | null;
  variant(id: string): { product: SandboxProduct; variant: SandboxVariant } | null;
  customerByEmail(email: string): SandboxCustomer | null;
  /** newest first */
  ordersOfCustomer(customerId: string): SandboxOrder[];
  /** `namespace` with `$app` resolved, see `appNamespace` */
  metafield(ownerId: string, namespace: string, key: string): SandboxMetafield | null;
  metafieldsOf(ownerId: string): SandboxMetafield[];
  /** what `$app` means for the installed app */
  appNamespace(): string;
  put<T extends SandboxTable>(table: T, record: SandboxTables[T]): SandboxTables[T];
  remove(table: SandboxTable, id: string): void;
  placeOrder(draft: SandboxOrderDraft): SandboxOrder;
  cancelOrder(orderId: string): SandboxOrder;
  refundOrder(
    orderId: string,
    lines: readonly { lineId: string; quantity: number }[],
    restock: boolean,
    beside?: RefundBeside,
  ): SandboxRefund;
  createCustomer(draft: SandboxCustomerDraft): SandboxCustomer;
  /** returns a function that stops listening */
  onChange(listener: (change: SandboxChange) => void): () => void;
}
