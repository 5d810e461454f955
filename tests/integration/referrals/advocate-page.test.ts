import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCodesOf } from '#app/domains/codes/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import {
  ensureAdvocate,
  overrule,
  type ProgrammeTerms,
  saveProgramme,
  usualTerms,
} from '#app/domains/referrals/index.ts';
import { pageLanguages } from '#app/flows/bundle-page-words.ts';
import { settleCodes } from '#app/flows/codes/settle-codes.ts';
import { attributeOrders } from '#app/flows/referrals/attribute-orders.ts';
import { settleSome } from '#app/flows/referrals/settle-referrals.ts';
import { saveRecords } from '#app/flows/save-records.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createEngine } from '#sandbox/shopify/storefront/liquid/engine.ts';
import { readLocales } from '#sandbox/shopify/storefront/liquid/translate.ts';
import { themeFolder } from '#sandbox/shopify/storefront/page.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, testApiSecret, type TestServices } from '#tests/setup/services.ts';

const start = new Date('2026-03-01T12:00:00Z');
let now = start;
let made: TestServices;
let http: HttpApp;
let shopId: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  http = createHttpApp(made.services, made.queues);
});
afterAll(async () => {
  await http.close();
  await made.dispose();
});
beforeEach(async () => {
  now = start;
  shopId = await insertShop(made.database);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const coming = () => ({ way: 'webhook' as const, skewMs: 0, since: null, readAt: now });
async function advocateUnder(terms: Partial<ProgrammeTerms>): Promise<string> {
  const customer = { id: '7', email: 'max@example.com', locale: null, tags: [], createdAt: now, updatedAt: now };
  return inShop(async (scope) => {
    await saveProgramme(scope, { active: true, terms: { ...usualTerms, ...terms } }, now);
    await saveRecords(made.services, scope, [{ resource: 'customers', customer }], coming());
    return (await ensureAdvocate(scope, '7', { now, random: randomBytes })).code;
  });
}
/** The advocate pays with the code that a friend's order brought. */
async function use(scope: ShopScope, friendsOrder: string): Promise<void> {
  const [reward] = await readCodesOf(scope, 'referral-reward', [friendsOrder]);
  const own = { id: 'own', customerId: '7', placedAt: now, updatedAt: now };
  const codes = [{ code: reward?.code ?? 'none was issued', discountMinor: 1_000 }];
  await upsertOrders(scope, [platformOrder({ ...own, codes })]);
  await settleCodes(made.services, scope, { platform: { capabilities: { returnsCodeUses: false } } }, ['own']);
}
const settleAll = async (): Promise<void> => {
  for (let some = 1; some > 0;) some = await inShop((scope) => settleSome(made.services, scope, { now, by: 'rules' }));
};
/** What the webhook of a friend's order does; friends are in the order of their days. */
async function told(no: number, code: string, change: Partial<PlatformOrder> = {}): Promise<void> {
  const placedAt = new Date(start.getTime() + no * 60_000);
  const order = platformOrder({
    ...{ id: String(no), customerId: `friend-${String(no)}`, placedAt, updatedAt: now },
    ...{ subtotalMinor: 6_000, totalMinor: 6_000, codes: [{ code, discountMinor: 600 }] },
    buyer: { email: `f${String(no)}@example.com`, phone: null, country: 'DE', addresses: [], payer: null },
    ...change,
  });
  await inShop(async (scope) => {
    await saveRecords(made.services, scope, [{ resource: 'orders', order }], coming());
    await attributeOrders(made.services, scope, [order.id]);
  });
  await settleAll();
}

const engine = createEngine({
  folder: join(themeFolder, 'snippets'),
  locales: readLocales(join(themeFolder, 'locales')),
  assetBase: '',
});
async function page(language = 'en'): Promise<string> {
  const query = new URLSearchParams({
    shop: `${shopId.slice(0, 8)}.myshopify.com`,
    path_prefix: '/apps/trellis',
    timestamp: String(Math.floor(now.getTime() / 1000)),
    logged_in_customer_id: '7',
  });
  query.set('signature', signProxy(query, testApiSecret));
  const answer = await http.app.request(`http://app.test/proxy/rewards?${query.toString()}`);
  expect(answer.status).toBe(200);
  const globals = { request: { locale: { iso_code: language } }, shop: { url: 'https://store.test' }, routes: {} };
  return (await engine.parseAndRender(await answer.text(), {}, { globals })) as string;
}
/** Only what a reader sees of the part about friends. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<(script|style)>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll(/\s+/g, ' ');
const friend = (html: string, no: number): string =>
  textOf(new RegExp(`<li><span>[^<]*\\b${String(no)}<small>.*?</li>`, 's').exec(html)?.[0] ?? 'no such friend');

describe('an advocate reads', () => {
  it('why each order waits, does not count or brings something else, and when a reward is due', async () => {
    const code = await advocateUnder({ minOrderMinor: 5_000 });
    await told(1, code);
    await told(2, code, { subtotalMinor: 4_000, totalMinor: 4_000 });
    await told(3, code, {
      buyer: { email: 'max+3@example.com', phone: null, country: 'DE', addresses: [], payer: null },
    });
    await told(4, code);
    await told(5, code, { currency: 'SEK' });
    await told(6, code, { customerId: 'friend-1' });
    await told(7, code);
    await told(8, code);
    await inShop((scope) => overrule(scope, '7', 'credit', now));
    await inShop((scope) => overrule(scope, '8', 'deny', now));
    await told(4, code, { cancelledAt: now });
    await told(1, code, { refundedMinor: 2_000 });
    const html = await page();
    expect(friend(html, 1)).toContain('less than $50.00 is left');
    expect(friend(html, 2)).toContain('The order was worth less than $50.00.');
    expect(friend(html, 3)).toContain('Your own orders do not count.');
    expect(friend(html, 4)).toContain('The order was cancelled or sent back.');
    expect(friend(html, 5)).toContain('It was paid in another currency');
    expect(friend(html, 6)).toContain('Rewards are for friends who had not ordered here before.');
    expect(friend(html, 7)).toContain('on its way · due on Mar 15, 2026');
    expect(friend(html, 7)).toContain('The store chose this reward. 250 points');
    expect(friend(html, 8)).toContain('The store decided that it does not count.');
    expect(html).not.toMatch(/max\+3|friend-\d/);
  });

  it('in every language, with nothing left in another', async () => {
    const code = await advocateUnder({ minOrderMinor: 5_000 });
    await told(1, code);
    await told(2, code, { subtotalMinor: 4_000, totalMinor: 4_000 });
    const pages = await Promise.all(pageLanguages.map(async (language) => [language, await page(language)] as const));
    const whys = pages.map(([, html]) => friend(html, 2).replace(/.*? · /, ''));
    const dues = pages.map(([, html]) => friend(html, 1).replace(/.*? · .*? · /, ''));
    const least = pages.map(([, html]) => /<\/p><p>([^<]*50[.,]00[^<]*)<\/p>/.exec(html)?.[1]);
    for (const texts of [whys, dues, least]) expect(new Set(texts).size).toBe(pageLanguages.length);
    expect(friend(pages.find(([language]) => language === 'de')?.[1] ?? '', 1)).toContain('fällig am 15.03.2026');
  });

  it('what more friends bring, and how many they have of those they need', async () => {
    const code = await advocateUnder({});
    const shown = async () => textOf(await page());
    expect(await shown()).toContain(
      'From friend 1 on: 500 points From friend 5 on: 750 points 0 of 5 friends From friend 10 on: 1,000 points 0 of 10 friends',
    );
    for (const no of [1, 2, 3]) await told(no, code);
    await told(4, code, { cancelledAt: now });
    expect(await shown()).toContain(
      'From friend 1 on: 500 points reached From friend 5 on: 750 points 3 of 5 friends From friend 10 on: 1,000 points 3 of 10 friends',
    );
    expect((await page()).match(/<progress max="5" value="3" aria-label="3 of 5 friends">/g)).toHaveLength(1);
  });

  it('nothing of steps or a minimum where there are none', async () => {
    await advocateUnder({ tiers: [{ from: 1, reward: { type: 'points', points: 5 } }] });
    const html = await page();
    expect(html).toContain('You get 5 points for the next friend.');
    expect(html).not.toMatch(/What each friend brings|at least/);
  });

  it('how much of a reward is left after a debt', async () => {
    const code = await advocateUnder({
      ...{ monthlyLimit: null, waitDays: 0 },
      tiers: [
        { from: 1, reward: { type: 'credit', minor: 1_000 } },
        { from: 2, reward: { type: 'credit', minor: 1_500 } },
      ],
    });
    // All three have been ordered, and none waits.
    now = new Date(start.getTime() + 3_600_000);
    await told(1, code);
    await told(2, code);
    await inShop((scope) => use(scope, '1'));
    expect(friend(await page(), 1)).toContain('rewarded $10.00');
    await told(1, code, { refundedMinor: 6_000 });
    await told(3, code);
    const html = await page();
    expect(friend(html, 1)).toContain('The order was cancelled or sent back.');
    expect(friend(html, 2)).toContain('rewarded $15.00');
    expect(friend(html, 3)).toContain(
      'rewarded Earlier rewards for orders that were sent back were taken off. $5.00 is left. $15.00',
    );
  });
});
