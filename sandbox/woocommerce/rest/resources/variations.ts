import { z } from 'zod';
import type { WooProduct, WooVariation } from '../../model.ts';
import { ok, RestError } from '../answer.ts';
import { byDate, list } from '../listing.ts';
import { listParam, type RestContext } from '../request.ts';
import { variationView } from '../views/product.ts';
import { mergeMeta, metaInput, parseBody } from './meta.ts';
import { assertSkuFree } from './product-fields.ts';
import { createdAt, isForced, routesOf, type Handler } from './route.ts';

const priceText = z.union([z.string(), z.number()]).transform(String);
const input = z.object({
  status: z.enum(['publish', 'private']).optional(),
  description: z.string().optional(),
  sku: z.string().optional(),
  regular_price: priceText.optional(),
  sale_price: priceText.optional(),
  manage_stock: z.boolean().optional(),
  stock_quantity: z.number().nullish(),
  backorders: z.enum(['no', 'notify', 'yes']).optional(),
  menu_order: z.number().optional(),
  attributes: z
    .array(z.object({ id: z.number().default(0), name: z.string().default(''), option: z.string() }))
    .optional(),
  meta_data: metaInput.optional(),
});

function parentOf(context: RestContext, id: number): WooProduct {
  const parent = context.store.product(id);
  if (parent === null) throw new RestError('woocommerce_rest_product_invalid_id', 'Invalid product ID.', 404);
  return parent;
}

function variationOf(context: RestContext, parentId: number, id: number): WooVariation {
  const variation = context.store.variations.get(id);
  if (variation?.parentId !== parentId)
    throw new RestError('woocommerce_rest_product_variation_invalid_id', 'Invalid ID.', 404);
  return variation;
}

const all: Handler = (context, request, [parentId = 0]) => {
  const parent = parentOf(context, parentId);
  const statuses = listParam(request.query, 'status');
  return list(context, request, {
    rows: parent.variationIds
      .flatMap((id) => context.store.variations.get(id) ?? [])
      .filter(({ status }) => statuses.length === 0 || statuses.includes('any') || statuses.includes(status)),
    orderby: ['date', 'id', 'include', 'title', 'slug', 'modified', 'menu_order'],
    compare: { ...byDate, menu_order: (a, b) => a.menuOrder - b.menuOrder },
    view: (variation) => variationView(context, variation),
  });
};

const read: Handler = (context, _request, [parentId = 0, id = 0]) =>
  ok(variationView(context, variationOf(context, parentId, id)));

const create: Handler = (context, request, [parentId = 0]) => {
  const { store } = context;
  const parent = parentOf(context, parentId);
  const at = store.stamp();
  const id = store.nextId();
  const blank: WooVariation = {
    id,
    parentId,
    status: 'publish',
    sku: '',
    regularPrice: '',
    salePrice: '',
    description: '',
    manageStock: false,
    stockQuantity: null,
    backorders: 'no',
    menuOrder: parent.variationIds.length + 1,
    attributes: [],
    metaData: [],
    createdAt: at,
    updatedAt: at,
  };
  const variation = changed(context, blank, parseBody(input, request.body));
  store.commit([
    { table: 'variations', id, record: variation },
    {
      table: 'products',
      id: parentId,
      record: { ...parent, variationIds: [...parent.variationIds, id], updatedAt: at },
    },
  ]);
  return createdAt(context, `/wc/v3/products/${parentId.toString()}/variations`, id, variationView(context, variation));
};

const update: Handler = (context, request, [parentId = 0, id = 0]) => {
  const known = variationOf(context, parentId, id);
  const next = changed(context, known, parseBody(input, request.body));
  return ok(variationView(context, context.store.put('variations', { ...next, updatedAt: context.store.stamp() })));
};

const remove: Handler = (context, request, [parentId = 0, id = 0]) => {
  const { store } = context;
  const parent = parentOf(context, parentId);
  const known = variationOf(context, parentId, id);
  if (!isForced(request))
    throw new RestError(
      'woocommerce_rest_trash_not_supported',
      'The product_variation does not support trashing.',
      501,
    );
  store.commit([
    { table: 'variations', id, record: null },
    {
      table: 'products',
      id: parentId,
      record: {
        ...parent,
        variationIds: parent.variationIds.filter((other) => other !== id),
        updatedAt: store.stamp(),
      },
    },
  ]);
  return ok(variationView(context, known));
};

function changed(context: RestContext, known: WooVariation, fields: z.infer<typeof input>): WooVariation {
  if (fields.sku !== undefined && fields.sku !== '') assertSkuFree(context, fields.sku, known.id);
  return {
    ...known,
    status: fields.status ?? known.status,
    description: fields.description ?? known.description,
    sku: fields.sku ?? known.sku,
    regularPrice: fields.regular_price ?? known.regularPrice,
    salePrice: fields.sale_price ?? known.salePrice,
    manageStock: fields.manage_stock ?? known.manageStock,
    stockQuantity: fields.stock_quantity === undefined ? known.stockQuantity : fields.stock_quantity,
    backorders: fields.backorders ?? known.backorders,
    menuOrder: fields.menu_order ?? known.menuOrder,
    attributes: fields.attributes ?? known.attributes,
    metaData: mergeMeta(known.metaData, fields.meta_data ?? [], () => context.store.nextId()),
  };
}

export const variationRoutes = routesOf({
  path: '/wc/v3/products/:id/variations',
  list: all,
  read,
  create,
  update,
  remove,
});
