import { randomUUID } from 'node:crypto';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgramme, saveProgramme } from '#app/domains/loyalty/index.ts';
import {
  createRule,
  deleteRule,
  type ListExplanation,
  type SuggestionExplanation,
} from '#app/domains/recommendations/index.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import { loader as pageLoader } from '#app/routes/recommendations/route.tsx';
import { loader } from '#app/routes/recommendations_.explain.ts';
import { loader as visitorsLoader } from '#app/routes/recommendations_.visitors/route.tsx';
import { startTwoShops, type TwoShops } from '../tenants/two-shops.ts';

let shops: TwoShops;
beforeAll(async () => {
  shops = await startTwoShops();
});
afterAll(() => shops.close());

async function ask(query: string): Promise<{ status: number; body: unknown; cache: string | null }> {
  const request = new Request(`http://127.0.0.1:3000/recommendations/explain?${query}`, {
    headers: { authorization: `Bearer ${shops.token()}` },
  });
  const context = { services: shops.test.services };
  const answer = await loader({ request, params: {}, context, unstable_pattern: '' } as unknown as LoaderFunctionArgs);
  return { status: answer.status, body: await answer.json(), cache: answer.headers.get('cache-control') };
}

function lookUp(who: string): ReturnType<typeof visitorsLoader> {
  const request = new Request(`http://127.0.0.1:3000/recommendations/visitors?who=${who}`, {
    headers: { authorization: `Bearer ${shops.token()}` },
  });
  const context = { services: shops.test.services };
  return visitorsLoader({ request, params: {}, context, unstable_pattern: '' } as unknown as LoaderFunctionArgs);
}

function openPage(query: string): ReturnType<typeof pageLoader> {
  const request = new Request(`http://127.0.0.1:3000/recommendations?${query}`, {
    headers: { authorization: `Bearer ${shops.token()}` },
  });
  const context = { services: shops.test.services };
  return pageLoader({ request, params: {}, context, unstable_pattern: '' } as unknown as LoaderFunctionArgs);
}

describe('why a cart is suggested what it is', () => {
  const mostShown = 10;

  it('says it of all that the storefront shows, in its order, and of each as when asked of it alone', async () => {
    const { sharedProduct, ownProduct, shopId } = shops.a;
    const query = `cart=${sharedProduct},${ownProduct}`;
    const { status, body, cache } = await ask(query);
    expect([status, cache, body]).toMatchObject([200, 'no-store', { surface: 'cart', model: { orders: 40 } }]);
    const { suggestions } = body as ListExplanation;
    const shown = suggestions.filter((one) => one.shownAt !== null);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.map((one) => one.shownAt)).toEqual(shown.map((_one, at) => at + 1));
    const { text } = await createCartAnswers(shops.test.services).answer(shopId, {
      products: [ownProduct, sharedProduct],
      limit: mostShown,
      visitorId: null,
      customerId: null,
    });
    const answered = (JSON.parse(text) as { suggestions: CartSuggestion[] }).suggestions;
    expect(shown.slice(0, mostShown).map((one) => one.productId)).toEqual(answered.map((one) => one.productId));
    for (const one of suggestions) {
      const alone = (await ask(`${query}&suggested=${one.productId}`)).body as SuggestionExplanation;
      const { words, title, confidence, chanceOfReal, shownAt, adjustedWords, excludedBy } = one;
      expect(words).toMatch(/\S/);
      expect(alone).toMatchObject({ words, title, confidence, chanceOfReal, shownAt, adjustedWords, excludedBy });
    }
    expect((await ask(`cart=${ownProduct},${sharedProduct},${ownProduct}`)).body).toEqual(body);
  });

  it('names the rule that leaves a product out, and the one that moves it', async () => {
    const { sharedProduct, ownProduct, suggestedProduct, shopId } = shops.a;
    const { db, clock } = shops.test.services;
    const query = `cart=${sharedProduct},${ownProduct}`;
    const told = async () =>
      ((await ask(query)).body as ListExplanation).suggestions.find((one) => one.productId === suggestedProduct);
    for (const [action, said] of [
      ['exclude', { shownAt: null, excludedBy: 'A rule: exclude' }],
      ['pin', { shownAt: 1, excludedBy: null, adjustedWords: 'pinned by you (A rule: pin)' }],
    ] as const) {
      const form = { title: `A rule: ${action}`, action, status: 'on', surfaces: ['cart'], target: { kind: 'products', ids: [suggestedProduct] }, condition: null, strengthPercent: 0, bundleId: null, startsAt: null, endsAt: null }; // prettier-ignore
      const made = await db.inShop(shopId, (scope) => createRule(scope, form, { now: clock.now(), newId: randomUUID }));
      if (!made.ok) throw new Error(JSON.stringify(made));
      expect(await told()).toMatchObject(said);
      await db.inShop(shopId, (scope) => deleteRule(scope, made.value.id, { now: clock.now() }));
    }
    expect(await told()).toMatchObject({ excludedBy: null, adjustedWords: '' });
  });

  it('leaves out what is for members alone, and says so, unless the member asks', async () => {
    const { sharedProduct, ownProduct, suggestedProduct, customer, shopId } = shops.a;
    const { db, clock } = shops.test.services;
    const query = `cart=${sharedProduct},${ownProduct}`;
    const keep = (productIds: readonly string[]) =>
      db.inShop(shopId, async (scope) => {
        const programme = await findProgramme(scope);
        const exclusives = productIds.length === 0 ? [] : [{ id: 'a', fromLevel: 'gold', productIds, collectionIds: [], until: null }]; // prettier-ignore
        const saved = await saveProgramme(scope, { revision: programme?.revision ?? 0, settings: { ...programme?.settings, exclusives } }, clock.now()); // prettier-ignore
        if (!saved.ok) throw new Error(saved.message);
      });
    const told = async (who = '') =>
      ((await ask(`${query}${who}`)).body as ListExplanation).suggestions.find(
        (one) => one.productId === suggestedProduct,
      );
    await keep([suggestedProduct]);
    await db.inShop(shopId, ({ tx }) =>
      tx.toldCustomer.create({
        data: { shopId, customerId: customer, points: 0n, tier: 'gold', offers: [], toldAt: clock.now() },
      }),
    );
    expect(await told()).toMatchObject({ keptForOthers: true, shownAt: null });
    const alone = await ask(`${query}&suggested=${suggestedProduct}`);
    expect(alone.body).toMatchObject({ keptForOthers: true, shownAt: null });
    const { cart } = await openPage(query);
    expect(cart.list.find((one) => one.productId === suggestedProduct)).toEqual(await told());
    expect(await told(`&customer=${customer}`)).toMatchObject({ keptForOthers: false });
    await keep([]);
    expect(await told()).toMatchObject({ keptForOthers: false, shownAt: expect.any(Number) });
  });

  it('shows the same on the page, beside the products of the cart, and nothing for an address that names none', async () => {
    const { sharedProduct, ownProduct } = shops.a;
    const { cart } = await openPage(`cart=${sharedProduct},${ownProduct},${sharedProduct},404`);
    expect(cart.products).toEqual([
      { id: sharedProduct, title: expect.stringMatching(/\S/) },
      { id: ownProduct, title: expect.stringMatching(/\S/) },
      { id: '404', title: null },
    ]);
    const told = (await ask(`cart=${sharedProduct},${ownProduct},404`)).body as ListExplanation;
    expect(cart.list).toEqual(told.suggestions);
    expect(Object.keys(cart.pictures)).toContain(cart.list[0]?.productId);
    for (const none of ['', 'cart=', 'cart=all', `cart=${'1,'.repeat(50)}1`])
      expect((await openPage(none)).cart).toEqual({ products: [], list: [], pictures: {} });
  });
});

