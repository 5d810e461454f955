import { z } from 'zod';
import type { WooAttribute, WooProduct, WooTerm } from '../../model.ts';
import { ok, RestError } from '../answer.ts';
import { byText, list } from '../listing.ts';
import { flagParam, integerParam, type RestContext, type RestRequest } from '../request.ts';
import { links } from '../views/product.ts';
import { parseBody } from './meta.ts';
import { slugOf } from './product-fields.ts';
import { createdAt, isForced, routesOf, type Handler, type Route } from './route.ts';

type TermTable = 'categories' | 'tags' | 'brands';
const idsOf: Readonly<Record<TermTable, (product: WooProduct) => readonly number[]>> = {
  categories: (product) => product.categoryIds,
  tags: (product) => product.tagIds,
  brands: (product) => product.brandIds,
};
const input = z.object({
  name: z.string().optional(),
  slug: z.string().optional(),
  parent: z.number().optional(),
  description: z.string().optional(),
  menu_order: z.number().optional(),
});
const missing = (): RestError => new RestError('woocommerce_rest_term_invalid', 'Resource does not exist.', 404);

/** Terms have no dates; a list is sorted by its own columns alone. */
const dateless = { createdAt: '', updatedAt: '' } as const;

function termList<T extends WooTerm>(
  context: RestContext,
  request: RestRequest,
  terms: Iterable<T>,
  countOf: (term: T) => number,
  view: (term: T) => unknown,
) {
  const search = (request.query.get('search') ?? '').toLowerCase();
  const slug = request.query.get('slug');
  const parent = request.query.get('parent') === null ? null : integerParam(request.query, 'parent', 0, 0, null);
  const hideEmpty = flagParam(request.query, 'hide_empty');
  return list(context, request, {
    rows: [...terms]
      .filter(
        (term) =>
          (search === '' || term.name.toLowerCase().includes(search)) &&
          (slug === null || term.slug === slug) &&
          (parent === null || term.parent === parent) &&
          (!hideEmpty || countOf(term) > 0),
      )
      .map((term) => ({ ...dateless, id: term.id, term })),
    orderby: ['name', 'id', 'include', 'slug', 'term_group', 'description', 'count'],
    order: 'asc',
    compare: {
      name: byText((row) => row.term.name),
      slug: byText((row) => row.term.slug),
      count: (a, b) => countOf(a.term) - countOf(b.term),
    },
    view: (row) => view(row.term),
  });
}

/** `/products/categories`, `/products/tags` and `/products/brands`. */
function termRoutes(table: TermTable): Route[] {
  const path = `/wc/v3/products/${table}`;
  const counts = (context: RestContext): Map<number, number> => {
    const counted = new Map<number, number>();
    for (const product of context.store.products.values())
      if (product.status === 'publish')
        for (const id of idsOf[table](product)) counted.set(id, (counted.get(id) ?? 0) + 1);
    return counted;
  };
  const view = (context: RestContext, term: WooTerm, counted: ReadonlyMap<number, number>) => ({
    id: term.id,
    name: term.name,
    slug: term.slug,
    ...(table === 'tags' ? {} : { parent: term.parent }),
    description: term.description,
    ...(table === 'tags' ? {} : { display: 'default', image: null, menu_order: term.menuOrder }),
    count: counted.get(term.id) ?? 0,
    _links: links(context, `products/${table}`, term.id),
  });
  const termOf = (context: RestContext, id: number): WooTerm => {
    const term = context.store[table].get(id);
    if (term === undefined) throw missing();
    return term;
  };
  const all: Handler = (context, request) => {
    const counted = counts(context);
    return termList(
      context,
      request,
      context.store[table].values(),
      (term) => counted.get(term.id) ?? 0,
      (term) => view(context, term, counted),
    );
  };
  const read: Handler = (context, _request, [id = 0]) => ok(view(context, termOf(context, id), counts(context)));
  const create: Handler = (context, request) => {
    const fields = parseBody(input, request.body);
    if (fields.name === undefined || fields.name === '')
      throw new RestError('rest_missing_callback_param', 'Missing parameter(s): name', 400, { params: ['name'] });
    const same = [...context.store[table].values()].find((term) => term.name === fields.name);
    if (same !== undefined)
      throw new RestError('term_exists', 'A term with the name provided already exists with this parent.', 400, {
        resource_id: same.id,
      });
    const term = context.store.put(table, {
      id: context.store.nextId(),
      name: fields.name,
      slug: fields.slug ?? slugOf(fields.name),
      parent: fields.parent ?? 0,
      description: fields.description ?? '',
      menuOrder: fields.menu_order ?? 0,
    });
    return createdAt(context, path, term.id, view(context, term, counts(context)));
  };
  const update: Handler = (context, request, [id = 0]) => {
    const known = termOf(context, id);
    const fields = parseBody(input, request.body);
    const term = context.store.put(table, {
      ...known,
      name: fields.name ?? known.name,
      slug: fields.slug ?? known.slug,
      parent: fields.parent ?? known.parent,
      description: fields.description ?? known.description,
      menuOrder: fields.menu_order ?? known.menuOrder,
    });
    return ok(view(context, term, counts(context)));
  };
  const remove: Handler = (context, request, [id = 0]) => {
    if (!isForced(request))
      throw new RestError('woocommerce_rest_trash_not_supported', 'Resource does not support trashing.', 501);
    const known = termOf(context, id);
    context.store.remove(table, id);
    return ok(view(context, known, new Map()));
  };
  return routesOf({ path, list: all, read, create, update, remove });
}

const attributeView = (context: RestContext, attribute: WooAttribute) => ({
  id: attribute.id,
  name: attribute.name,
  slug: attribute.slug,
  type: 'select',
  order_by: 'menu_order',
  has_archives: false,
  _links: links(context, 'products/attributes', attribute.id),
});

function attributeOf(context: RestContext, id: number): WooAttribute {
  const attribute = context.store.attributes.get(id);
  if (attribute === undefined)
    throw new RestError('woocommerce_rest_taxonomy_invalid', 'Resource does not exist.', 404);
  return attribute;
}

/** All attributes come at once: this list alone has no pages. */
const attributes: Handler = (context) =>
  ok([...context.store.attributes.values()].map((attribute) => attributeView(context, attribute)));

const attributeTerms: Handler = (context, request, [id = 0]) => {
  const attribute = attributeOf(context, id);
  const countOf = (term: WooTerm): number =>
    [...context.store.products.values()].filter((product) =>
      product.attributes.some((one) => one.id === attribute.id && one.options.includes(term.name)),
    ).length;
  return termList(context, request, attribute.terms, countOf, (term) => ({
    id: term.id,
    name: term.name,
    slug: term.slug,
    description: term.description,
    menu_order: term.menuOrder,
    count: countOf(term),
    _links: links(context, `products/attributes/${attribute.id.toString()}/terms`, term.id),
  }));
};

export const productTermRoutes: readonly Route[] = [
  ...termRoutes('categories'),
  ...termRoutes('tags'),
  ...termRoutes('brands'),
  { path: '/wc/v3/products/attributes', methods: { GET: attributes } },
  {
    path: '/wc/v3/products/attributes/:id',
    methods: { GET: (context, _request, [id = 0]) => ok(attributeView(context, attributeOf(context, id))) },
  },
  { path: '/wc/v3/products/attributes/:id/terms', methods: { GET: attributeTerms } },
];
