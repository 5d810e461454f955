import { expect, test } from 'vitest';
import { parseSiteAddress, restUrl } from './site-address.ts';

test.each([
  ['shop.example.com', 'https://shop.example.com'],
  [' https://Shop.Example.com/ ', 'https://shop.example.com'],
  ['http://shop.example.com', 'https://shop.example.com'],
  ['https://example.com/store/wp-admin/admin.php?page=wc-admin', 'https://example.com/store'],
  ['https://example.com/wp-json/', 'https://example.com'],
  ['https://example.com:443/?a=b#c', 'https://example.com'],
  ['https://grüne-läden.de', 'https://xn--grne-lden-02a3x.de'],
  ['example.com:8443', 'https://example.com:8443'],
])('%s is %s', (typed, address) => {
  const read = parseSiteAddress(typed, false);
  expect(read).toMatchObject({ ok: true, value: { address, domain: address.slice('https://'.length) } });
});

test.each([
  ['', 'not-an-address'],
  ['not an address', 'not-an-address'],
  ['ftp://example.com', 'not-an-address'],
  ['javascript:alert(1)', 'not-an-address'],
  ['https://user:secret@example.com', 'not-an-address'],
  ['https://example.com/a|b', 'not-an-address'],
  ['https://localhost', 'not-public'],
  ['http://127.0.0.1:5432', 'not-public'],
  ['https://[::1]/', 'not-public'],
  ['https://169.254.169.254/latest/meta-data', 'not-public'],
  ['https://10.0.0.7', 'not-public'],
  ['https://0x7f.1', 'not-public'],
  ['https://2130706433', 'not-public'],
  ['https://93.184.216.34', 'not-public'],
  ['https://intranet', 'not-public'],
  ['https://example.com:22', 'not-public'],
])('%s is refused: %s', (typed, code) => {
  expect(parseSiteAddress(typed, false)).toMatchObject({ ok: false, code });
});

test('stores on this machine only where they are allowed, by plain http', () => {
  expect(parseSiteAddress('127.0.0.1:8080/shop/', true)).toMatchObject({
    ok: true,
    value: { address: 'http://127.0.0.1:8080/shop', domain: '127.0.0.1:8080/shop' },
  });
  expect(parseSiteAddress('http://10.0.0.7', true)).toMatchObject({ ok: false });
});

test('routes with both kinds of permalinks', () => {
  expect(restUrl('https://a.example/b', 'pretty', '/wc/v3/orders').href).toBe(
    'https://a.example/b/wp-json/wc/v3/orders',
  );
  expect(restUrl('https://a.example/b', 'plain', '/wc/v3/orders').searchParams.get('rest_route')).toBe('/wc/v3/orders');
});
