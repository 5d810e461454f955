import { hashText } from '../../shopify/generator/random.ts';
import type { SandboxProduct } from '../../shopify/model.ts';
import { decimalsOf } from '../../shopify/money.ts';
import type { BaseData } from '../../shopify/store.ts';
import type { TaxMode, WooAttribute, WooProduct, WooSite, WooTerm, WooVariation } from '../model.ts';
import type { WooBaseData } from '../store.ts';
import { seconds } from '../site-time.ts';
import { makeWooCustomers } from './customers.ts';
import { makeWooOrders } from './orders.ts';

export interface PastOptions {
  readonly title: string;
  readonly timeZone: string | null;
  readonly tax: TaxMode;
  /** share of orders in another currency than the store's, 0 to 1 */
  readonly foreignOrders: number;
  /** share of refunds that name an amount and no lines, 0 to 1 */
  readonly refundsWithoutLines: number;
  /** some names hold markup, a script or broken characters */
  readonly oddNames: boolean;
}

/** What the catalogue's numbers of the other platform are here. */
export interface IdMap {
  readonly product: ReadonlyMap<string, number>;
  /** to the variation, or to 0 where the product is simple */
  readonly variation: ReadonlyMap<string, number>;
  readonly name: ReadonlyMap<string, string>;
}

const sizeAttribute = 1;

/** The same past as the pretend Shopify store of that seed or order file, as WooCommerce would hold it. */
export function wooFromPast(past: BaseData, options: PastOptions): WooBaseData {
  let id = 10;
  const nextId = (): number => (id += 1);
  let item = 0;
  const site: WooSite = {
    title: options.title,
    adminEmail: past.shop.email,
    currency: past.shop.currency,
    decimals: decimalsOf(past.shop.currency),
    timeZone: options.timeZone ?? past.shop.timeZone,
    country: past.shop.currency === 'GBP' ? 'GB' : 'DE',
    tax: options.tax,
    taxRate: 20,
  };
  let term = 15;
  const termFor = (name: string): WooTerm => ({
    id: (term += 1),
    name,
    slug: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    parent: 0,
    description: '',
    menuOrder: 0,
  });
  const collectTerms = (names: Iterable<string>): Map<string, WooTerm> =>
    new Map([...new Set(names)].sort().map((name) => [name, termFor(name)]));
  const categories = new Map(past.collections.map((collection) => [collection.id, termFor(collection.title)]));
  const tags = collectTerms(past.products.flatMap((product) => product.tags));
  const brands = collectTerms(past.products.map((product) => product.vendor));
  const sizes = collectTerms(
    past.products.flatMap((product) => (product.variants.length > 1 ? product.variants.map(({ title }) => title) : [])),
  );
  const attributes: WooAttribute[] = [{ id: sizeAttribute, name: 'Size', slug: 'pa_size', terms: [...sizes.values()] }];
  const products: WooProduct[] = [];
  const variations: WooVariation[] = [];
  const productIds = new Map<string, number>();
  const variationIds = new Map<string, number>();
  const names = new Map<string, string>();
  for (const [index, product] of past.products.entries()) {
    const made = makeProduct(product, options.oddNames ? index : null, nextId, {
      category: (key) => categories.get(key)?.id ?? null,
      tag: (key) => tags.get(key)?.id ?? null,
      brand: (key) => brands.get(key)?.id ?? null,
    });
    products.push(made.product);
    variations.push(...made.variations);
    productIds.set(product.id, made.product.id);
    names.set(product.id, made.product.name);
    for (const [at, variant] of product.variants.entries()) variationIds.set(variant.id, made.variations[at]?.id ?? 0);
  }
  const people = makeWooCustomers(past.customers, site);
  const { orders, refunds } = makeWooOrders(past, {
    site,
    options,
    nextId,
    nextItem: () => (item += 1),
    ids: { product: productIds, variation: variationIds, name: names },
    customers: people.byOldId,
  });
  return {
    site,
    products,
    variations,
    categories: [...categories.values()],
    tags: [...tags.values()],
    brands: [...brands.values()],
    attributes,
    customers: people.customers,
    orders,
    refunds,
    coupons: [],
    nextId: Math.max(id, item),
  };
}

