import { randomUUID } from 'node:crypto';
import { signExtensionToken } from '#sandbox/shopify/storefront/checkout/extension-token.ts';
import { testApiKey, testApiSecret } from '#tests/setup/services.ts';
import type { Attack } from './plugin-attacks.ts';

interface Doors {
  readonly origin: string;
  /** domain of the attacker's own store */
  readonly own: string;
  readonly victim: { readonly domain: string; readonly order: string; readonly sharedProduct: string };
  /** a session token of the admin */
  readonly token: string;
}

/** Extensions at the checkout, asked by somebody of another store, or of none. */
export function checkoutAttacks(victim: () => Doors): Record<string, (() => Attack[]) | null> {
  const ask = (place: string, bearer: string | null, sent: object) =>
    new Request(`${victim().origin}/checkout/${place}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify(sent),
    });
  const afterPurchase = (bearer: string | null) => {
    const { order, sharedProduct } = victim().victim;
    return ask('offers', bearer, { orderId: order, surface: 'order-status', bought: [sharedProduct] });
  };
  const pointsOf = (bearer: string | null, orderId = victim().victim.order) =>
    ask('points', bearer, { orderId, locale: 'en' });
  const rewardsAsked = (bearer: string | null, reward = 'amount-1') =>
    ask('rewards', bearer, { locale: 'en', redeem: { reward, request: randomUUID() } });
  const extensionToken = (values: Partial<Parameters<typeof signExtensionToken>[0]> = {}) =>
    signExtensionToken({
      domain: victim().own,
      apiKey: testApiKey,
      apiSecret: testApiSecret,
      customerId: null,
      now: new Date(),
      ...values,
    });
  return {
    'POST /checkout/offers': () => [
      { why: 'no token', request: () => afterPurchase(null), status: 401 },
      { why: 'another secret', request: () => afterPurchase(extensionToken({ apiSecret: 'other' })), status: 401 },
      {
        why: 'another app’s token',
        request: () => afterPurchase(extensionToken({ domain: victim().victim.domain, apiKey: 'other' })),
        status: 401,
      },
      {
        why: 'over',
        request: () =>
          afterPurchase(extensionToken({ domain: victim().victim.domain, now: new Date(Date.now() - 400_000) })),
        status: 401,
      },
      { why: 'A’s token for an order of B', request: () => afterPurchase(extensionToken()), status: 200 },
    ],
    'GET /checkout/offers/:ticket': () => [
      {
        why: 'no ticket of ours',
        request: () => new Request(`${victim().origin}/checkout/offers/a.b.c.d`),
        status: 410,
      },
      {
        why: 'a session token in place of a ticket',
        request: () => new Request(`${victim().origin}/checkout/offers/${victim().token}`),
        status: 410,
      },
    ],
    'OPTIONS /checkout/offers': null,
    'POST /checkout/points': () => [
      { why: 'no token', request: () => pointsOf(null), status: 401 },
      { why: 'another secret', request: () => pointsOf(extensionToken({ apiSecret: 'other' })), status: 401 },
      {
        why: 'over',
        request: () =>
          pointsOf(extensionToken({ domain: victim().victim.domain, now: new Date(Date.now() - 400_000) })),
        status: 401,
      },
      { why: 'no order', request: () => pointsOf(extensionToken(), '1; DROP'), status: 400 },
      { why: 'A’s token for an order of B', request: () => pointsOf(extensionToken()), status: 200 },
    ],
    'OPTIONS /checkout/points': null,
    'POST /checkout/rewards': () => [
      { why: 'no token', request: () => rewardsAsked(null), status: 401 },
      {
        why: 'another secret',
        request: () => rewardsAsked(extensionToken({ apiSecret: 'other', customerId: '7' })),
        status: 401,
      },
      {
        why: 'over',
        request: () =>
          rewardsAsked(extensionToken({ domain: victim().victim.domain, now: new Date(Date.now() - 400_000) })),
        status: 401,
      },
      { why: 'no reward', request: () => rewardsAsked(extensionToken({ customerId: '7' }), ''), status: 400 },
      {
        why: 'A’s token and a reward of B',
        request: () => rewardsAsked(extensionToken({ customerId: '7' })),
        status: 200,
      },
    ],
    'OPTIONS /checkout/rewards': null,
  };
}
