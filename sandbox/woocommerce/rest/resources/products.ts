import { z } from 'zod';
import type { WooProduct } from '../../model.ts';
import { ok, RestError } from '../answer.ts';
import { byDate, byText, list, type Row } from '../listing.ts';
import { idsParam, listParam, type RestContext } from '../request.ts';
import { priceOf, productView, variationAsProduct } from '../views/product.ts';
import { mergeMeta, metaInput, parseBody } from './meta.ts';
import { assertSkuFree, cleaned, slugOf } from './product-fields.ts';
import { createdAt, isForced, routesOf, type Handler } from './route.ts';

const term = z.array(z.object({ id: z.number().optional(), name: z.string().optional(), slug: z.string().optional() }));
const priceText = z.union([z.string(), z.number()]).transform(String);
const input = z.object({
  name: z.string().optional(),
  slug: z.string().optional(),
  type: z.enum(['simple', 'variable', 'grouped', 'external']).optional(),
  status: z.enum(['publish', 'draft', 'pending', 'private']).optional(),
  featured: z.boolean().optional(),
  description: z.string().optional(),
  short_description: z.string().optional(),
  sku: z.string().optional(),
  regular_price: priceText.optional(),
  sale_price: priceText.optional(),
  manage_stock: z.boolean().optional(),
  stock_quantity: z.number().nullish(),
  backorders: z.enum(['no', 'notify', 'yes']).optional(),
  menu_order: z.number().optional(),
  categories: term.optional(),
  tags: term.optional(),
  brands: term.optional(),
  attributes: z
    .array(
      z.object({
        id: z.number().default(0),
        name: z.string().default(''),
        position: z.number().default(0),
        visible: z.boolean().default(false),
        variation: z.boolean().default(false),
        options: z.array(z.string()).default([]),
      }),
    )
    .optional(),
  upsell_ids: z.array(z.number()).optional(),
  cross_sell_ids: z.array(z.number()).optional(),
  meta_data: metaInput.optional(),
});

const invalidId = (status: 400 | 404): RestError =>
  new RestError('woocommerce_rest_product_invalid_id', 'Invalid ID.', status);

const all: Handler = (context, request) => {
  const { store } = context;
  const { query } = request;
  const status = query.get('status') ?? 'any';
  const statuses = listParam(query, 'status');
  const skus = listParam(query, 'sku');
  const category = new Set(idsParam(query, 'category'));
  const tag = new Set(idsParam(query, 'tag'));
  const type = query.get('type');
  const slug = query.get('slug');
  const search = (query.get('search') ?? '').toLowerCase();
  const stock = query.get('stock_status');
  const wanted = (product: WooProduct): boolean =>
    (status === 'any' ? product.status !== 'trash' : statuses.includes(product.status)) &&
    (type === null || product.type === type) &&
    (slug === null || product.slug === slug) &&
    (category.size === 0 || product.categoryIds.some((id) => category.has(id))) &&
    (tag.size === 0 || product.tagIds.some((id) => tag.has(id))) &&
    (skus.length === 0 ||
      skus.includes(product.sku) ||
      product.variationIds.some((id) => skus.includes(store.variations.get(id)?.sku ?? ''))) &&
    (search === '' || product.name.toLowerCase().includes(search) || product.sku.toLowerCase().includes(search)) &&
    (stock === null || productView(context, product).stock_status === stock);
  return list(context, request, {
    rows: rows(context, filters.some((name) => query.has(name)) ? wanted : null),
    orderby: ['date', 'id', 'include', 'title', 'slug', 'modified', 'price', 'popularity', 'rating', 'menu_order'],
    compare: {
      ...byDate,
      title: byText((row) => productOf(context, row).name),
      slug: byText((row) => productOf(context, row).slug),
      price: (a, b) => Number(priceOf(productOf(context, a))) - Number(priceOf(productOf(context, b))),
      popularity: (a, b) => productOf(context, a).totalSales - productOf(context, b).totalSales,
      menu_order: (a, b) => productOf(context, a).menuOrder - productOf(context, b).menuOrder,
    },
    view: (row) => productView(context, productOf(context, row)),
  });
};

const filters = ['status', 'type', 'slug', 'category', 'tag', 'sku', 'search', 'stock_status'];

/**
 * Three fields of each product that is wanted, null = each that is not in the trash. Products that are made when
 * they are read are let go again, and are made only where a filter looks at them.
 */
function* rows(context: RestContext, wanted: ((product: WooProduct) => boolean) | null): Iterable<Row> {
  const { store } = context;
  for (const product of store.products.values())
    if (wanted === null ? product.status !== 'trash' : wanted(product)) yield product;
  for (const id of store.fabricated.ids()) {
    const product = wanted === null ? null : store.fabricated.product(id);
    if (product !== null && wanted?.(product) === false) continue;
    const at = store.fabricated.madeAt(id);
    yield { id, createdAt: at, updatedAt: at };
  }
}

