import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signOauth } from './oauth.ts';

const keys = { consumerKey: 'ck_1', consumerSecret: 'cs_2' };
/** PHP's rawurlencode. */
const raw = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** WooCommerce's check, step by step: names and values are encoded, joined, and encoded once more. */
function checked(method: string, url: URL, home: string): string {
  const params = Object.fromEntries(url.searchParams);
  delete params['oauth_signature'];
  const names = Object.keys(params).sort();
  const normal = names.map((name) => [
    raw(name).replaceAll('%', '%25'),
    raw(params[name] ?? '').replaceAll('%', '%25'),
  ]);
  const query = normal.map(([name = '', value = '']) => `${name}%3D${value}`).join('%26');
  const path = url.pathname.slice(new URL(`${home}/`).pathname.length);
  const base = path === '' ? home : `${home}/${path}`;
  return createHmac('sha256', 'cs_2&')
    .update(`${method}&${raw(base)}&${query}`)
    .digest('base64');
}

test.each([
  ['pretty permalinks', 'http://127.0.0.1:8080', '/wp-json/wc/v3/products?per_page=100&search=a b (c)*'],
  ['plain permalinks', 'http://127.0.0.1:8080', '/?rest_route=/wc/v3/products&for=wp-json/wc/&_fields=id,name'],
  ['a store in a folder', 'http://127.0.0.1/shop', '/shop/wp-json/wc/v3/orders?modified_after=2026-01-01T00:00:00'],
  ['a folder with plain permalinks', 'http://127.0.0.1/shop', '/shop/?rest_route=/wc/v3/orders&for=wp-json/wc/'],
])('%s: the signature is the one that WooCommerce computes', (_name, home, path) => {
  const signed = signOauth('GET', new URL(path, home), keys, 1_790_000_000, 'n0nce');
  expect(signed.searchParams.get('oauth_signature')).toBe(checked('GET', signed, home));
  // Where WooCommerce looks for them.
  expect(signed.href).toContain('wp-json/wc/');
  expect(signed.searchParams.get('oauth_signature_method')).toBe('HMAC-SHA256');
});
