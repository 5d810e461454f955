import { createHmac, timingSafeEqual } from 'node:crypto';

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The value of `X-Shopify-Hmac-Sha256` for a body: base64 HMAC-SHA256 of the raw bytes. */
export function signWebhook(body: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

/** True when `header` signs exactly these raw bytes. Compares in constant time. */
export function verifyWebhook(body: Uint8Array, header: string | undefined, secret: string): boolean {
  if (!header) return false;
  return sameBytes(createHmac('sha256', secret).update(body).digest(), Buffer.from(header, 'base64'));
}

/**
 * Shopify's message for an app-proxy query: `signature` dropped, values of one key joined with commas, keys
 * sorted, pairs concatenated with no separator.
 * Source: shopify.dev, "Authenticate app proxies".
 */
function proxyMessage(query: URLSearchParams): string {
  const keys = [...new Set(query.keys())].filter((key) => key !== 'signature');
  return keys.map((key) => `${key}=${query.getAll(key).join(',')}`).sort().join('');
}

/** The `signature` parameter for an app-proxy query, hex. */
export function signProxy(query: URLSearchParams, secret: string): string {
  return createHmac('sha256', secret).update(proxyMessage(query)).digest('hex');
}

export type ProxyVerdict =
  | { readonly ok: true; readonly shopDomain: string; readonly customerId: string | null }
  | { readonly ok: false; readonly code: 'unsigned' | 'forged' | 'stale' };

/** Seconds that an app-proxy URL stays good; a copied one must not work for ever. */
export const proxyWindowSeconds = 90;

/**
 * Checks an app-proxy query. `customerId` is null for a guest: Shopify sends the parameter empty then. It says
 * who is logged in, so it must still be compared with the owner of the record asked for.
 */
export function verifyProxy(query: URLSearchParams, secret: string, now: Date): ProxyVerdict {
  const single = ['signature', 'shop', 'timestamp', 'hmac'].every((key) => query.getAll(key).length <= 1);
  const signature = query.get('signature');
  const shop = query.get('shop');
  if (!single || !signature || !shop) return { ok: false, code: 'unsigned' };
  const expected = Buffer.from(signProxy(query, secret), 'hex');
  if (!sameBytes(expected, Buffer.from(signature, 'hex'))) return { ok: false, code: 'forged' };
  const age = now.getTime() / 1000 - Number(query.get('timestamp') ?? Number.NaN);
  if (!(Math.abs(age) <= proxyWindowSeconds)) return { ok: false, code: 'stale' };
  const customer = query.get('logged_in_customer_id') ?? '';
  return { ok: true, shopDomain: shop, customerId: /^\d+$/.test(customer) ? customer : null };
}
