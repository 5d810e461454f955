import { variantsOf } from './availability.ts';
import type { BundleItem, BundleProduct } from './model.ts';

/** Messages by field path. */
export type Fields = Record<string, string>;

/** Each item must be in the catalog, must not be a gift card, and must not ask for what another of its role takes. */
export function validateItems(items: readonly BundleItem[], products: readonly BundleProduct[], fields: Fields): void {
  items.forEach((item, index) => {
    const product = products.find((candidate) => candidate.id === item.productId);
    const before = items.slice(0, index);
    const sameProduct = before.filter((other) => other.productId === item.productId && other.role === item.role);
    if (!product) fields[`items.${index}.productId`] = 'This product is no longer in the store';
    else if (product.giftCard) fields[`items.${index}.productId`] = 'Gift cards cannot be part of a bundle';
    else if (variantsOf(item, products).length === 0)
      fields[`items.${index}.variantId`] = 'This variant is no longer in the store';
    else if (sameProduct.some((other) => other.variantId === item.variantId))
      fields[`items.${index}.productId`] = 'This product is already in the bundle';
    else if (sameProduct.some((other) => other.variantId === null || item.variantId === null))
      fields[`items.${index}.variantId`] = 'Choose a variant: another row already takes any variant of this product';
  });
}
