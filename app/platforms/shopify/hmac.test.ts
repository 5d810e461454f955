import { describe, expect, test } from 'vitest';
import { signProxy, signWebhook, verifyProxy, verifyWebhook } from './hmac.ts';

const at = (seconds: number) => new Date(seconds * 1000);
const base = 'extra=1&extra=2&shop=shop-name.myshopify.com&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555';

describe('app proxy', () => {
  test.each([
    [
      'a customer',
      `${base}&logged_in_customer_id=1`,
      '4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb',
    ],
    [
      'a guest: the parameter is there and empty',
      `${base}&logged_in_customer_id=`,
      'e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb',
    ],
  ])('Shopify’s vector for %s', (_name, query, signature) => {
    expect(signProxy(new URLSearchParams(query), 'hush')).toBe(signature);
  });

  const signed = (query: string) => {
    const params = new URLSearchParams(query);
    params.set('signature', signProxy(params, 'hush'));
    return params;
  };

  test('a fresh call tells shop and customer', () => {
    expect(verifyProxy(signed(`${base}&logged_in_customer_id=7`).toString(), 'hush', at(1317327560))).toMatchObject({
      ok: true,
      shopDomain: 'shop-name.myshopify.com',
      customerId: '7',
    });
    expect(verifyProxy(signed(`${base}&logged_in_customer_id=`).toString(), 'hush', at(1317327560))).toMatchObject({
      customerId: null,
    });
  });

  test.each([
    ['91 seconds old', signed(base), at(1317327646), 'stale'],
    ['from the future', signed(base), at(1317327400), 'stale'],
    ['without a signature', new URLSearchParams(base), at(1317327555), 'unsigned'],
    ['with two shops', signed(`${base}&shop=other.myshopify.com`), at(1317327555), 'unsigned'],
    [
      'signed with another secret',
      new URLSearchParams(`${base}&signature=${'0'.repeat(64)}`),
      at(1317327555),
      'forged',
    ],
    ['not well-formed', '%zz', at(1317327555), 'unsigned'],
    ['with a signature that is no hex', new URLSearchParams(`${base}&signature=zz`), at(1317327555), 'forged'],
  ])('%s is refused', (_name, query, now, code) => {
    expect(verifyProxy(String(query), 'hush', now)).toEqual({ ok: false, code });
  });

  test.each([1, 256, 65536])('each letter of the signature counts, also one whose last byte is right (+%i)', (step) => {
    const query = signed(base);
    const right = query.get('signature') ?? '';
    for (let place = 0; place < right.length; place += 1) {
      const other = String.fromCodePoint(right.charCodeAt(place) + step);
      query.set('signature', right.slice(0, place) + other + right.slice(place + 1));
      expect(verifyProxy(query.toString(), 'hush', at(1317327555))).toEqual({ ok: false, code: 'forged' });
    }
  });

  test('a changed parameter is refused', () => {
    const query = signed(`${base}&logged_in_customer_id=1`);
    query.set('logged_in_customer_id', '2');
    expect(verifyProxy(query.toString(), 'hush', at(1317327555))).toEqual({ ok: false, code: 'forged' });
  });
});

describe('webhook', () => {
  const body = Buffer.from('{"id":1,"title":"Größe 38"}');
  test('the right signature over the raw bytes', () => {
    expect(verifyWebhook(body, signWebhook(body, 's'), 's')).toBe(true);
  });
  test.each([
    ['another secret', signWebhook(body, 'other')],
    ['another body', signWebhook(Buffer.from('{}'), 's')],
    ['a short value', 'AAAA'],
    ['nothing', undefined],
    ['empty', ''],
  ])('%s is refused', (_name, header) => {
    expect(verifyWebhook(body, header, 's')).toBe(false);
  });
});
