import type { WooCustomer, WooProduct, WooVariation } from '../model.ts';
import { canBeBought, imageOf, permalink, priceOf } from '../rest/views/product.ts';
import { symbolOf } from '../rest/views/order.ts';
import type { WooSide } from '../side.ts';
import type { priceCart } from '../storefront/cart.ts';
import { plainName } from '../storefront/names.ts';
import { metaTextOf } from './access.ts';
import { readPlugin } from './state.ts';

/** Liquid's unit: hundredths of the main unit in every currency. */
const hundredths = (decimal: string): number => Math.round(Number(decimal) * 100);
const fromMinor = (side: WooSide, minor: number): number => Math.round((minor * 100) / 10 ** side.store.site.decimals);

/** `€{{amount|2|,|.}}`: how this shop writes amounts, for the widgets' texts and scripts. */
export const moneyPattern = ({ store }: WooSide): string =>
  `${symbolOf(store.site.currency)}{{amount|${store.site.decimals.toString()}||.}}`;

function variantDrop(side: WooSide, product: WooProduct, sold: WooProduct | WooVariation) {
  const regular = sold.salePrice === '' ? null : hundredths(sold.regularPrice);
  return {
    id: sold.id,
    title: 'parentId' in sold ? sold.attributes.map(({ option }) => option).join(' / ') : plainName(product.name),
    sku: sold.sku,
    price: hundredths(priceOf(sold)),
    compare_at_price: regular,
    available: canBeBought(sold),
    inventory_management: sold.manageStock ? 'woocommerce' : null,
    inventory_policy: sold.backorders === 'no' ? 'deny' : 'continue',
    inventory_quantity: sold.stockQuantity ?? 0,
    url: new URL(permalink(side.context, product)).pathname,
  };
}

function soldOf(side: WooSide, product: WooProduct): (WooProduct | WooVariation)[] {
  if (product.type !== 'variable') return [product];
  return product.variationIds.flatMap((id) => side.store.variations.get(id) ?? []);
}

/** Liquid's `product`. Other products are made when they are asked for: they refer to each other. */
export function productDrop(side: WooSide, product: WooProduct) {
  const variants = soldOf(side, product).map((sold) => variantDrop(side, product, sold));
  const prices = variants.map(({ price }) => price);
  const chosen = variants.find(({ available }) => available) ?? variants[0] ?? null;
  const image = imageOf(side.context, product);
  return {
    id: product.id,
    handle: product.slug,
    title: plainName(product.name),
    url: new URL(permalink(side.context, product)).pathname,
    available: variants.some(({ available }) => available),
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    price_varies: new Set(prices).size > 1,
    compare_at_price: chosen?.compare_at_price ?? null,
    featured_image: image && { src: new URL(image.src).pathname, alt: plainName(product.name) },
    variants,
    collections: product.categoryIds.map((id) => ({ id })),
    has_only_default_variant: product.type !== 'variable',
    selected_or_first_available_variant: chosen,
    first_available_variant: variants.find(({ available }) => available) ?? null,
    get metafields() {
      return { $app: productMeta(side, product) };
    },
  };
}

/** Published products by their ids, in that order. */
function named(side: WooSide, ids: unknown): unknown {
  if (!Array.isArray(ids)) return null;
  return ids.flatMap((id: unknown) => {
    const product = side.store.product(Number(id));
    return product?.status === 'publish' ? [productDrop(side, product)] : [];
  });
}

function productMeta(side: WooSide, product: WooProduct) {
  const list = (key: string): unknown => {
    const text = product.metaData.find((meta) => meta.key === `_trellis_${key}`)?.value;
    return typeof text === 'string' && text !== '' ? (JSON.parse(text) as unknown) : null;
  };
  return {
    get together() {
      return { value: named(side, list('together')) };
    },
    get similar() {
      return { value: named(side, list('similar')) };
    },
    get again() {
      return { value: list('again') };
    },
    get access() {
      return { value: list('access') };
    },
    get bundles() {
      return { value: list('bundles') };
    },
    /** every product that the bundles name */
    get bundle_products() {
      const bundles = (list('bundles') ?? []) as { items: { productId: string }[] }[];
      return { value: named(side, [...new Set(bundles.flatMap(({ items }) => items.map((item) => item.productId)))]) };
    },
  };
}

/** Liquid's `customer`: who is logged in, with what the app told of them. */
export const customerDrop = ({ id, metaData }: Pick<WooCustomer, 'id' | 'metaData'>) => ({
  id,
  metafields: {
    $app: {
      points: { value: Number(metaTextOf(metaData, '_trellis_points') || 0) },
      figure: { value: Number(metaTextOf(metaData, '_trellis_figure') || 0) },
      keys: { value: metaTextOf(metaData, '_trellis_keys') },
    },
  },
});

/** `app.metafields`: what was published shop-wide. */
export function shopMeta(side: WooSide) {
  const storefront = readPlugin(side.store)?.storefront ?? null;
  const goals = (storefront?.['goals'] ?? []) as { items: { productId: string }[] }[];
  const gifts = [...new Set(goals.flatMap(({ items }) => items.map(({ productId }) => productId)))];
  return {
    $app: {
      storefront: { value: storefront },
      get popular() {
        return { value: named(side, storefront?.['popular']) };
      },
      goals: { value: goals.length === 0 ? null : goals },
      earn: { value: storefront?.['earn'] ?? null },
      programme: { value: storefront?.['programme'] ?? null },
      get goal_products() {
        return { value: named(side, gifts) };
      },
    },
  };
}

/** Liquid's `cart`; null = a page that comes out of caches, which knows nobody's cart. */
export function cartDrop(side: WooSide, priced: ReturnType<typeof priceCart> | null) {
  const lines = priced?.lines ?? [];
  const liquid = (minor: number): number => fromMinor(side, minor);
  return {
    item_count: lines.reduce((sum, { line }) => sum + line.quantity, 0),
    currency: { iso_code: side.store.site.currency },
    attributes: {},
    original_total_price: liquid(priced?.goods ?? 0),
    total_price: liquid(priced ? priced.goods - priced.discount : 0),
    items: lines.map(({ line, product, sold, amount }, at) => ({
      key: at.toString(),
      product_id: product.id,
      variant_id: sold.id,
      title: plainName(product.name),
      quantity: line.quantity,
      properties: {},
      gift_card: false,
      price: liquid(amount / line.quantity),
      original_line_price: liquid(amount),
      final_line_price: liquid(amount - (priced?.offAt(at) ?? 0)),
      get product() {
        return productDrop(side, product);
      },
    })),
  };
}
