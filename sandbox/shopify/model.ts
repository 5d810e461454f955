/**
 * The state of one pretend Shopify store. Plain data in the shape that the Admin API, the theme and the
 * webhooks derive from. Ids are digits as text (the API wraps them as gid://shopify/<Type>/<id>); money is
 * a decimal string as Shopify sends it; times are ISO 8601 UTC.
 */
export interface SandboxShop {
  /** numeric id */
  readonly id: string;
  readonly domain: string;
  name: string;
  email: string;
  currency: string;
  timeZone: string;
  planName: string;
}

export interface SandboxProduct {
  id: string;
  handle: string;
  title: string;
  descriptionHtml: string;
  productType: string;
  vendor: string;
  tags: string[];
  collectionIds: string[];
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED';
  publishedAt: string | null;
  isGiftCard: boolean;
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

export interface SandboxOrder {
  id: string;
  name: string;
  customerId: string | null;
  email: string | null;
  createdAt: string;
  updatedAt: string;
  cancelledAt: string | null;
  currency: string;
  test: boolean;
  customAttributes: { key: string; value: string }[];
  discountApplications: { title: string; kind: 'AUTOMATIC' | 'CODE'; targetClass: 'PRODUCT' | 'ORDER' | 'SHIPPING' }[];
  lines: SandboxOrderLine[];
  subtotal: string;
  totalDiscounts: string;
  totalShipping: string;
  totalTax: string;
  total: string;
  totalRefunded: string;
}

export interface SandboxOrderLine {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  sku: string;
  quantity: number;
  refundedQuantity: number;
  /** per unit, before discounts */
  price: string;
  customAttributes: { key: string; value: string }[];
  /** index into the order's discountApplications */
  discountAllocations: { amount: string; applicationIndex: number }[];
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
  kind: 'automatic-app' | 'code-basic';
  title: string;
  /** our Function's handle, for an app discount */
  functionHandle: string | null;
  code: string | null;
  /** 'percentage' in 0..1 or a fixed amount, for a native code */
  value: { percentage: number } | { amount: string } | null;
  discountClasses: ('PRODUCT' | 'ORDER' | 'SHIPPING')[];
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  startsAt: string;
  endsAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface SandboxInstallation {
  /** numeric id of the AppInstallation */
  id: string;
  apiKey: string;
  scopes: string[];
  installedAt: string;
}
