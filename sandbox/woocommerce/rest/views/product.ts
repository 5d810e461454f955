import type { WooProduct, WooVariation } from '../../model.ts';
import type { RestContext } from '../request.ts';
import { dates } from './dates.ts';

/** A sold thing's own numbers: what it costs now and whether it can be had. */
function offer(item: WooProduct | WooVariation) {
  const price = item.salePrice === '' ? item.regularPrice : item.salePrice;
  const stocked = !item.manageStock || (item.stockQuantity ?? 0) > 0;
  const backorders = item.manageStock && item.backorders !== 'no';
  return {
    price,
    onSale: item.salePrice !== '',
    stockStatus: stocked ? 'instock' : backorders ? 'onbackorder' : 'outofstock',
    backorders,
  };
}

export const canBeBought = (item: WooProduct | WooVariation): boolean =>
  item.status === 'publish' && offer(item).price !== '' && offer(item).stockStatus !== 'outofstock';

/** What a shopper pays for one, before tax is split off; '' = not for sale. */
export const priceOf = (item: WooProduct | WooVariation): string => offer(item).price;

const lowest = (prices: readonly string[]): string =>
  prices.filter((price) => price !== '').sort((a, b) => Number(a) - Number(b))[0] ?? '';

export function permalink(context: RestContext, product: WooProduct): string {
  const site = context.siteUrl();
  return context.restUrl('').includes('rest_route') || product.status !== 'publish'
    ? `${site}/?post_type=product&p=${product.id.toString()}`
    : `${site}/product/${product.slug}/`;
}

/** A product's picture as WooCommerce names a file of the media library; null where it has none. */
export function imageOf(context: RestContext, product: WooProduct) {
  if (product.picture === null) return null;
  return {
    id: product.id + 1_000_000,
    ...dates('date_created', product.createdAt, context.store.site.timeZone),
    ...dates('date_modified', product.createdAt, context.store.site.timeZone),
    src: `${context.siteUrl()}/wp-content/uploads/${product.slug}-${product.id.toString()}.svg`,
    name: product.slug,
    alt: '',
  };
}

const emptySale = {
  date_on_sale_from: null,
  date_on_sale_from_gmt: null,
  date_on_sale_to: null,
  date_on_sale_to_gmt: null,
};
const emptyShipping = {
  weight: '',
  dimensions: { length: '', width: '', height: '' },
  shipping_class: '',
  shipping_class_id: 0,
};

export function productView(context: RestContext, product: WooProduct) {
  const { store } = context;
  const { timeZone } = store.site;
  const variations = product.variationIds.flatMap((id) => store.variations.get(id) ?? []);
  const now = offer(product);
  const price = product.type === 'variable' ? lowest(variations.map(priceOf)) : now.price;
  const stockStatus =
    product.type === 'variable' && !product.manageStock
      ? variations.some((variation) => offer(variation).stockStatus === 'instock')
        ? 'instock'
        : 'outofstock'
      : now.stockStatus;
  const image = imageOf(context, product);
  const terms = (table: 'categories' | 'tags' | 'brands', ids: readonly number[]) =>
    ids.flatMap((id) => {
      const term = store[table].get(id);
      return term === undefined ? [] : [{ id, name: term.name, slug: term.slug }];
    });
  return {
    id: product.id,
    name: product.name,
    slug: product.slug,
    permalink: permalink(context, product),
    ...dates('date_created', product.createdAt, timeZone),
    ...dates('date_modified', product.updatedAt, timeZone),
    type: product.type,
    status: product.status,
    featured: product.featured,
    catalog_visibility: 'visible',
    description: product.description,
    short_description: product.shortDescription,
    sku: product.sku,
    price,
    regular_price: product.type === 'variable' ? '' : product.regularPrice,
    sale_price: product.salePrice,
    ...emptySale,
    on_sale: product.type === 'variable' ? variations.some((variation) => offer(variation).onSale) : now.onSale,
    purchasable: price !== '' && product.status === 'publish',
    total_sales: product.totalSales,
    virtual: false,
    downloadable: false,
    downloads: [],
    download_limit: -1,
    download_expiry: -1,
    external_url: '',
    button_text: '',
    tax_status: 'taxable',
    tax_class: '',
    manage_stock: product.manageStock,
    stock_quantity: product.manageStock ? product.stockQuantity : null,
    backorders: product.backorders,
    backorders_allowed: now.backorders,
    backordered: stockStatus === 'onbackorder',
    low_stock_amount: null,
    sold_individually: false,
    ...emptyShipping,
    shipping_required: true,
    shipping_taxable: true,
    reviews_allowed: true,
    average_rating: '0.00',
    rating_count: 0,
    upsell_ids: product.upsellIds,
    cross_sell_ids: product.crossSellIds,
    parent_id: 0,
    purchase_note: '',
    categories: terms('categories', product.categoryIds),
    brands: terms('brands', product.brandIds),
    tags: terms('tags', product.tagIds),
    images: image === null ? [] : [image],
    attributes: product.attributes.map((attribute) => ({
      id: attribute.id,
      name: attribute.name,
      slug: attribute.id === 0 ? attribute.name : (store.attributes.get(attribute.id)?.slug ?? attribute.name),
      position: attribute.position,
      visible: attribute.visible,
      variation: attribute.variation,
      options: attribute.options,
    })),
    default_attributes: [],
    variations: product.variationIds,
    grouped_products: [],
    menu_order: product.menuOrder,
    price_html: price === '' ? '' : `<span class="woocommerce-Price-amount amount"><bdi>${price}</bdi></span>`,
    related_ids: [],
    meta_data: product.metaData,
    stock_status: stockStatus,
    has_options: product.type === 'variable',
    post_password: '',
    global_unique_id: '',
    _links: links(context, 'products', product.id),
  };
}

