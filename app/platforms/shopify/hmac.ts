import { createHmac, createSecretKey, type Hmac, type KeyObject, timingSafeEqual } from 'node:crypto';

const keys = new Map<string, KeyObject>();

/** With a key made once: making one from text for every request costs more than the hash itself. The app has few secrets. */
function hmacOf(secret: string): Hmac {
  const key = keys.get(secret) ?? createSecretKey(secret, 'utf8');
  keys.set(secret, key);
  return createHmac('sha256', key);
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The value of `X-Shopify-Hmac-Sha256` for a body: base64 HMAC-SHA256 of the raw bytes. */
export function signWebhook(body: Uint8Array, secret: string): string {
  return hmacOf(secret).update(body).digest('base64');
}

/** True when `header` signs exactly these raw bytes. Compares in constant time. */
export function verifyWebhook(body: Uint8Array, header: string | undefined, secret: string): boolean {
  if (!header) return false;
  return sameBytes(hmacOf(secret).update(body).digest(), Buffer.from(header, 'base64'));
}

/** A query's values by key; those of a repeated key joined with commas, as Shopify signs them. */
function joinValues(query: URLSearchParams): Map<string, string> {
  const values = new Map<string, string>();
  query.forEach((value, key) => {
    const known = values.get(key);
    values.set(key, known === undefined ? value : `${known},${value}`);
  });
  return values;
}

/**
 * Signs what Shopify signs of an app-proxy query: `signature` dropped, values of one key joined with commas,
 * keys sorted, pairs concatenated with no separator.
 * Source: shopify.dev, "Authenticate app proxies".
 */
function signValues(values: ReadonlyMap<string, string>, secret: string): string {
  const pairs: string[] = [];
  for (const [key, value] of values) if (key !== 'signature') pairs.push(`${key}=${value}`);
  return hmacOf(secret).update(pairs.sort().join('')).digest('hex');
}

/** The `signature` parameter for an app-proxy query, hex. */
export function signProxy(query: URLSearchParams, secret: string): string {
  return signValues(joinValues(query), secret);
}

export type ProxyVerdict =
  | { readonly ok: true; readonly shopDomain: string; readonly customerId: string | null }
  | { readonly ok: false; readonly code: 'unsigned' | 'forged' | 'stale' };

/** Seconds that an app-proxy URL stays good; a copied one must not work for ever. */
export const proxyWindowSeconds = 90;

const onceOnly = ['signature', 'shop', 'timestamp', 'hmac'];

/**
 * Checks an app-proxy query. `customerId` is null for a guest: Shopify sends the parameter empty then. It says
 * who is logged in, so it must still be compared with the owner of the record asked for.
 */
export function verifyProxy(query: URLSearchParams, secret: string, now: Date): ProxyVerdict {
  const values = joinValues(query);
  const signature = values.get('signature');
  const shop = values.get('shop');
  // A key that comes twice was joined: it would stand for something that nobody sent.
  const single = values.size === query.size || onceOnly.every((key) => query.getAll(key).length <= 1);
  if (!single || !signature || !shop) return { ok: false, code: 'unsigned' };
  if (!sameBytes(Buffer.from(signValues(values, secret)), Buffer.from(signature))) return { ok: false, code: 'forged' };
  const age = now.getTime() / 1000 - Number(values.get('timestamp') ?? Number.NaN);
  if (!(Math.abs(age) <= proxyWindowSeconds)) return { ok: false, code: 'stale' };
  const customer = values.get('logged_in_customer_id') ?? '';
  return { ok: true, shopDomain: shop, customerId: /^\d+$/.test(customer) ? customer : null };
}
