declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A Trellis tenant, UUID. */
export type ShopId = Branded<string, 'ShopId'>;
/** The platform's product id as text, digits only on Shopify. Never a JavaScript number: ids exceed 2^53. */
export type ProductId = Branded<string, 'ProductId'>;
export type VariantId = Branded<string, 'VariantId'>;
export type OrderId = Branded<string, 'OrderId'>;
export type CustomerId = Branded<string, 'CustomerId'>;
/** UUID that the storefront script made for a browser that consented. */
export type VisitorId = Branded<string, 'VisitorId'>;
/** UUID. */
export type BundleId = Branded<string, 'BundleId'>;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID of any version. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}

/** True for what can be a tenant's id; whether there is such a tenant is another question. */
export function isShopId(value: unknown): value is ShopId {
  return typeof value === 'string' && isUuid(value);
}

/** Brands a UUID as a tenant id. Throws on anything else, because the id goes into a session setting. */
export function toShopId(text: string): ShopId {
  if (!isShopId(text)) throw new Error('not a shop id');
  return text;
}
