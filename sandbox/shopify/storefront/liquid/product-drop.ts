import type { SandboxProduct, SandboxStore, SandboxVariant } from '../../model.ts';
import { metafieldsDrop } from './metafields.ts';
import { toHundredths } from './money-format.ts';

/** Liquid's ids are numbers; one beyond JavaScript's exact range stays text here. */
export function liquidId(id: string): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}

/** True when at least one more can be bought. */
export function isAvailable(variant: SandboxVariant): boolean {
  return !variant.tracked || variant.inventoryPolicy === 'CONTINUE' || variant.inventoryQuantity > 0;
}

/** Liquid's `variant`. */
export function variantDrop(product: SandboxProduct, variant: SandboxVariant) {
  return {
    id: liquidId(variant.id),
    title: variant.title,
    sku: variant.sku,
    price: toHundredths(variant.price),
    compare_at_price: variant.compareAtPrice === null ? null : toHundredths(variant.compareAtPrice),
    available: isAvailable(variant),
    inventory_management: variant.tracked ? 'shopify' : null,
    inventory_policy: variant.inventoryPolicy.toLowerCase(),
    inventory_quantity: variant.inventoryQuantity,
    url: `/products/${product.handle}?variant=${variant.id}`,
  };
}

/**
 * Liquid's `product`. What leads to other objects is read when asked for, because metafields refer to products
 * and products have metafields. `selected` is the variant in the address, if any.
 */
export function productDrop(store: SandboxStore, product: SandboxProduct, selected?: string) {
  const variants = [...product.variants].sort((a, b) => a.position - b.position);
  const drops = variants.map((variant) => variantDrop(product, variant));
  const prices = drops.map((variant) => variant.price);
  const chosen =
    drops.find((variant) => String(variant.id) === selected) ??
    drops.find((variant) => variant.available) ??
    drops[0] ??
    null;
  return {
    id: liquidId(product.id),
    handle: product.handle,
    title: product.title,
    description: product.descriptionHtml,
    type: product.productType,
    vendor: product.vendor,
    tags: product.tags,
    url: `/products/${product.handle}`,
    available: drops.some((variant) => variant.available),
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    price_varies: new Set(prices).size > 1,
    compare_at_price: chosen?.compare_at_price ?? null,
    featured_image: product.imageUrl === null ? null : { src: product.imageUrl, alt: product.title },
    variants: drops,
    has_only_default_variant: variants.length === 1 && variants[0]?.title === 'Default Title',
    selected_or_first_available_variant: chosen,
    first_available_variant: drops.find((variant) => variant.available) ?? null,
    get collections() {
      return [...store.collections.values()]
        .filter(({ id }) => product.collectionIds.includes(id))
        .map(({ id, title, handle }) => ({ id: liquidId(id), title, handle }));
    },
    get metafields() {
      return metafieldsDrop(store, `gid://shopify/Product/${product.id}`, (other) => productDrop(store, other));
    },
  };
}