describe('why a product is suggested to a cart', () => {
  it('says what each source and each product in the cart adds', async () => {
    const { ownProduct, sharedProduct, suggestedProduct } = shops.a;
    const { status, body, cache } = await ask(`cart=${sharedProduct},${ownProduct}&suggested=${suggestedProduct}`);
    expect([status, cache]).toEqual([200, 'no-store']);
    const said = body as Extract<SuggestionExplanation, { code: 'explained' }>;
    expect(said).toMatchObject({ code: 'explained', productId: suggestedProduct, shownAt: expect.any(Number) });
    expect(said.pairs.map((pair) => pair.productId).sort()).toEqual([ownProduct, sharedProduct].sort());
    for (const pair of said.pairs) expect(pair.support).toBe(40);
    const sum = said.parts.reduce((total, part) => total + part.part, 0);
    expect(sum).toBeCloseTo(said.score ?? Number.NaN, 4);
    expect(said.words).not.toBe('');
  });

  it('counts a product once however often the cart names it', async () => {
    const { ownProduct, sharedProduct, suggestedProduct } = shops.a;
    const once = await ask(`cart=${sharedProduct},${ownProduct}&suggested=${suggestedProduct}`);
    const often = await ask(`cart=${sharedProduct},${ownProduct},${sharedProduct}&suggested=${suggestedProduct}`);
    expect(often.body).toEqual(once.body);
  });

  it('names what a visitor looked at, for that visitor alone and on the page about them', async () => {
    const { ownProduct, suggestedProduct } = shops.a;
    const [visitor, other] = ['5f0c3a52-1c0b-4d5e-9a51-0a7f3c1d2e4b', '5f0c3a52-1c0b-4d5e-9a51-0a7f3c1d2e4c'];
    const { db, clock } = shops.test.services;
    await db.inShop(
      shops.a.shopId,
      ({ tx }) => tx.$executeRaw`
        INSERT INTO signal (shop_id, id, visitor_id, kind, product_id, occurred_at, received_at)
        SELECT ${shops.a.shopId}::uuid, gen_random_uuid(), ${visitor}, 'view', ${suggestedProduct}, ${clock.now()}::timestamptz - n * interval '2 minutes', ${clock.now()}
        FROM generate_series(1, 3) AS n`,
    );
    const moved = await ask(`cart=${ownProduct}&suggested=${suggestedProduct}&visitor=${visitor}`);
    const { title } = moved.body as { title: string };
    expect(moved.body).toMatchObject({ adjustedWords: `the visitor looked at ${title}` });
    const plain = await ask(`cart=${ownProduct}&suggested=${suggestedProduct}&visitor=${other}`);
    expect(plain.body).toMatchObject({ adjustedWords: '' });
    const { explained } = await lookUp(visitor);
    expect(explained?.wanted).toContainEqual({
      productId: suggestedProduct,
      title,
      words: `the visitor looked at ${title}`,
    });
    expect((await lookUp(other)).explained?.wanted).toEqual([]);
  });

  it('asks as a signed-in customer, who is named by number or by e-mail address', async () => {
    const { ownProduct, suggestedProduct, customer, shopId } = shops.a;
    const { db, secrets } = shops.test.services;
    const emailHash = hashEmail(secrets, 'known@example.com');
    await db.inShop(shopId, ({ tx }) =>
      tx.customer.create({
        data: { shopId, id: customer, emailHash, platformCreatedAt: new Date(0), platformUpdatedAt: new Date(0) },
      }),
    );
    const query = `cart=${ownProduct}&suggested=${suggestedProduct}&customer=`;
    const byNumber = await ask(`${query}${customer}`);
    expect(byNumber).toMatchObject({ status: 200, body: { code: 'explained' } });
    expect((await ask(`${query}${encodeURIComponent('Known@Example.com ')}`)).body).toEqual(byNumber.body);
    expect((await lookUp('known@example.com')).explained).not.toBeNull();
  });

  it('shows on the page about a customer why each product stands in their own list', async () => {
    const { customer } = shops.a;
    const told = (await ask(`customer=${customer}`)).body as ListExplanation;
    const { own } = await lookUp(customer);
    expect(own?.list).toEqual(told.suggestions);
    expect(own?.list.length).toBeGreaterThan(1);
    for (const one of own?.list ?? []) expect(one.words).toMatch(/\S/);
    // Whom no training knows has none, and of a visitor nobody asks whose list it would be.
    expect((await lookUp('404')).own).toEqual({ list: [], pictures: {} });
    expect((await lookUp('5f0c3a52-1c0b-4d5e-9a51-0a7f3c1d2e4f')).own).toBeNull();
  });

  it('has nothing to say of what the cart holds already, nor of a product that nobody knows', async () => {
    const { ownProduct, suggestedProduct } = shops.a;
    const held = await ask(`cart=${ownProduct},${suggestedProduct}&suggested=${suggestedProduct}`);
    expect(held).toMatchObject({ status: 200, body: { place: null, shownAt: null } });
    expect(await ask(`cart=${ownProduct}&suggested=404`)).toMatchObject({ status: 404, body: { error: 'not-found' } });
    expect((await ask(`cart=404&suggested=${suggestedProduct}`)).status).toBe(200);
  });

  it.each([
    ['everybody is shown', () => 'list=popular', 'popular'],
    ['a customer is shown', () => `customer=${shops.a.customer}`, 'for-you'],
  ])('says the same of what %s, whole or of one product', async (_what, queryOf, surface) => {
    const query = queryOf();
    const { status, body } = await ask(query);
    expect([status, body]).toMatchObject([200, { surface, model: { orders: 40 } }]);
    const { suggestions } = body as ListExplanation;
    expect(suggestions.length).toBeGreaterThan(1);
    for (const one of suggestions)
      expect(one).toMatchObject({
        words: expect.stringMatching(/\S/),
        confidence: expect.any(String),
        title: expect.any(String),
      });
    // Another product is called by its title, not by its number.
    expect(suggestions.map((one) => one.words).join()).not.toMatch(/with \d+ in/);
    const [first] = suggestions;
    const alone = await ask(`${query}&suggested=${first?.productId ?? ''}`);
    expect(alone).toMatchObject({ status: 200, body: { suggestions: [first] } });
    expect((await ask(`${query}&suggested=404`)).status).toBe(404);
    expect((await ask('customer=nobody')).status).toBe(404);
  });

  it.each([
    ['another list', 'list=new'],
    ['a customer without a name', 'customer='],
    ['a cart of words beside a customer', 'cart=all&customer=7'],
    ['an empty cart', 'cart=&suggested=1'],
    ['a hole in the cart', 'cart=1,,2&suggested=1'],
    ['words', 'cart=all&suggested=1'],
    ['a suggested product that is none', 'cart=1&suggested=all'],
    ['an id longer than any', `cart=${'9'.repeat(21)}&suggested=1`],
    ['more than a cart holds', `cart=${Array.from({ length: 51 }, (_, at) => String(at)).join(',')}&suggested=1`],
    ['nothing', ''],
  ])('refuses %s', async (_what, query) => {
    expect(await ask(query)).toMatchObject({ status: 400, body: { error: 'invalid' } });
  });
});
