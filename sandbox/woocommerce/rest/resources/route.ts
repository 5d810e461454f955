import { created, noRoute, ok, RestError, type RestAnswer } from '../answer.ts';
import type { RestContext, RestRequest } from '../request.ts';

export type Handler = (
  context: RestContext,
  request: RestRequest,
  ids: readonly number[],
) => RestAnswer | Promise<RestAnswer>;

/** One route: `/wc/v3/products/:id`, where each `:id` is a number. */
export interface Route {
  readonly path: string;
  readonly methods: Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Handler>>>;
}

/** What a resource can do; its routes follow from that. `ids` are the numbers in the path, the resource's own last. */
export interface Resource {
  readonly path: string;
  readonly list: Handler;
  readonly read: Handler;
  readonly create?: Handler;
  readonly update?: Handler;
  readonly remove?: Handler;
}

/** The usual routes of a resource, with its batch. */
export function routesOf(resource: Resource): Route[] {
  const { update, create, remove } = resource;
  const change = update === undefined ? {} : { POST: update, PUT: update, PATCH: update };
  return [
    {
      path: `${resource.path}/batch`,
      methods: update === undefined ? {} : { POST: batch(resource), PUT: batch(resource), PATCH: batch(resource) },
    },
    {
      path: `${resource.path}/:id`,
      methods: { GET: resource.read, ...change, ...(remove === undefined ? {} : { DELETE: remove }) },
    },
    { path: resource.path, methods: { GET: resource.list, ...(create === undefined ? {} : { POST: create }) } },
  ];
}

const batchLimit = 100;

/** Creates, updates and deletes in one call; each object fails for itself, inside a 200. */
function batch(resource: Resource): Handler {
  return async (context, request, ids) => {
    const lists = (['create', 'update', 'delete'] as const).map((name) => [name, itemsOf(request.body[name])] as const);
    const total = lists.reduce((sum, [, items]) => sum + items.length, 0);
    if (total > batchLimit)
      throw new RestError(
        'woocommerce_rest_request_entity_too_large',
        `Unable to accept more than ${batchLimit.toString()} items for this request.`,
        413,
      );
    const answer: Record<string, unknown[]> = {};
    for (const [name, items] of lists) {
      if (items.length === 0) continue;
      answer[name] = [];
      for (const item of items) answer[name].push(await one(name, item, context, request, ids));
    }
    return ok(answer);
  };

  async function one(
    name: 'create' | 'update' | 'delete',
    item: unknown,
    context: RestContext,
    request: RestRequest,
    ids: readonly number[],
  ): Promise<unknown> {
    const fields = typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : {};
    const id = name === 'delete' ? Number(item) || 0 : Number(fields['id']) || 0;
    try {
      const handler = name === 'create' ? resource.create : name === 'update' ? resource.update : resource.remove;
      if (handler === undefined) throw noRoute();
      const query = name === 'delete' ? new URLSearchParams({ force: 'true' }) : new URLSearchParams();
      const path =
        name === 'create' ? request.path.replace(/\/batch$/, '') : request.path.replace(/batch$/, id.toString());
      const call: RestRequest = { method: name === 'delete' ? 'DELETE' : 'POST', path, query, body: fields };
      return (await handler(context, call, name === 'create' ? ids : [...ids, id])).body;
    } catch (error) {
      if (error instanceof RestError) return { id, error: error.body };
      throw error;
    }
  }
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

export const createdAt = (context: RestContext, path: string, id: number, body: unknown): RestAnswer =>
  created(body, context.restUrl(`${path}/${id.toString()}`));

/** `force=true` in the address or the body. */
export const isForced = (request: RestRequest): boolean =>
  ['true', '1'].includes(request.query.get('force') ?? '') ||
  request.body['force'] === true ||
  request.body['force'] === 'true';
