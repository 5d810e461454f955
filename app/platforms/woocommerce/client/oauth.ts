import { createHmac } from 'node:crypto';
import { addQuery } from './site-address.ts';

export interface OauthKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

/** RFC 3986: everything but letters, digits and `-._~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Adds the parameters of one-legged OAuth 1.0a (HMAC-SHA256) to a URL, as WooCommerce wants them over plain http: the
 * signed address has no slash at the end, parameters are sorted by their names before they are encoded.
 * Source: RFC 5849, section 3.4; WooCommerce, class-wc-rest-authentication.php.
 * @param seconds Unix time; WooCommerce accepts 15 minutes either way
 */
export function signOauth(method: string, target: URL, keys: OauthKeys, seconds: number, nonce: string): URL {
  const url = new URL(target);
  const values = {
    oauth_consumer_key: keys.consumerKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(seconds),
  };
  addQuery(url, values);
  const pairs = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1));
  const query = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  const text = [method, encode(base), encode(query)].join('&');
  const signature = createHmac('sha256', `${keys.consumerSecret}&`).update(text).digest('base64');
  addQuery(url, { oauth_signature: signature });
  return url;
}
