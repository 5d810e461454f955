import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApiKey, testApiSecret } from '#tests/setup/services.ts';
import { testDomain } from '#tests/setup/shopify.ts';
import { extensionToken, type OfferStore, startOfferStore } from './offer-store.ts';

let shop: OfferStore;
beforeAll(async () => {
  shop = await startOfferStore();
});
afterAll(() => shop.store.close());
beforeEach(async () => {
  shop.told.length = 0;
  await shop.settings({ active: true, discountBps: 1000, hours: 24 });
});

describe('who may ask', () => {
  const jwt = (head: object, claims: object, secret = testApiSecret) => {
    const body = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
  };
  const seconds = () => Math.floor(Date.now() / 1000);
  const claims = (more: object = {}) => ({
    dest: testDomain,
    aud: testApiKey,
    exp: seconds() + 60,
    nbf: seconds(),
    ...more,
  });
  const plain = { alg: 'HS256', typ: 'JWT' };

  it.each<[string, () => string | null, number]>([
    ['no token', () => null, 401],
    ['no token at all', () => 'x', 401],
    ['another secret', () => extensionToken({ apiSecret: 'other' }), 401],
    ['another app', () => extensionToken({ apiKey: 'other' }), 401],
    ['over', () => extensionToken({ now: new Date(Date.now() - 320_000) }), 401],
    ['not yet good', () => extensionToken({ now: new Date(Date.now() + 60_000) }), 401],
    ['no algorithm', () => jwt({ alg: 'none' }, claims()), 401],
    ['no end', () => jwt(plain, claims({ exp: undefined })), 401],
    [
      'changed after signing',
      () =>
        `${extensionToken().split('.')[0]}.${jwt(plain, claims({ dest: 'b.myshopify.com' })).split('.')[1]}.${extensionToken().split('.')[2]}`,
      401,
    ],
    ['an address that is no shop', () => jwt(plain, claims({ dest: 'evil.example' })), 401],
    ['an address beside the shop', () => jwt(plain, claims({ dest: `${testDomain}.evil.example` })), 401],
    ['a shop without the app', () => extensionToken({ domain: 'unknown.myshopify.com' }), 404],
    [
      'with a scheme, as customer accounts may write it',
      () => jwt(plain, claims({ dest: `https://${testDomain}` })),
      200,
    ],
  ])('%s', async (_name, bearer, status) => {
    expect((await shop.ask(shop.page(shop.placeOrder()), bearer())).status).toBe(status);
  });

  it.each([
    ['no JSON', 'x'],
    ['no order', { surface: 'thank-you', bought: ['1'] }],
    ['an order that is no number', { orderId: '1; DROP', surface: 'thank-you', bought: ['1'] }],
    ['nothing bought', { orderId: '1', surface: 'thank-you', bought: [] }],
    ['another page', { orderId: '1', surface: 'cart', bought: ['1'] }],
    ['a visitor that is none', { orderId: '1', surface: 'thank-you', bought: ['1'], visitorId: 'me' }],
  ])('refuses %s', async (_name, body) => {
    expect(await shop.ask(body)).toMatchObject({ status: 400, code: 'malformed' });
  });

  it('reads at most 16 kB, and answers any origin without cookies', async () => {
    expect((await shop.ask(`"${'x'.repeat(17_000)}"`)).status).toBe(413);
    const preflight = await shop.app.request('/checkout/offers', { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization, content-type',
    ]);
    const answer = await shop.ask(shop.page(shop.placeOrder()));
    expect([answer.headers.get('access-control-allow-origin'), answer.headers.get('set-cookie')]).toEqual(['*', null]);
  });

  it('bounds how often one order is asked about', async () => {
    const order = shop.placeOrder();
    const answers = await Promise.all(Array.from({ length: 40 }, () => shop.ask(shop.page(order))));
    expect(answers.filter((one) => one.status === 429)).toHaveLength(10);
  });
});
