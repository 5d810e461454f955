import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WooKey } from '../access.ts';
import { RestError } from './answer.ts';

const window = 15 * 60;
type Value = string | { readonly [name: string]: Value };

/** `rawurlencode` of PHP with the tilde left alone (RFC 3986). */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Parameters as PHP reads them: `a[]=1` and `a[x]=1` become lists. */
export function phpParams(pairs: Iterable<readonly [string, string]>): Record<string, Value> {
  const params: Record<string, Value> = {};
  for (const [name, value] of pairs) {
    const open = name.indexOf('[');
    if (open <= 0 || !name.endsWith(']')) {
      params[name] = value;
      continue;
    }
    const key = name.slice(0, open);
    const known = params[key];
    const list = typeof known === 'object' ? known : {};
    const inner = name.slice(open + 1, -1);
    params[key] = { ...list, [inner === '' ? Object.keys(list).length.toString() : inner]: value };
  }
  return params;
}

function encodedPairs(params: Readonly<Record<string, Value>>, above: string): string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const key = above === '' ? encode(name) : `${above}%5B${name}%5D`;
    return typeof value === 'string' ? [encode(`${key}=${encode(value)}`)] : encodedPairs(value, key);
  });
}

/** The text that is signed: method, address and parameters sorted by their names, all encoded once more. */
export function signatureBase(method: string, address: string, params: Readonly<Record<string, Value>>): string {
  const sorted = Object.fromEntries(
    Object.entries(params)
      .filter(([name]) => name !== 'oauth_signature')
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  return `${method.toUpperCase()}&${encode(address)}&${encodedPairs(sorted, '').join('%26')}`;
}

const names = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const;

/** Last nonces of each key by their second: WooCommerce keeps one a second. */
export type Nonces = Map<number, Map<number, string>>;

/**
 * The key of a request that is signed by OAuth 1.0a; null when it is not signed at all.
 * @throws RestError 401 naming what is wrong
 */
export function verifyOauth(given: {
  readonly method: string;
  /** without its query, with the scheme and host of the site's own address */
  readonly address: string;
  readonly params: Readonly<Record<string, Value>>;
  readonly keyFor: (consumerKey: string) => WooKey | null;
  readonly nonces: Nonces;
  /** seconds since 1970 on the site's clock */
  readonly now: number;
}): WooKey | null {
  const { params } = given;
  const text = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  const missing = names.filter((name) => text(name) === '');
  if (missing.length === names.length) return null;
  if (missing.length > 0)
    throw new RestError(
      'woocommerce_rest_authentication_missing_parameter',
      `Missing OAuth parameter${missing.length === 1 ? '' : 's'} ${missing.join(', ')}`,
      401,
    );
  const key = given.keyFor(text('oauth_consumer_key'));
  if (key === null) throw refused('Consumer key is invalid.');
  const method = text('oauth_signature_method');
  if (method !== 'HMAC-SHA1' && method !== 'HMAC-SHA256')
    throw refused('Invalid signature - signature method is invalid.');
  const expected = createHmac(method === 'HMAC-SHA1' ? 'sha1' : 'sha256', `${key.secret}&`)
    .update(signatureBase(given.method, given.address, params))
    .digest('base64');
  const sent = Buffer.from(text('oauth_signature').replaceAll(' ', '+'));
  const right = Buffer.from(expected);
  if (sent.length !== right.length || !timingSafeEqual(sent, right))
    throw refused('Invalid signature - provided signature does not match.');
  assertFresh(key, given.nonces, Number(text('oauth_timestamp')), text('oauth_nonce'), given.now);
  return key;
}

function assertFresh(key: WooKey, nonces: Nonces, timestamp: number, nonce: string, now: number): void {
  if (Number.isNaN(timestamp) || timestamp < now - window || timestamp > now + window)
    throw refused('Invalid timestamp.');
  const used = nonces.get(key.id) ?? new Map<number, string>();
  if ([...used.values()].includes(nonce)) throw refused('Invalid nonce - nonce has already been used.');
  used.set(timestamp, nonce);
  for (const at of used.keys()) if (at < now - window) used.delete(at);
  nonces.set(key.id, used);
}

export const refused = (message: string): RestError =>
  new RestError('woocommerce_rest_authentication_error', message, 401);