function productOf(context: RestContext, row: Row): WooProduct {
  const product = context.store.product(row.id);
  if (product === null) throw new Error(`product ${row.id.toString()} is gone`);
  return product;
}

const read: Handler = (context, _request, [id = 0]) => {
  const product = context.store.product(id);
  if (product !== null) return ok(productView(context, product));
  const variation = context.store.variations.get(id);
  if (variation !== undefined) return ok(variationAsProduct(context, variation));
  throw invalidId(404);
};

const blank = {
  type: 'simple',
  status: 'publish',
  name: 'Product',
  shortDescription: '',
  description: '',
  featured: false,
  sku: '',
  regularPrice: '',
  salePrice: '',
  manageStock: false,
  stockQuantity: null,
  backorders: 'no',
  menuOrder: 0,
  categoryIds: [],
  tagIds: [],
  brandIds: [],
  attributes: [],
  variationIds: [],
  upsellIds: [],
  crossSellIds: [],
  totalSales: 0,
  picture: null,
  metaData: [],
} as const satisfies Partial<WooProduct> | object;

const create: Handler = (context, request) => {
  const { store } = context;
  const fields = parseBody(input, request.body);
  const at = store.stamp();
  const id = store.nextId();
  const plain: WooProduct = {
    ...(structuredClone(blank) as unknown as Omit<WooProduct, 'id' | 'slug' | 'createdAt' | 'updatedAt'>),
    id,
    slug: slugOf(fields.slug ?? fields.name ?? 'product'),
    createdAt: at,
    updatedAt: at,
  };
  const product = store.put('products', changed(context, plain, fields));
  return createdAt(context, '/wc/v3/products', id, productView(context, product));
};

const update: Handler = (context, request, [id = 0]) => {
  const { store } = context;
  if (store.variations.has(id))
    throw new RestError(
      'woocommerce_rest_invalid_product_id',
      'To manipulate product variations you should use the /products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.',
      404,
    );
  const known = store.product(id);
  if (known === null) throw invalidId(400);
  const next = changed(context, known, parseBody(input, request.body));
  return ok(productView(context, store.put('products', { ...next, updatedAt: store.stamp() })));
};

const remove: Handler = (context, request, [id = 0]) => {
  const { store } = context;
  const known = store.product(id);
  if (known === null) throw invalidId(404);
  const answer = ok(productView(context, known));
  if (isForced(request)) {
    store.commit([
      { table: 'products', id, record: null },
      ...known.variationIds.map((variation) => ({ table: 'variations' as const, id: variation, record: null })),
    ]);
    return answer;
  }
  if (known.status === 'trash')
    throw new RestError('woocommerce_rest_already_trashed', 'The product has already been deleted.', 410);
  store.put('products', { ...known, status: 'trash', updatedAt: store.stamp() });
  return answer;
};

function changed(context: RestContext, known: WooProduct, fields: z.infer<typeof input>): WooProduct {
  const { store } = context;
  if (fields.sku !== undefined && fields.sku !== '') assertSkuFree(context, fields.sku, known.id);
  const termIds = (table: 'categories' | 'tags' | 'brands', given: z.infer<typeof term> | undefined, now: number[]) =>
    given === undefined
      ? now
      : given.flatMap((entry) =>
          entry.id === undefined
            ? [...store[table].values()].filter(({ name }) => name === entry.name).map(({ id }) => id)
            : store[table].has(entry.id)
              ? [entry.id]
              : [],
        );
  return {
    ...known,
    name: cleaned(fields.name) ?? known.name,
    slug: fields.slug ?? known.slug,
    type: fields.type ?? known.type,
    status: fields.status ?? known.status,
    featured: fields.featured ?? known.featured,
    description: cleaned(fields.description) ?? known.description,
    shortDescription: cleaned(fields.short_description) ?? known.shortDescription,
    sku: fields.sku ?? known.sku,
    regularPrice: fields.regular_price ?? known.regularPrice,
    salePrice: fields.sale_price ?? known.salePrice,
    manageStock: fields.manage_stock ?? known.manageStock,
    stockQuantity: fields.stock_quantity === undefined ? known.stockQuantity : fields.stock_quantity,
    backorders: fields.backorders ?? known.backorders,
    menuOrder: fields.menu_order ?? known.menuOrder,
    categoryIds: termIds('categories', fields.categories, known.categoryIds),
    tagIds: termIds('tags', fields.tags, known.tagIds),
    brandIds: termIds('brands', fields.brands, known.brandIds),
    attributes: fields.attributes ?? known.attributes,
    upsellIds: fields.upsell_ids ?? known.upsellIds,
    crossSellIds: fields.cross_sell_ids ?? known.crossSellIds,
    metaData: mergeMeta(known.metaData, fields.meta_data ?? [], () => store.nextId()),
  };
}

export const productRoutes = routesOf({ path: '/wc/v3/products', list: all, read, create, update, remove });
