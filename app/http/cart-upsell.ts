import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import { z } from 'zod';
import type { CartAnswer, CartAnswers, CartAsk } from '#app/flows/suggest-for-cart.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import { appTestOf, widgetNamed } from '#app/shared/widgets/registry.ts';
import type { ProxyDoor } from './proxy.ts';

const defaultLimit = '4';
const LARGEST_LIMIT = 10;
/** Lines of the largest cart that a store allows. */
const LARGEST_CART = 500;

/** Empty where none is named. */
const widgetSchema = z
  .string()
  .regex(/^[a-z-]{0,20}$/)
  .transform(widgetNamed);

const cartFields = ['products', 'limit', 'visitor', 'box', 'widget'];

const contentType = 'application/json';
const cacheControl = 'private, max-age=30';
/** What follows a visitor's interest changes with their next look. */
const ownCacheControl = 'private, no-store';

/** Whose storefront asks, and who is logged in to it, null for guests. */
export interface CartCaller {
  readonly shopId: ShopId;
  readonly customerId: string | null;
}

/**
 * `GET /proxy/cart?products=1,2&limit=4&visitor=UUID&widget=after` behind the app proxy's signature check, which says whose
 * storefront asks and who is logged in. `visitor` is sent by browsers that consented. `box=UUID` asks for the contents
 * of a bundle that is assembled for each visitor, `widget` says what is to be filled. Each parameter comes once: what the
 * signature joins and what a router reads of a repeated one are two things.
 * @param callerOf reads what the signature check has found
 */
export function cartUpsellHandler<C extends Context>(cartAnswers: CartAnswers, callerOf: (c: C) => CartCaller) {
  return async (c: C): Promise<Response> => {
    const { shopId, customerId } = callerOf(c);
    const once = cartFields.every((name) => (c.req.queries(name)?.length ?? 0) <= 1);
    const ask = once ? readCartAsk(c.req.query()) : null;
    if (!ask) {
      const message = `products must be up to ${String(LARGEST_CART)} product ids joined by commas, limit a number from 1 to ${String(LARGEST_LIMIT)}, visitor and box a UUID, widget a name, each given once.`;
      return c.json({ error: { code: 'malformed', message } }, 400);
    }
    const { text } = await cartAnswers.answer(shopId, { ...ask, customerId });
    return new Response(text, {
      headers: { 'content-type': contentType, 'cache-control': cacheControlFor({ ...ask, customerId }) },
    });
  };
}

const path = '/proxy/cart?';

/**
 * Answers carts straight from Node's listener: a router and a Response object around these few bytes cost several
 * times what the bytes cost, and the signature would be verified twice. Everything that is not plain (a refusal, a
 * shop that is not known yet) is left to the route above, which decides by the same checks.
 * @param route answers what failed here: it tries again, and reports what fails there too
 * @returns whether the request was taken
 */
export function createCartAnswerer(
  proxy: ProxyDoor,
  cartAnswers: CartAnswers,
  route: (request: IncomingMessage, response: ServerResponse) => void,
) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'GET' || !request.url?.startsWith(path)) return false;
    const caller = proxy.atOnce(request.url.slice(path.length));
    if (!caller?.ok) return false;
    const { query, shopId, customerId } = caller;
    // Of a repeated parameter the signature holds all values together, which may look like a cart that is known.
    if (!query.plain) return false;
    const [products, limit, visitor] = [query.get('products'), query.get('limit'), query.get('visitor')];
    const [box, widget] = [query.get('box'), query.get('widget')];
    // Who is known gets an answer of their own.
    if (customerId === null && visitor === undefined && box === undefined && appTestOf(widget ?? '') === null) {
      // Only what was accepted before is known, so nothing is checked again here.
      const answer = cartAnswers.known(shopId, products ?? '', limit ?? defaultLimit);
      if (answer) {
        send(response, answer, cacheControl);
        return true;
      }
    }
    const ask = readCartAsk({ products, limit, visitor, box, widget });
    if (!ask) return false;
    const whole = { ...ask, customerId };
    cartAnswers.answer(shopId, whole).then(
      (answer) => send(response, answer, cacheControlFor(whole)),
      () => route(request, response),
    );
    return true;
  };
}

function send(response: ServerResponse, answer: CartAnswer, caching: string): void {
  // A flat list goes to the socket as it is; an object would be walked and checked header by header.
  response.writeHead(200, [
    'Content-Type',
    contentType,
    'Cache-Control',
    caching,
    'Content-Length',
    String(answer.size),
  ]);
  // The text is ASCII (see `asciiJson`), so it needs no encoding.
  response.end(answer.text, 'latin1');
}

const cacheControlFor = ({ visitorId, customerId }: CartAsk): string =>
  visitorId !== null || customerId !== null ? ownCacheControl : cacheControl;

interface CartQuery {
  readonly products?: string | undefined;
  readonly limit?: string | undefined;
  readonly visitor?: string | undefined;
  readonly box?: string | undefined;
  readonly widget?: string | undefined;
}

/** Reads the query; null where it is malformed. */
function readCartAsk({
  products = '',
  limit = defaultLimit,
  visitor,
  box,
  widget = '',
}: CartQuery): Omit<CartAsk, 'customerId'> | null {
  if (!/^\d{1,2}$/.test(limit) || Number(limit) < 1 || Number(limit) > LARGEST_LIMIT) return null;
  // The length first: a signed URL can still be long.
  if (products.length > LARGEST_CART * 21) return null;
  const ids = products === '' ? [] : products.split(',');
  if (ids.length > LARGEST_CART || ids.some((id) => !/^\d{1,20}$/.test(id))) return null;
  const asking = widgetSchema.safeParse(widget);
  if (!asking.success) return null;
  const [visitorId, boxId] = [visitor, box].map((id) => (id === undefined || id === '' ? null : id.toLowerCase()));
  if ([visitorId, boxId].some((id) => typeof id === 'string' && !isUuid(id))) return null;
  return { products: ids, limit: Number(limit), visitorId: visitorId ?? null, box: boxId ?? null, widget: asking.data };
}