interface Terms {
  readonly category: (key: string) => number | null;
  readonly tag: (key: string) => number | null;
  readonly brand: (key: string) => number | null;
}
const known = (ids: readonly (number | null)[]): number[] => ids.filter((id): id is number => id !== null);

/** Names as merchants and their import files really leave them. */
function oddName(name: string, index: number): string {
  if (index % 7 === 1) return `<b>${name}</b> &amp; more`;
  if (index % 7 === 2) return `${name}<script>window.trellisWasHere = true</script>`;
  if (index % 7 === 3) return `${name} \uFFFD\uFFFDge`;
  if (index % 7 === 4) return `"${name}" — 50% d’été 🎁`;
  // A database may hold signs that no text field takes.
  if (index % 7 === 5) return `${name}\u0000\u0008`;
  return name;
}

function makeProduct(
  from: SandboxProduct,
  oddIndex: number | null,
  nextId: () => number,
  terms: Terms,
): { product: WooProduct; variations: WooVariation[] } {
  const id = nextId();
  const createdAt = seconds(from.createdAt);
  const variable = from.variants.length > 1;
  const first = from.variants[0];
  const priceOf = (
    variant: SandboxProduct['variants'][number] | undefined,
  ): Pick<WooProduct, 'regularPrice' | 'salePrice'> =>
    variant === undefined
      ? { regularPrice: '', salePrice: '' }
      : {
          regularPrice: variant.compareAtPrice ?? variant.price,
          salePrice: variant.compareAtPrice === null ? '' : variant.price,
        };
  const costOf = (variant: SandboxProduct['variants'][number] | undefined) =>
    variant?.unitCost === null || variant === undefined
      ? []
      : [{ id: id * 10 + variant.position, key: '_wc_cog_cost', value: variant.unitCost }];
  const dates = { createdAt, updatedAt: createdAt };
  const variations = variable
    ? from.variants.map((variant): WooVariation => ({
        id: nextId(),
        parentId: id,
        status: 'publish',
        sku: variant.sku,
        ...priceOf(variant),
        description: '',
        manageStock: variant.tracked,
        stockQuantity: variant.tracked ? variant.inventoryQuantity : null,
        backorders: variant.inventoryPolicy === 'CONTINUE' ? 'yes' : 'no',
        menuOrder: variant.position,
        attributes: [{ id: sizeAttribute, name: 'Size', option: variant.title }],
        metaData: costOf(variant),
        ...dates,
      }))
    : [];
  const product: WooProduct = {
    id,
    type: variable ? 'variable' : 'simple',
    status: from.status === 'ACTIVE' ? 'publish' : 'draft',
    name: oddIndex === null ? from.title : oddName(from.title, oddIndex),
    slug: from.handle,
    description: `${from.descriptionHtml}\n`,
    shortDescription: '',
    featured: hashText(from.id) % 20 === 0,
    sku: variable ? `P-${from.variants[0]?.sku ?? from.handle}` : (first?.sku ?? ''),
    ...(variable ? { regularPrice: '', salePrice: '' } : priceOf(first)),
    manageStock: !variable && (first?.tracked ?? false),
    stockQuantity: !variable && first?.tracked === true ? first.inventoryQuantity : null,
    backorders: 'no',
    menuOrder: 0,
    categoryIds: known(from.collectionIds.map(terms.category)),
    tagIds: known(from.tags.map(terms.tag)),
    brandIds: known([terms.brand(from.vendor)]),
    attributes: variable
      ? [
          {
            id: sizeAttribute,
            name: 'Size',
            options: from.variants.map(({ title }) => title),
            variation: true,
            visible: true,
            position: 0,
          },
        ]
      : [],
    variationIds: variations.map((variation) => variation.id),
    upsellIds: [],
    crossSellIds: [],
    totalSales: 0,
    picture: from.productType,
    metaData: variable ? [] : costOf(first),
    ...dates,
  };
  return { product, variations };
}
