import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextToMake, noteMade, readCodesOf } from '#app/domains/codes/index.ts';
import { readBalances } from '#app/domains/ledger/index.ts';
import { adjustPoints, bringTierCodes, pointsOf } from '#app/domains/loyalty/index.ts';
import { formToken } from '#app/flows/rewards-page/form-token.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { createEngine } from '#sandbox/shopify/storefront/liquid/engine.ts';
import { readLocales } from '#sandbox/shopify/storefront/liquid/translate.ts';
import { themeFolder } from '#sandbox/shopify/storefront/page.ts';
import { createTestServices, testApiSecret, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, plainProgramme } from './loyal-shop.ts';

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

type Fields = Readonly<Record<string, string>>;

async function ask({ shopId }: LoyalShop, customerId: string, form?: Fields): Promise<Response> {
  const query = new URLSearchParams({
    shop: `${shopId.slice(0, 8)}.myshopify.com`,
    path_prefix: '/apps/trellis',
    timestamp: String(Math.floor(Date.now() / 1000)),
    logged_in_customer_id: customerId,
  });
  query.set('signature', signProxy(query, testApiSecret));
  const url = `http://app.test/proxy/rewards?${query.toString()}`;
  return http.app.request(url, form ? { method: 'POST', body: new URLSearchParams(form) } : {});
}

const engine = createEngine({
  folder: join(themeFolder, 'snippets'),
  locales: readLocales(join(themeFolder, 'locales')),
  assetBase: '',
});
/** The page as the store renders it. */
async function page(answer: Response, language = 'en'): Promise<string> {
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  const globals = {
    request: { locale: { iso_code: language } },
    shop: { url: 'https://store.test' },
    routes: { root_url: '/', cart_url: '/cart', account_login_url: '/account/login' },
  };
  return (await engine.parseAndRender(await answer.text(), {}, { globals })) as string;
}

const give = (shop: LoyalShop, points: number) =>
  shop.inShop((scope) =>
    adjustPoints(scope, { id: randomUUID(), customerId: '7', points, reason: 'a test' }, new Date()),
  );
const available = (shop: LoyalShop) =>
  shop.inShop(async (scope) => (await readBalances(scope, pointsOf('7'))).available);
const token = ({ shopId }: LoyalShop, customerId = '7', now = new Date()) =>
  formToken(made.services.secrets, { shopId, customerId }, now);

