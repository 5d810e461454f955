import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { earnForOrders } from '#app/domains/loyalty/index.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import type { OrderPoints } from '#app/flows/rewards-page/order-points.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { signExtensionToken } from '#sandbox/shopify/storefront/checkout/extension-token.ts';
import { createTestServices, testApiKey, testApiSecret, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, orderOf, saveOrders } from './loyal-shop.ts';

let made: TestServices;
let http: HttpApp;

beforeAll(async () => {
  made = await createTestServices();
  http = createHttpApp(made.services, made.queues);
});
afterAll(async () => {
  await http.close();
  await made.dispose();
});

/** What the page of an order is told, for whoever the platform has signed as logged in. */
async function ask({ shopId }: LoyalShop, customerId: string | null, orderId: string, locale = 'en') {
  const facts = { domain: `${shopId.slice(0, 8)}.myshopify.com`, apiKey: testApiKey, apiSecret: testApiSecret };
  const answer = await http.app.request('/checkout/points', {
    method: 'POST',
    headers: { authorization: `Bearer ${signExtensionToken({ ...facts, customerId, now: new Date() })}` },
    body: JSON.stringify({ orderId, locale }),
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return ((await answer.json()) as { points: OrderPoints | null }).points;
}

async function buy(shop: LoyalShop, id: string, customerId: string): Promise<void> {
  await shop.inShop(async (scope) => {
    await saveOrders(scope, [orderOf(id, 4_250, { customerId })]);
    await earnForOrders(scope, [id], new Date());
  });
}

describe('points on the page of an order', () => {
  it('are those of the customer who is logged in, in their language', async () => {
    const shop = await loyalShop(made, { pointsName: 'stars' });
    await buy(shop, '501', '7');
    const shown = await ask(shop, '7', '501');
    expect(shown?.lines).toEqual(['You earn 42 stars with this order.', 'You have 42 stars.']);
    expect(shown?.link.address).toMatch(/\/apps\/trellis\/rewards$/);
    expect((await ask(shop, '7', '501', 'de-CH'))?.lines[0]).toBe('Diese Bestellung bringt Ihnen 42 stars.');
  });

  it('say that they are being counted while the order has not arrived', async () => {
    const shop = await loyalShop(made);
    await buy(shop, '502', '7');
    expect((await ask(shop, '7', '503'))?.lines).toEqual([
      'You collect points with this order. They are on your page in a moment.',
      'You have 42 points.',
    ]);
  });

  it('are never somebody else’s: another customer’s order says nothing, a guest is invited', async () => {
    const shop = await loyalShop(made);
    await buy(shop, '504', '7');
    await buy(shop, '505', '8');
    expect(await ask(shop, '8', '504')).toBeNull();
    const invited = await ask(shop, null, '504');
    expect(invited?.lines[0]).toContain('Earn points with every order');
    expect(invited?.lines.join(' ')).not.toMatch(/\d/);
  });

  it('are not shown to whom the programme is held back from, nor without one', async () => {
    const shop = await loyalShop(made, { holdoutBps: 2_000 });
    const held = Array.from({ length: 60 }, (_, at) => String(at + 1)).find((id) => isHeldOut(id, 'salt', 2_000)) ?? '';
    expect(await ask(shop, held, '506')).toBeNull();
  });
});