export function variationView(context: RestContext, variation: WooVariation) {
  const { timeZone } = context.store.site;
  const now = offer(variation);
  const parent = context.store.product(variation.parentId);
  return {
    id: variation.id,
    type: 'variation',
    ...dates('date_created', variation.createdAt, timeZone),
    ...dates('date_modified', variation.updatedAt, timeZone),
    description: variation.description,
    permalink: parent === null ? '' : permalink(context, parent),
    sku: variation.sku,
    global_unique_id: '',
    price: now.price,
    regular_price: variation.regularPrice,
    sale_price: variation.salePrice,
    ...emptySale,
    on_sale: now.onSale,
    status: variation.status,
    purchasable: variation.status === 'publish' && now.price !== '',
    virtual: false,
    downloadable: false,
    downloads: [],
    download_limit: -1,
    download_expiry: -1,
    tax_status: 'taxable',
    tax_class: '',
    manage_stock: variation.manageStock,
    stock_quantity: variation.manageStock ? variation.stockQuantity : null,
    stock_status: now.stockStatus,
    backorders: variation.backorders,
    backorders_allowed: now.backorders,
    backordered: now.stockStatus === 'onbackorder',
    low_stock_amount: null,
    ...emptyShipping,
    image: parent === null ? null : imageOf(context, parent),
    gallery_image_ids: [],
    attributes: variation.attributes.map((attribute) => ({
      id: attribute.id,
      name: attribute.name,
      slug: context.store.attributes.get(attribute.id)?.slug ?? attribute.name,
      option: attribute.option,
    })),
    menu_order: variation.menuOrder,
    meta_data: variation.metaData,
    name: variation.attributes.map((attribute) => attribute.option).join(', '),
    parent_id: variation.parentId,
    _links: links(context, `products/${variation.parentId.toString()}/variations`, variation.id),
  };
}

/** A variation asked for as a product, which is what a webhook's body for one is. */
export function variationAsProduct(context: RestContext, variation: WooVariation) {
  const parent = context.store.product(variation.parentId);
  if (parent === null) return variationView(context, variation);
  const options = variation.attributes.map((attribute) => attribute.option).join(', ');
  return {
    ...productView(context, { ...parent, ...variation, type: 'simple', variationIds: [], attributes: [] }),
    ...variationView(context, variation),
    name: `${parent.name} - ${options}`,
    slug: `${parent.slug}-${options.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    _links: links(context, 'products', variation.id),
  };
}

export const links = (context: RestContext, collection: string, id: number) => ({
  self: [{ href: context.restUrl(`/wc/v3/${collection}/${id.toString()}`) }],
  collection: [{ href: context.restUrl(`/wc/v3/${collection}`) }],
});
