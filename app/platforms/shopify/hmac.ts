import { createHmac, createSecretKey, type Hmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type ProxyQuery, readProxyQuery } from './proxy-query.ts';
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

const HEX_DIGEST = 64;
const [right, given] = [Buffer.alloc(HEX_DIGEST), Buffer.alloc(HEX_DIGEST)];

/** Two SHA-256 digests in hex, compared in constant time. Nothing is awaited in here, so that two buffers do for all calls. */
function sameHexDigest(a: string, b: string): boolean {
  if (a.length !== HEX_DIGEST || b.length !== HEX_DIGEST) return false;
  right.write(a, 'utf8');
  given.write(b, 'utf8');
  return timingSafeEqual(right, given);
}

const signers = new Map<string, TextSigner>();

/** The `signature` parameter for what {@link readProxyQuery} found, hex. */
function signText(text: string, secret: string): string {
  let sign = signers.get(secret);
  if (!sign) signers.set(secret, (sign = createTextSigner(secret)));
  return sign(text);
}

/** The `signature` parameter for an app-proxy query, hex. */
export function signProxy(query: URLSearchParams, secret: string): string {
  return signText(readProxyQuery(query.toString()).signed, secret);
}

export type ProxyVerdict =
  | {
      readonly ok: true;
      readonly shopDomain: string;
      readonly customerId: string | null;
      /** everything that was signed, decoded */
      readonly query: Pick<ProxyQuery, 'get' | 'plain'>;
    }
  | { readonly ok: false; readonly code: 'unsigned' | 'forged' | 'stale' };

/** Seconds that an app-proxy URL stays good; a copied one must not work for ever. */
export const proxyWindowSeconds = 90;

/**
 * Checks an app-proxy query, given as it stands in the URL after the question mark. `customerId` is null for a
 * guest: Shopify sends the parameter empty then. It says who is logged in, so it must still be compared with the
 * owner of the record asked for.
 */
export function verifyProxy(raw: string, secret: string, now: Date): ProxyVerdict {
  const query = readProxyQuery(raw);
  const shopDomain = query.get('shop');
  if (!query.sound || !query.signature || !shopDomain) return { ok: false, code: 'unsigned' };
  if (!sameHexDigest(signText(query.signed, secret), query.signature)) return { ok: false, code: 'forged' };
  const age = now.getTime() / 1000 - Number(query.get('timestamp') ?? Number.NaN);
  if (!(Math.abs(age) <= proxyWindowSeconds)) return { ok: false, code: 'stale' };
  const customer = query.get('logged_in_customer_id') ?? '';
  return { ok: true, shopDomain, customerId: customer !== '' && /^\d+$/.test(customer) ? customer : null, query };
}
