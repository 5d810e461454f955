import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShownOffer } from '#app/flows/order-offers.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import { signExtensionToken } from '#sandbox/shopify/storefront/checkout/extension-token.ts';
import { testApiKey, testApiSecret } from '#tests/setup/services.ts';
import { secretWord, startTwoShops, type TwoShops } from './two-shops.ts';

let shops: TwoShops;
let http: HttpApp;

beforeAll(async () => {
  shops = await startTwoShops();
  http = createHttpApp(shops.test.services, shops.test.queues);
});
afterAll(async () => {
  await http.close();
  await shops.close();
});

describe('offers after a purchase', () => {
  const ask = async (
    asker: TwoShops['a'],
    { order = shops.b.order, surface = 'order-status', bought = [shops.b.sharedProduct] } = {},
  ) => {
    const facts = { domain: asker.domain, apiKey: testApiKey, apiSecret: testApiSecret, customerId: null };
    const answer = await http.app.request('/checkout/offers', {
      method: 'POST',
      headers: { authorization: `Bearer ${signExtensionToken({ ...facts, now: new Date() })}` },
      body: JSON.stringify({ orderId: order, surface, bought }),
    });
    const text = await answer.text();
    return { text, offer: (JSON.parse(text) as { offer: ShownOffer | null }).offer };
  };

  test('the shop itself is shown its products, so that what follows proves something', async () => {
    const { text, offer } = await ask(shops.b);
    expect(text).toContain(secretWord);
    expect(offer?.products.map((one) => one.productId)).toContain(shops.b.suggestedProduct);
    expect(offer?.discount).not.toBeNull();
  });

  test.each(['thank-you', 'order-status'])(
    'another shop’s token, order and products of this one (%s): nothing of it',
    async (surface) => {
      for (const bought of [[shops.b.sharedProduct], [shops.b.ownProduct], [shops.b.suggestedProduct]]) {
        const { text, offer } = await ask(shops.a, { order: '9001', surface, bought });
        expect(text).not.toContain(secretWord);
        const ids = offer?.products.map((one) => one.productId) ?? [];
        expect(ids).not.toContain(shops.b.suggestedProduct);
        for (const { ticket } of offer?.products ?? []) {
          const taken = await http.app.request(`/checkout/offers/${encodeURIComponent(ticket)}`);
          expect(taken.headers.get('location') ?? '').not.toContain(shops.b.domain);
        }
      }
    },
  );

  test('an order that both shops know by one number is each shop’s own', async () => {
    const [a, b] = [await ask(shops.a), await ask(shops.b)];
    expect(a.offer?.products.map((one) => one.productId)).toContain(shops.a.suggestedProduct);
    expect(b.offer?.products.map((one) => one.productId)).toContain(shops.b.suggestedProduct);
    expect(a.text).not.toContain(secretWord);
  });
});
