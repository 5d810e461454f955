import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { CartAnswers, CartAsk } from '#app/flows/suggest-for-cart.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { ProxyDoor } from './proxy.ts';

const defaultLimit = '4';
const LARGEST_LIMIT = 10;
/** Products of one cart that are looked at. */
const LARGEST_CART = 50;

const contentType = 'application/json';
const cacheControl = 'private, max-age=30';

/**
 * `GET /proxy/cart?products=1,2&limit=4` behind the app proxy's signature check, which says whose storefront
 * asks. Suggestions depend on the cart alone: no customer is read, so `logged_in_customer_id` has no say.
 * @param shopIdOf reads the shop that the signature check has found
 */
export function cartUpsellHandler<C extends Context>(cartAnswers: CartAnswers, shopIdOf: (c: C) => ShopId) {
  return async (c: C): Promise<Response> => {
    const ask = readCartAsk(c.req.query('products'), c.req.query('limit'));
    if (!ask) {
      const message = `products must be up to ${String(LARGEST_CART)} product ids joined by commas, limit a number from 1 to ${String(LARGEST_LIMIT)}.`;
      return c.json({ error: { code: 'malformed', message } }, 400);
    }
    const { text } = await cartAnswers.answer(shopIdOf(c), ask);
    return new Response(text, { headers: { 'content-type': contentType, 'cache-control': cacheControl } });
  };
}

const path = '/proxy/cart?';

/**
 * Answers a cart that is known already straight from Node's listener: a router and a Response object around
 * these few bytes cost several times what the bytes cost. Everything else (a refusal, an unknown cart) is left
 * to the route above, which decides by the same check.
 * @returns whether the request was answered
 */
export function createKnownCartAnswerer(proxy: ProxyDoor, cartAnswers: CartAnswers) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'GET' || !request.url?.startsWith(path)) return false;
    const caller = proxy.atOnce(request.url.slice(path.length));
    if (!caller?.ok) return false;
    const { query, shopId } = caller;
    // Only what the route has accepted before is known, so nothing is checked again here.
    const answer = cartAnswers.known(shopId, query.get('products') ?? '', query.get('limit') ?? defaultLimit);
    if (!answer) return false;
    // A flat list goes to the socket as it is; an object would be walked and checked header by header.
    response.writeHead(200, [
      'Content-Type',
      contentType,
      'Cache-Control',
      cacheControl,
      'Content-Length',
      String(answer.size),
    ]);
    // The text is ASCII (see `asciiJson`), so it needs no encoding.
    response.end(answer.text, 'latin1');
    return true;
  };
}

/** Reads the query; null where it is malformed. */
export function readCartAsk(products = '', limit = defaultLimit): CartAsk | null {
  if (!/^\d{1,2}$/.test(limit) || Number(limit) < 1 || Number(limit) > LARGEST_LIMIT) return null;
  // The length first: a signed URL can still be long.
  if (products.length > LARGEST_CART * 21) return null;
  const ids = products === '' ? [] : products.split(',');
  if (ids.length > LARGEST_CART || ids.some((id) => !/^\d{1,20}$/.test(id))) return null;
  return { products: ids, limit: Number(limit) };
}
