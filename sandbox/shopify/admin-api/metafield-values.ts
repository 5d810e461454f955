import type { AdminContext } from './context.ts';
import { idIn } from './values.ts';

/** Scope that writing to an owner of this type asks for; null = the app's own installation. */
export const ownerScopes: Readonly<Record<string, string | null>> = {
  Product: 'write_products',
  ProductVariant: 'write_products',
  Collection: 'write_products',
  Customer: 'write_customers',
  Order: 'write_orders',
  DiscountAutomaticNode: 'write_discounts',
  DiscountCodeNode: 'write_discounts',
  CartTransform: 'write_cart_transforms',
  AppInstallation: null,
  Shop: null,
};
export const ownerTypes: Readonly<Record<string, string>> = {
  Product: 'PRODUCT',
  ProductVariant: 'PRODUCTVARIANT',
  Collection: 'COLLECTION',
  Customer: 'CUSTOMER',
  Order: 'ORDER',
  DiscountAutomaticNode: 'DISCOUNT',
  DiscountCodeNode: 'DISCOUNT',
  CartTransform: 'CARTTRANSFORM',
  AppInstallation: 'API_PERMISSION',
  Shop: 'SHOP',
};

export function typeOfGid(id: string): string {
  return /^gid:\/\/shopify\/([A-Za-z]+)\//.exec(id)?.[1] ?? '';
}

export function ownerExists(context: Pick<AdminContext, 'store'>, id: string): boolean {
  const { store } = context;
  switch (typeOfGid(id)) {
    case 'Product':
      return store.products.has(idIn(id, 'Product') ?? '');
    case 'ProductVariant':
      return store.variant(idIn(id, 'ProductVariant') ?? '') !== null;
    case 'Collection':
      return store.collections.has(idIn(id, 'Collection') ?? '');
    case 'Customer':
      return store.customers.has(idIn(id, 'Customer') ?? '');
    case 'Order':
      return store.orders.has(idIn(id, 'Order') ?? '');
    case 'DiscountAutomaticNode':
    case 'DiscountCodeNode':
      return store.discounts.has(id);
    case 'CartTransform':
      return store.cartTransforms.has(id);
    case 'AppInstallation':
      return idIn(id, 'AppInstallation') === store.installation?.id;
    case 'Shop':
      return idIn(id, 'Shop') === store.shop.id;
    default:
      return false;
  }
}

/** Why a value does not fit its type, or null. */
export function valueProblem(context: Pick<AdminContext, 'store'>, type: string, value: string): string | null {
  const parsed = (): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      return undefined;
    }
  };
  const reference = (id: unknown, kind: string): string | null => {
    if (typeof id !== 'string' || idIn(id, kind) === null)
      return `Value must be a valid ${kind.toLowerCase()} reference.`;
    return ownerExists(context, id) ? null : `Value references non-existent resource ${id}.`;
  };
  if (type.startsWith('list.')) {
    const items = parsed();
    if (!Array.isArray(items)) return 'Value must be an array.';
    if (items.length > 128) return 'Value has more than 128 items.';
    for (const item of items as unknown[]) {
      const problem = valueProblem(context, type.slice(5), typeof item === 'string' ? item : JSON.stringify(item));
      if (problem !== null) return problem;
    }
    return null;
  }
  switch (type) {
    case 'json':
      return parsed() === undefined ? 'Value is invalid JSON.' : null;
    case 'boolean':
      return value === 'true' || value === 'false' ? null : 'Value must be true or false.';
    case 'number_integer':
      return /^-?\d+$/.test(value) ? null : 'Value must be an integer.';
    case 'number_decimal':
      return /^-?\d+(\.\d+)?$/.test(value) ? null : 'Value must be a decimal.';
    case 'single_line_text_field':
      return /[\r\n]/.test(value) ? 'Value must be a single line text string.' : null;
    case 'multi_line_text_field':
      return null;
    case 'date_time':
      return Number.isNaN(Date.parse(value)) ? 'Value must be in ISO 8601 format.' : null;
    case 'product_reference':
      return reference(value, 'Product');
    case 'variant_reference':
      return reference(value, 'ProductVariant');
    case 'collection_reference':
      return reference(value, 'Collection');
    default:
      return 'Type is not included in the list.';
  }
}

export const knownTypes = new Set([
  'json',
  'boolean',
  'number_integer',
  'number_decimal',
  'single_line_text_field',
  'multi_line_text_field',
  'date_time',
  'product_reference',
  'variant_reference',
  'collection_reference',
]);
export const sizeLimit = 2_000_000;
