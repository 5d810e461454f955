import { isIP } from 'node:net';
import { fail, ok, type Result } from '#app/shared/result.ts';

/** Where a store is, and the name that it has in Trellis. */
export interface SiteAddress {
  /** `https://host[:port][/path]`, without a slash at the end */
  readonly address: string;
  /** the same without the scheme */
  readonly domain: string;
}

/** What merchants copy out of their browser along with the address. */
const insideOfWordPress = /\/(wp-admin|wp-login\.php|wp-json|index\.php)(\/.*)?$/;
const ports: readonly string[] = ['', '8443'];

/** True for a name or number of this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * Reads the address of a store as somebody typed it: the scheme may be missing, a page of the store may be behind it.
 * Stores are reached by https and by name; with `localStores` also by plain http on this machine.
 */
export function parseSiteAddress(
  typed: string,
  localStores: boolean,
): Result<SiteAddress, 'not-an-address' | 'not-public'> {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text.length > 500 || !URL.canParse(withScheme)) return fail('not-an-address', 'This is no address of a store.');
  const url = new URL(withScheme);
  const local = isLoopbackHost(url.hostname);
  if (local && localStores) {
    if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) url.protocol = 'http:';
  } else if (url.protocol === 'http:') url.protocol = 'https:';
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    return fail('not-an-address', 'This is no address of a store.');
  const byName = isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 && url.hostname.includes('.');
  const open = local ? localStores : byName && ports.includes(url.port);
  if (!open) return fail('not-public', 'The store must be reachable from the internet by its name and https.');
  const path = url.pathname.replace(insideOfWordPress, '').replace(/\/+$/, '');
  if (!/^[\w./~%-]*$/.test(path) || path.length > 200) return fail('not-an-address', 'This is no address of a store.');
  const domain = `${url.host}${path}`;
  return ok({ address: `${url.protocol}//${domain}`, domain });
}

/**
 * Where a REST route of the store is. Without pretty permalinks WordPress answers under `?rest_route=` only, and
 * WooCommerce takes keys only where the words `wp-json/wc/` are somewhere in what was asked for.
 * Source: WordPress REST API handbook, "Routes and endpoints"; WooCommerce, class-wc-rest-authentication.php.
 */
export function restUrl(address: string, permalinks: 'pretty' | 'plain', route: string): URL {
  return permalinks === 'pretty'
    ? new URL(`${address}/wp-json${route}`)
    : new URL(`${address}/?rest_route=${route}&for=wp-json/wc/`);
}

/** Adds parameters and leaves those that are there as they are written, slashes included. */
export function addQuery(url: URL, values: Readonly<Record<string, string>>): void {
  const added = new URLSearchParams(values).toString();
  if (added !== '') url.search = url.search === '' ? added : `${url.search}&${added}`;
}
