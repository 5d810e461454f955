/** Kinds of Shopify objects that Trellis names. */
export type GidType =
  | 'Product'
  | 'ProductVariant'
  | 'Collection'
  | 'Customer'
  | 'Order'
  | 'LineItem'
  | 'InventoryItem'
  | 'BulkOperation'
  | 'DiscountAutomaticNode'
  | 'AppInstallation'
  | 'WebPixel';

/** `('Product', '42')` → `gid://shopify/Product/42`. */
export function toGid(type: GidType, id: string): string {
  return `gid://shopify/${type}/${id}`;
}

/** The digits of a gid, query parameters dropped. Throws on anything that is no gid. */
export function fromGid(gid: string): string {
  const match = /^gid:\/\/shopify\/[A-Za-z]+\/(\d+)(?:\?.*)?$/.exec(gid);
  if (!match?.[1]) throw new Error(`not a Shopify id: ${gid.slice(0, 80)}`);
  return match[1];
}

/** The type name inside a gid, or '' when it is none. */
export function gidType(gid: string): string {
  return /^gid:\/\/shopify\/([A-Za-z]+)\//.exec(gid)?.[1] ?? '';
}
