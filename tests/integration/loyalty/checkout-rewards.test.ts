import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextToMake, noteMade } from '#app/domains/codes/index.ts';
import { readBalances } from '#app/domains/ledger/index.ts';
import { adjustPoints, joinProgramme, pointsOf } from '#app/domains/loyalty/index.ts';
import type { CheckoutRewards } from '#app/flows/rewards-page/checkout-rewards.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { signExtensionToken } from '#sandbox/shopify/storefront/checkout/extension-token.ts';
import { createTestServices, testApiKey, testApiSecret, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop } from './loyal-shop.ts';

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

interface Answer {
  readonly rewards: CheckoutRewards | null;
  readonly redeemed: { readonly code: string | null; readonly making: boolean; readonly message: string } | null;
}

/** What the extension at the checkout is told, for whoever the platform has signed as logged in. */
async function ask({ shopId }: LoyalShop, customerId: string | null, sent: object = {}): Promise<Answer> {
  const facts = { domain: `${shopId.slice(0, 8)}.myshopify.com`, apiKey: testApiKey, apiSecret: testApiSecret };
  const answer = await http.app.request('/checkout/rewards', {
    method: 'POST',
    headers: { authorization: `Bearer ${signExtensionToken({ ...facts, customerId, now: new Date() })}` },
    body: JSON.stringify({ locale: 'en', ...sent }),
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return (await answer.json()) as Answer;
}
const give = (shop: LoyalShop, customerId: string, points: number) =>
  shop.inShop((scope) => adjustPoints(scope, { id: randomUUID(), customerId, points, reason: 'a test' }, new Date()));
const available = (shop: LoyalShop) =>
  shop.inShop(async (scope) => (await readBalances(scope, pointsOf('7'))).available);
/** The store makes the codes that wait. */
const makeCodes = (shop: LoyalShop) =>
  shop.inShop(async (scope) => {
    const batch = await nextToMake(scope, 1);
    const codes = (batch?.codes ?? []).map((code) => ({ code, storeId: 'gid://code/1' }));
    await noteMade(scope, batch?.offer ?? '', 'gid://discount/1', codes);
    return codes[0]?.code ?? 'none was issued';
  });

describe('points at the checkout', () => {
  it('are those of the customer who is logged in, with what they reach now, in their language', async () => {
    const shop = await loyalShop(made, { pointsName: 'stars' });
    await give(shop, '7', 100);
    const { rewards } = await ask(shop, '7');
    expect(rewards?.balance).toBe('You have 100 stars.');
    expect(rewards?.rewards.map(({ id, terms }) => [id, terms])).toEqual([
      ['amount-1', expect.stringContaining('80 stars')],
    ]);
    expect((await ask(shop, '7', { locale: 'ja' })).rewards?.balance).toBe('残高：100 stars');
  });

  it('become a code at once, once however often it is asked for, and the code waits until it is used', async () => {
    const shop = await loyalShop(made);
    await give(shop, '7', 100);
    const redeem = { reward: 'amount-1', request: randomUUID() };
    expect((await ask(shop, '7', { redeem })).redeemed).toMatchObject({
      code: null,
      making: true,
      message: 'Your code is being made. Load the page again in a moment.',
    });
    const code = await makeCodes(shop);
    const again = await ask(shop, '7', { redeem });
    expect(again.redeemed?.code).toBe(code);
    expect(again.rewards?.codes.map((one) => one.code)).toEqual([code]);
    expect(await available(shop)).toBe(20);
    const other = await ask(shop, '7', { redeem: { ...redeem, request: randomUUID() } });
    expect(other.redeemed).toEqual({ code: null, making: false, message: 'You do not have enough points for this.' });
    expect(await available(shop)).toBe(20);
  });

  it('are nobody else’s: guests, strangers, those without points and those held out see nothing', async () => {
    const shop = await loyalShop(made, { holdoutBps: 2_000 });
    const ids = Array.from({ length: 60 }, (_, at) => String(at + 1));
    const [held = '', member = ''] = [true, false].map((out) => ids.find((id) => isHeldOut(id, 'salt', 2_000) === out));
    const nothing = { rewards: null, redeemed: null };
    expect(await ask(shop, null)).toEqual(nothing);
    expect(await ask(shop, held)).toEqual(nothing);
    expect(await ask(shop, member)).toEqual(nothing);
    await shop.inShop((scope) => joinProgramme(scope, member, new Date()));
    expect(await ask(shop, member)).toEqual(nothing);
    const redeem = { reward: 'amount-1', request: randomUUID() };
    expect((await ask(shop, held, { redeem })).redeemed?.code).toBeNull();
  });
});
