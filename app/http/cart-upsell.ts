import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { CartAsk, SuggestForCart } from '#app/flows/suggest-for-cart.ts';
import type { ShopId } from '#app/shared/ids.ts';

const DEFAULT_LIMIT = 4;
const LARGEST_LIMIT = 10;
/** Products of one cart that are looked at. */
const LARGEST_CART = 50;

const headers = { 'content-type': 'application/json', 'cache-control': 'private, max-age=30' };

/**
 * `GET /proxy/cart?products=1,2&limit=4` behind the app proxy's signature check, which says whose storefront
 * asks. Suggestions depend on the cart alone: no customer is read, so `logged_in_customer_id` has no say.
 * @param shopIdOf reads the shop that the signature check has found
 */
export function cartUpsellHandler<C extends Context>(suggestForCart: SuggestForCart, shopIdOf: (c: C) => ShopId) {
  return (c: C): Response | Promise<Response> => {
    const ask = readCartAsk(c.req.query('products'), c.req.query('limit'));
    if (!ask) {
      const message = `products must be up to ${String(LARGEST_CART)} product ids joined by commas, limit a number from 1 to ${String(LARGEST_LIMIT)}.`;
      return c.json({ error: { code: 'malformed', message } }, 400);
    }
    const bytes = suggestForCart(shopIdOf(c), ask);
    return bytes instanceof Promise ? bytes.then((made) => answer(c, made)) : answer(c, bytes);
  };
}

/**
 * Under Node the bytes go straight to the socket: a Response object around them costs more than everything
 * else in this request. Elsewhere (a test without a server) they come back as a Response.
 */
function answer(c: Context, bytes: Buffer): Response {
  const outgoing = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing;
  if (!outgoing) return new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
  outgoing.writeHead(200, { ...headers, 'content-length': bytes.length });
  outgoing.end(bytes);
  return RESPONSE_ALREADY_SENT;
}

/** Reads the query; null where it is malformed. */
export function readCartAsk(products = '', limit = String(DEFAULT_LIMIT)): CartAsk | null {
  if (!/^\d{1,2}$/.test(limit) || Number(limit) < 1 || Number(limit) > LARGEST_LIMIT) return null;
  // The length first: a signed URL can still be long.
  if (products.length > LARGEST_CART * 21) return null;
  const ids = products === '' ? [] : products.split(',');
  if (ids.length > LARGEST_CART || ids.some((id) => !/^\d{1,20}$/.test(id))) return null;
  return { products: ids, limit: Number(limit) };
}
