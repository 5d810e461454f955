import { z } from 'zod';
import type { PlatformProduct, PlatformVariant } from '#app/platforms/platform.ts';
import { toPlainText } from './plain-text.ts';
import { amountOf, count, gmt, listOf, meta, metaText, pictureUrl, recordId, text } from './values.ts';

/** Plugins that keep what a product costs, where WooCommerce's own cost of goods is not in use. */
const costKeys = ['_wc_cog_cost', '_alg_wc_cog_cost'] as const;

const term = z.object({ id: recordId, name: text, slug: text });
const cost = z
  .object({ total_value: z.union([z.number(), z.string()]).nullish() })
  .nullish()
  .catch(null);

const sellable = {
  id: recordId,
  sku: text,
  price: text,
  regular_price: text,
  // 'parent' for a variation whose product counts for all of them.
  manage_stock: z.union([z.boolean(), z.literal('parent')]).catch(false),
  stock_quantity: count(0),
  stock_status: text,
  backorders_allowed: z.boolean().catch(false),
  cost_of_goods_sold: cost,
  meta_data: meta,
};

/** A product as the list and the single route say it. Only the id is relied on. */
export const wooProduct = z.object({
  ...sellable,
  type: text,
  name: text,
  slug: text,
  description: text,
  short_description: text,
  status: text,
  catalog_visibility: text,
  post_password: text,
  purchasable: z.boolean().catch(true),
  categories: listOf(term),
  tags: listOf(term),
  brands: listOf(term),
  attributes: listOf(z.object({ name: text, options: listOf(text), variation: z.boolean().catch(false) })),
  images: listOf(z.object({ src: pictureUrl })),
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
});
export type WooProduct = z.infer<typeof wooProduct>;

export const wooVariation = z.object({
  ...sellable,
  status: text,
  name: text,
  attributes: listOf(z.object({ name: text, option: text })),
  image: z.object({ src: pictureUrl }).nullish().catch(null),
});
export type WooVariation = z.infer<typeof wooVariation>;

/**
 * To be edited, a product has the prices that the merchant typed in. To be looked at, they are those that plugins make of
 * them for whoever asks: a currency switcher goes by the address of the asking computer.
 */
const fieldsOf = (shape: object) => ({
  context: 'edit',
  _fields: Object.keys(shape).join(','),
  include_meta: costKeys.join(','),
});
/** What is asked for: pages of products carry the whole text of page builders otherwise. */
export const productFields = fieldsOf(wooProduct.shape);
export const variationFields = fieldsOf(wooVariation.shape);

export const hasVariations = (product: WooProduct): boolean =>
  product.type === 'variable' || product.type === 'variable-subscription';

/**
 * WordPress' shortcodes, as a text that is edited has them: `[row width="full"]`, `[/row]`, `[vc_row]`. A word in brackets
 * may be just that.
 */
const withoutShortcodes = (description: string): string =>
  description.replace(
    /\[\/[\w-]{1,60}\]|\[[\w-]{1,60}\s[^\]=]{0,100}=[^\]]{0,500}\]|\[\w{1,40}[_-][\w-]{1,40}\]/g,
    ' ',
  );

const states: Readonly<Record<string, PlatformProduct['status']>> = { publish: 'active', trash: 'archived' };

function toVariant(
  node: WooProduct | WooVariation,
  values: Pick<PlatformVariant, 'title' | 'position' | 'imageUrl'>,
  currency: string,
): PlatformVariant {
  const priceMinor = amountOf(node.price, currency) ?? 0;
  const regular = amountOf(node.regular_price, currency);
  const costs = [node.cost_of_goods_sold?.total_value, ...costKeys.map((key) => metaText(node.meta_data, key))];
  // 0 is what WooCommerce says of a product whose cost nobody entered.
  const known = costs.map((value) => amountOf(value, currency)).find((value) => value !== null && value > 0);
  const managed = node.manage_stock !== false;
  return {
    id: node.id,
    sku: toPlainText(node.sku),
    priceMinor: Math.max(0, priceMinor),
    compareAtMinor: regular !== null && regular > priceMinor ? regular : null,
    costMinor: known ?? null,
    stock: managed ? node.stock_quantity : node.stock_status === 'outofstock' ? 0 : null,
    sellWhenOutOfStock: managed ? node.backorders_allowed : node.stock_status === 'onbackorder',
    ...values,
  };
}

/** Prices of products are in the store's currency, as the merchant entered them. */
export function toProduct(node: WooProduct, variations: readonly WooVariation[], currency: string): PlatformProduct {
  const title = toPlainText(node.name);
  const sold = variations.filter((variation) => variation.status === '' || variation.status === 'publish');
  const created = node.date_created_gmt ?? node.date_modified_gmt ?? new Date(0);
  const term = ({ id, slug, name }: { id: string; slug: string; name: string }) => ({
    id,
    handle: slug,
    title: toPlainText(name),
  });
  const traits = node.attributes.flatMap(({ name, options, variation }) =>
    variation ? [] : options.map((option) => toPlainText(`${name}: ${option}`)),
  );
  return {
    id: node.id,
    handle: node.slug,
    title,
    description: toPlainText(withoutShortcodes(node.description === '' ? node.short_description : node.description)),
    productType: toPlainText(node.categories[0]?.name ?? ''),
    vendor: toPlainText(node.brands[0]?.name ?? ''),
    tags: [...new Set([...node.tags.map(({ name }) => toPlainText(name)), ...traits])].filter((tag) => tag !== ''),
    collections: node.categories.map(term),
    status: states[node.status] ?? 'draft',
    published:
      node.status === 'publish' &&
      node.catalog_visibility !== 'hidden' &&
      node.post_password === '' &&
      // Not to be had: no price, sold elsewhere, or a group of others.
      node.purchasable,
    giftCard: /gift[-_]?card/.test(node.type),
    imageUrl: node.images[0]?.src ?? null,
    createdAt: created,
    updatedAt: node.date_modified_gmt ?? created,
    variants: hasVariations(node)
      ? sold.map((variation, index) =>
          toVariant(
            variation,
            {
              title:
                toPlainText(variation.attributes.map(({ option }) => option).join(' / ') || variation.name) || title,
              position: index + 1,
              imageUrl: variation.image?.src ?? null,
            },
            currency,
          ),
        )
      : [toVariant(node, { title: '', position: 1, imageUrl: null }, currency)],
  };
}
