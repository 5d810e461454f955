import { timingSafeEqual } from 'node:crypto';
import { findKey } from '../keys.ts';
import type { WooKey } from '../access.ts';
import type { WooStore } from '../store.ts';
import { RestError } from './answer.ts';
import { phpParams, refused, verifyOauth, type Nonces } from './oauth.ts';

/** What WordPress sees of a request before it knows who asks. */
export interface Incoming {
  readonly method: string;
  /** path and query as they came */
  readonly uri: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams | null;
  readonly authorization: string | null;
  readonly isSsl: boolean;
}

/**
 * The key that a request proves to have; null for an anonymous one. Basic counts over HTTPS alone; OAuth 1.0a
 * counts everywhere. Keys are looked for only where the address itself holds `wp-json/wc/`, so that a site with
 * plain permalinks knows nobody.
 * @throws RestError 401
 */
export function authenticate(store: WooStore, siteUrl: string, nonces: Nonces, request: Incoming): WooKey | null {
  if (!request.uri.includes('wp-json/wc/') && !request.uri.includes('wp-json/wc-')) return null;
  const basic = request.isSsl ? basicKey(store, request) : null;
  if (basic !== null) return basic;
  const site = new URL(siteUrl);
  // WooCommerce takes the site's own path off and puts its address before the rest: of the front page nothing is left.
  const path = (request.uri.split('?')[0] ?? '').replace(/^\/$/, '');
  return verifyOauth({
    method: request.method,
    address: `${request.isSsl ? 'https' : 'http'}://${site.host}${path}`,
    params: phpParams([...request.query, ...(request.form ?? []), ...headerParams(request.authorization)]),
    keyFor: (consumerKey) => findKey(store, consumerKey),
    nonces,
    now: Math.floor(store.now().getTime() / 1000),
  });
}

function basicKey(store: WooStore, request: Incoming): WooKey | null {
  const { consumerKey, secret } = credentials(request);
  if (consumerKey === '' || secret === '') return null;
  const key = findKey(store, consumerKey);
  if (key === null) return null;
  const sent = Buffer.from(secret);
  const right = Buffer.from(key.secret);
  if (sent.length === right.length && timingSafeEqual(sent, right)) return key;
  throw new RestError(
    'woocommerce_rest_authentication_error',
    'Consumer secret is invalid.',
    401,
    {},
    {
      'www-authenticate':
        'Basic realm="WooCommerce API. Use a consumer key in the username field and a consumer secret in the password field."',
    },
  );
}

/** The address's parameters come first; hosts that strip the header leave only these. */
function credentials(request: Incoming): { consumerKey: string; secret: string } {
  const consumerKey = request.query.get('consumer_key') ?? '';
  const secret = request.query.get('consumer_secret') ?? '';
  if (consumerKey !== '' && secret !== '') return { consumerKey, secret };
  const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(request.authorization ?? '') ?? [];
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { consumerKey: user, secret: password.join(':') };
}

function headerParams(authorization: string | null): [string, string][] {
  if (authorization?.startsWith('OAuth ') !== true) return [];
  return [...authorization.matchAll(/(oauth_[a-z_-]*)="?([^",]*)"?/g)].map(([, name = '', value = '']) => [
    name,
    decodeURIComponent(value.replaceAll('+', ' ')),
  ]);
}

/** @throws RestError 401 when the key may not do this */
export function assertPermission(key: WooKey, method: string): void {
  const reads = method === 'GET' || method === 'HEAD';
  if (reads && key.permissions === 'write') throw refused('The API key provided does not have read permissions.');
  if (!reads && method !== 'OPTIONS' && key.permissions === 'read')
    throw refused('The API key provided does not have write permissions.');
}

/** What somebody without a key is told. */
export function anonymousRefusal(method: string, path: string): RestError {
  const one = /\/\d+$/.test(path);
  if (path.endsWith('/batch'))
    return new RestError(
      'woocommerce_rest_cannot_batch',
      'Sorry, you are not allowed to batch manipulate this resource.',
      401,
    );
  if (method === 'GET' || method === 'HEAD')
    return new RestError(
      'woocommerce_rest_cannot_view',
      one ? 'Sorry, you cannot view this resource.' : 'Sorry, you cannot list resources.',
      401,
    );
  if (method === 'DELETE')
    return new RestError('woocommerce_rest_cannot_delete', 'Sorry, you are not allowed to delete this resource.', 401);
  return one
    ? new RestError('woocommerce_rest_cannot_edit', 'Sorry, you are not allowed to edit this resource.', 401)
    : new RestError('woocommerce_rest_cannot_create', 'Sorry, you are not allowed to create resources.', 401);
}