describe('the page of rewards', () => {
  it('shows a customer the own points, in the language of the store, and redeems once however often it is sent', async () => {
    const shop = await loyalShop(made);
    await give(shop, 200);
    const shown = await page(await ask(shop, '7'), 'de');
    expect(shown).toContain('Ihr Guthaben');
    expect(shown).toContain('200 Punkte');
    const [, sent] = /name="token" value="([0-9a-f]+)"/.exec(shown) ?? [];
    expect(sent).toBe(token(shop));
    const form = { token: sent ?? '', action: 'redeem', reward: 'amount-1', request: randomUUID() };
    for (const _ of [1, 2]) {
      const after = await page(await ask(shop, '7', form));
      expect(after).toContain('Your code is below.');
      expect(after.match(/<code>/g)).toHaveLength(1);
      expect(await available(shop)).toBe(120);
    }
    const back = { token: sent ?? '', action: 'cancel', redemption: form.request };
    expect(await page(await ask(shop, '7', back))).toContain('The points are back');
    expect(await page(await ask(shop, '7', back))).toContain('This was done before.');
    expect(await available(shop)).toBe(200);
  });

  it('takes what is redeemed from the cart into the cart, once the store has made the code', async () => {
    const shop = await loyalShop(made);
    await give(shop, 200);
    const redeem = { token: token(shop), action: 'redeem', reward: 'amount-1', request: randomUUID() };
    expect(await page(await ask(shop, '7', redeem))).not.toContain('http-equiv');
    const code = await shop.inShop(async (scope) => {
      const batch = await nextToMake(scope, 1);
      const made = (batch?.codes ?? []).map((each) => ({ code: each, storeId: 'gid://code/1' }));
      await noteMade(scope, batch?.offer ?? '', 'gid://discount/1', made);
      return made[0]?.code ?? 'none was issued';
    });
    const shown = await page(await ask(shop, '7', { ...redeem, then: 'cart' }));
    expect(shown).toContain(`content="0;url=/discount/${code}?redirect=%2Fcart"`);
    const paying = await page(await ask(shop, '7', { ...redeem, then: 'checkout' }));
    expect(paying).toContain(`content="0;url=/discount/${code}?redirect=/checkout"`);
    expect(await available(shop)).toBe(120);
    expect(await page(await ask(shop, '7', { ...redeem, then: 'elsewhere' }))).toContain('That did not work');
  });

  it.each([
    ['of another customer', (shop: LoyalShop) => token(shop, '8'), 'open for too long'],
    [
      'of the day before yesterday',
      (shop: LoyalShop) => token(shop, '7', new Date(Date.now() - 2 * 86_400_000)),
      'open for too long',
    ],
    ['that is missing', () => '', 'open for too long'],
  ])('does nothing for a form with a token %s', async (_why, tokenOf, told) => {
    const shop = await loyalShop(made);
    await give(shop, 200);
    const form = { token: tokenOf(shop), action: 'redeem', reward: 'amount-1', request: randomUUID() };
    expect(await page(await ask(shop, '7', form))).toContain(told);
    expect(await available(shop)).toBe(200);
  });

  it('tells what does not work, and does nothing for guests', async () => {
    const shop = await loyalShop(made);
    await give(shop, 10);
    const redeem = { token: token(shop), action: 'redeem', reward: 'amount-1', request: randomUUID() };
    expect(await page(await ask(shop, '7', redeem))).toContain('You do not have enough points');
    expect(await page(await ask(shop, '7', { ...redeem, request: 'no id' }))).toContain('That did not work');
    expect(await page(await ask(shop, '7', { token: token(shop) }))).toContain('That did not work');
    const guest = await page(await ask(shop, '', redeem));
    expect(guest).toContain('href="/account/login"');
    expect(guest).not.toContain('<form');
    expect(await available(shop)).toBe(10);
  });

  it('gives points for following the store once, and none for a review that nobody has seen', async () => {
    const shop = await loyalShop(made, {
      rules: [
        ...plainProgramme.rules,
        { id: 'follow', kind: 'social', on: true, points: 30, title: 'Follow us', url: 'https://social.test/us' },
        { id: 'review', kind: 'review', on: true, points: 500, perYear: 3 },
      ],
    });
    await give(shop, 1);
    const claim = (rule: string) => ask(shop, '7', { token: token(shop), action: 'claim', rule });
    expect(await page(await claim('follow'))).toContain('The points are yours.');
    expect(await page(await claim('follow'))).toContain('This was done before.');
    for (const rule of ['review', 'money', 'nothing'])
      expect(await page(await claim(rule))).toContain('That did not work');
    expect(await available(shop)).toBe(31);
  });

  it('says what has to be done for points, and names what more of them are for', async () => {
    const chosen = { productIds: ['1', '2', '3', '4', 'hidden', 'gone'], collectionIds: ['c'] };
    const shop = await loyalShop(made, {
      rules: [
        { id: 'soon', kind: 'recent-order', on: true, points: 20, days: 30 },
        { id: 'third', kind: 'order-count', on: true, points: 50, count: 3, repeats: true },
        { id: 'new', kind: 'new-customer', on: true, points: 10, days: 14 },
        { id: 'evening', kind: 'happy-hours', on: true, bps: 20_000, weekdays: [5], from: 1020, to: 1260 },
        { id: 'chosen', kind: 'product-multiplier', on: true, bps: 30_000, ...chosen },
        { id: 'none', kind: 'product-multiplier', on: true, bps: 0, productIds: ['gone'], collectionIds: [] },
      ],
    });
    await shop.inShop(async (scope) => {
      const product = (id: string, title: string, change = {}) => ({
        shopId: shop.shopId,
        id,
        title,
        handle: `p-${id}`,
        status: 'active',
        published: true,
        platformUpdatedAt: new Date(),
        platformCreatedAt: new Date(),
        ...change,
      });
      await scope.tx.product.createMany({
        data: [
          product('1', 'Cup'),
          product('2', 'Jug & lid'),
          product('3', 'Pot'),
          product('4', 'Tray'),
          product('hidden', 'A draft', { status: 'draft' }),
          product('gone', 'A gone one', { deletedAt: new Date() }),
        ],
      });
      await scope.tx.collection.create({
        data: { shopId: shop.shopId, id: 'c', handle: 'teas', title: 'Teas' },
      });
    });
    const shown = await page(await ask(shop, '7'));
    for (const text of [
      'For ordering again within 30 days',
      'For every 3rd order',
      'For each order within 14 days of creating your account',
      'Teas, Cup, Jug &#38; lid, and 2 more',
    ])
      expect(shown).toContain(text);
    expect(shown).not.toMatch(/No points|A draft|A gone one/);
    const german = await page(await ask(shop, ''), 'de');
    expect(german).toContain('Freitag, von 17:00 bis 21:00 Uhr (Ortszeit des Shops: Mitteleuropäische Zeit)');
    expect(german).toContain('und 2 weitere');
  });

  it('prints what a programme began with in the reader’s language, and what the merchant wrote as it is', async () => {
    const [reward] = plainProgramme.rewards;
    if (reward?.kind !== 'amount') throw new Error('the usual programme begins with money off');
    const level = { multiplierBps: 10_000, entryPoints: 0, freeShipping: true, perks: [] };
    const shop = await loyalShop(made, {
      rewards: [
        { ...reward, title: '2.50 EUR off' },
        { ...reward, id: 'own', title: 'A little less', cost: 90 },
      ],
      tiers: {
        ...plainProgramme.tiers,
        levels: [
          { id: 'silver', name: 'Silver', at: 0, ...level },
          { id: 'gold', name: 'Best friends', at: 9_000, ...level },
        ],
      },
    });
    await give(shop, 200);
    const issuing = { now: new Date(), random: randomBytes, language: 'fr' } as const;
    await shop.inShop((scope) => bringTierCodes(scope, { after: '', limit: 10 }, issuing));
    const shown = await page(await ask(shop, '7'), 'de');
    for (const text of [
      '2,50\u00a0€ Rabatt',
      'A little less',
      '<strong>Silber</strong>',
      'Auf dem Weg zu Best friends',
      'Silber: kostenloser Versand',
    ])
      expect(shown).toContain(text);
    const codes = await shop.inShop((scope) => readCodesOf(scope, 'loyalty-tier', ['7']));
    expect(codes.map(({ title }) => title)).toEqual(['Argent : livraison gratuite']);
  });

  it('shows nothing to whom the programme is held back from', async () => {
    const shop = await loyalShop(made, { holdoutBps: 2_000 });
    const ids = Array.from({ length: 60 }, (_, at) => String(at + 1));
    const [held, member] = [true, false].map((out) => ids.find((id) => isHeldOut(id, 'salt', 2_000) === out) ?? '');
    const shown = await page(await ask(shop, held ?? ''));
    expect(shown).toContain('no rewards programme');
    expect(shown).not.toMatch(/<form|points/);
    expect(await page(await ask(shop, member ?? ''))).toContain('How to earn points');
  });

  it('keeps what merchants write from being markup or Liquid', async () => {
    const title = `{{ 'x' | upcase }}<img src=x onerror="alert(1)">`;
    const [reward] = plainProgramme.rewards;
    if (!reward) throw new Error('the usual programme has no rewards');
    const shop = await loyalShop(made, { pointsName: '<b>{{ 1 }}</b>', rewards: [{ ...reward, title }] });
    await give(shop, 200);
    const shown = await page(await ask(shop, '7'));
    expect(shown).not.toMatch(/<img|<b>/);
    expect(shown).toContain('&#60;b&#62;&#123;&#123; 1 &#125;&#125;&#60;/b&#62;');
    expect(shown).toContain('&#123;&#123; &#39;x&#39; | upcase &#125;&#125;');
  });
});
