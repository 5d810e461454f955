import { createHmac, createSecretKey, type Hmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { createTextSigner, type TextSigner } from './text-signer.ts';

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

interface QueryValues {
  /** decoded as a form is; those of a repeated key joined with commas, as Shopify signs them */
  readonly values: ReadonlyMap<string, string>;
  /** false where it is not well-formed or a key came twice that must not: joined it would stand for something that nobody sent */
  readonly sound: boolean;
}

/** Reads a raw query in one pass. */
function readValues(query: string): QueryValues {
  const values = new Map<string, string>();
  let sound = true;
  let from = 0;
  while (from < query.length) {
    const next = query.indexOf('&', from);
    const end = next < 0 ? query.length : next;
    const equals = query.indexOf('=', from);
    const middle = equals < 0 || equals > end ? end : equals;
    const key = decodePart(query.slice(from, middle));
    const value = decodePart(query.slice(middle + 1, end));
    if (key === null || value === null) sound = false;
    else if (end > from) {
      const known = values.get(key);
      if (known !== undefined && onceOnly.has(key)) sound = false;
      values.set(key, known === undefined ? value : `${known},${value}`);
    }
    from = end + 1;
  }
  return { values, sound };
}

const onceOnly: ReadonlySet<string> = new Set(['signature', 'shop', 'timestamp', 'hmac']);

function decodePart(part: string): string | null {
  if (!part.includes('%') && !part.includes('+')) return part;
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

const signers = new Map<string, TextSigner>();

/**
 * Signs what Shopify signs of an app-proxy query: `signature` dropped, values of one key joined with commas,
 * keys sorted, pairs concatenated with no separator.
 * Source: shopify.dev, "Authenticate app proxies".
 */
function signValues(values: ReadonlyMap<string, string>, secret: string): string {
  const pairs: string[] = [];
  for (const [key, value] of values) if (key !== 'signature') pairs.push(`${key}=${value}`);
  const sign = signers.get(secret) ?? createTextSigner(secret);
  signers.set(secret, sign);
  return sign(pairs.sort().join(''));
}

/** The `signature` parameter for an app-proxy query, hex. */
export function signProxy(query: URLSearchParams, secret: string): string {
  return signValues(readValues(query.toString()).values, secret);
}

export type ProxyVerdict =
  | {
      readonly ok: true;
      readonly shopDomain: string;
      readonly customerId: string | null;
      /** everything that was signed, decoded */
      readonly values: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly code: 'unsigned' | 'forged' | 'stale' };

/** Seconds that an app-proxy URL stays good; a copied one must not work for ever. */
export const proxyWindowSeconds = 90;

/**
 * Checks an app-proxy query, given as it stands in the URL after the question mark. `customerId` is null for a guest: Shopify sends the parameter empty then. It says
 * who is logged in, so it must still be compared with the owner of the record asked for.
 */
export function verifyProxy(query: string, secret: string, now: Date): ProxyVerdict {
  const { values, sound } = readValues(query);
  const signature = values.get('signature');
  const shopDomain = values.get('shop');
  if (!sound || !signature || !shopDomain) return { ok: false, code: 'unsigned' };
  if (!sameBytes(Buffer.from(signValues(values, secret)), Buffer.from(signature))) return { ok: false, code: 'forged' };
  const age = now.getTime() / 1000 - Number(values.get('timestamp') ?? Number.NaN);
  if (!(Math.abs(age) <= proxyWindowSeconds)) return { ok: false, code: 'stale' };
  const customer = values.get('logged_in_customer_id') ?? '';
  return { ok: true, shopDomain, customerId: /^\d+$/.test(customer) ? customer : null, values };
}
