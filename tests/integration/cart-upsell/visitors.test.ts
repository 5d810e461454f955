import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import {
  createCartServing,
  deletePersonalLists,
  explainSuggestion,
  saveMerchandising,
  trainRecommendations,
} from '#app/domains/recommendations/index.ts';
import { noteSignals, readIdentity, type Signal, type SignalKind } from '#app/domains/signals/index.ts';
import { createVisitorReader } from '#app/flows/cart-affinity.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { insertHistory } from '#tests/integration/recommendations/insert-history.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-02T00:00:00Z');
let made: TestServices;
let services: TestServices['services'];
let shop: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  services = made.services;
});
beforeEach(async () => {
  shop = await insertShop(made.database);
  await insertHistory(made.database, shop);
  // 5 and 6 stand on a shelf of their own.
  await services.db.inShop(shop, ({ tx }) =>
    tx.product.updateMany({
      where: { shopId: shop, id: { in: ['5', '6'] } },
      data: { productType: 'Hat', title: 'Hat' },
    }),
  );
  await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
});
afterAll(() => made.dispose());

function asker() {
  const answers = createCartAnswers(services);
  return async (products: string[], visitorId: string | null = null, customerId: string | null = null) => {
    const { text } = await answers.answer(shop, { products, limit: 6, visitorId, customerId });
    return (JSON.parse(text) as { suggestions: CartSuggestion[] }).suggestions;
  };
}
const does = (visitorId: string, kind: SignalKind, values: Partial<Signal> = {}) =>
  noteSignals(services, [
    {
      shopId: shop,
      id: randomUUID(),
      visitorId: visitorId as VisitorId,
      kind,
      productId: null,
      query: null,
      quantity: null,
      surface: null,
      dwellMs: null,
      occurredAt: now,
      receivedAt: now,
      ...values,
    },
  ]);
const placeOf = (list: readonly CartSuggestion[], id: string) => list.findIndex((one) => one.productId === id);

it('the answer follows what the visitor just looked at, and nobody else’s does', async () => {
  const ask = asker();
  const [visitor, other] = [randomUUID(), randomUUID()];
  const [guest, before] = [await ask(['1']), await ask(['1'], visitor)];
  expect(before.map((one) => one.productId)).toEqual(guest.map((one) => one.productId));
  for (let look = 0; look < 3; look += 1) await does(visitor, 'view', { productId: '5' });
  const after = await ask(['1'], visitor);
  expect(placeOf(after, '5')).toBeLessThan(placeOf(before, '5'));
  expect(after[placeOf(after, '5')]?.reason.adjusted).toBe('the visitor looked at Hat');
  expect(await ask(['1'])).toEqual(guest);
  expect((await ask(['1'], other)).map((one) => one.productId)).toEqual(guest.map((one) => one.productId));
});

it('a search brings products of that name or type forward', async () => {
  const ask = asker();
  const visitor = randomUUID();
  const before = await ask(['1'], visitor);
  await does(visitor, 'search', { query: ' HAT! ' });
  const after = await ask(['1'], visitor);
  const places = (list: typeof after) => placeOf(list, '5') + placeOf(list, '6');
  expect(places(after)).toBeLessThan(places(before));
});

it('a customer is not offered what lasts and they have; who is logged in on a browser is joined with it', async () => {
  const ask = asker();
  // Nobody has bought 5 twice, so that it is taken for durable; c3 has it since a day ago.
  await services.db.inShop(shop, async ({ tx }) => {
    await tx.order.create({
      data: {
        shopId: shop,
        id: 'own',
        customerId: 'c999',
        placedAt: new Date(now.getTime() - 86_400_000),
        platformUpdatedAt: now,
        currency: 'USD',
        subtotalMinor: 0,
        discountMinor: 0,
        totalMinor: 0,
      },
    });
    await tx.orderLine.create({
      data: { shopId: shop, orderId: 'own', id: '1', productId: '2', quantity: 1, unitPriceMinor: 1 },
    });
  });
  expect(placeOf(await ask(['1']), '2')).toBe(0);
  const visitor = randomUUID();
  expect(placeOf(await ask(['1'], visitor, 'c999'), '2')).toBe(-1);
  const explain = (customerId: string | null) =>
    services.db.inShop(shop, (scope) => explainSuggestion(scope, { cart: ['1'], productId: '2', customerId, now }));
  expect(await explain(null)).toMatchObject({ shownAt: 1, ownedByCustomer: false });
  expect(await explain('c999')).toMatchObject({ place: 1, shownAt: null, ownedByCustomer: true });
  await ask(['1'], visitor, 'c999');
  const links = await services.db.inShop(shop, (scope) => readIdentity(scope, visitor));
  expect(links).toMatchObject([{ customerId: 'c999', logins: 1 }]);
});

it('a signed-in customer’s cart hears what they bought before, as the blend learnt it, and a guest’s does not', async () => {
  const voices = await services.db.inShop(shop, ({ tx }) =>
    tx.recommendation.findMany({
      where: { shopId: shop, surface: 'for-cart' },
      select: { subjectId: true, items: true },
    }),
  );
  expect(voices.map((one) => one.subjectId)).toContain('c1');
  // Nobody's past says anything yet in so small a shop: here it says that c1 wants 6.
  await services.db.inShop(shop, ({ tx }) =>
    tx.recommendation.updateMany({
      where: { shopId: shop, surface: 'for-cart', subjectId: 'c1' },
      data: { items: [['6', 9, 0.1, 'own-habit', 9, 4]] },
    }),
  );
  const settings = { objective: 'clicks', objectivePercent: 50, diversityPercent: 0, owned: 'show' };
  await services.db.inShop(shop, (scope) => saveMerchandising(scope, settings, { now }));
  const ask = asker();
  expect(placeOf(await ask(['1']), '6')).toBeGreaterThan(0);
  const own = await ask(['1'], null, 'c1');
  expect(placeOf(own, '6')).toBe(0);
  expect(own[0]?.reason).toMatchObject({ source: 'own-habit', support: 4, because: null });
  const said = await services.db.inShop(shop, (scope) =>
    explainSuggestion(scope, { cart: ['1'], productId: '6', customerId: 'c1', now }),
  );
  if (said.code !== 'explained') throw new Error(said.code);
  expect(said).toMatchObject({ place: 1, shownAt: 1, ownedByCustomer: false });
  expect(said.parts[0]).toMatchObject({ source: 'own-habit', part: 9 });
  expect(said.parts.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(said.score ?? 0, 6);
  expect(placeOf(await ask(['1'], null, 'c2'), '6')).toBeGreaterThan(0);
  // Whoever asked to be forgotten is a guest again.
  await services.db.inShop(shop, (scope) => deletePersonalLists(scope, ['c1']));
  expect(placeOf(await asker()(['1'], null, 'c1'), '6')).toBeGreaterThan(0);
});

it('a login that could not be noted is noted with the next page', async () => {
  const serving = createCartServing(services);
  const visitor = { visitorId: randomUUID(), customerId: 'c999' };
  const read = (using: typeof services) =>
    createVisitorReader(using, serving).read(shop, visitor, serving.candidates(shop, ['1'], 4), 'cart');
  const noted = () => services.db.inShop(shop, (scope) => readIdentity(scope, visitor.visitorId));
  const warn = vi.spyOn(services.log, 'warn').mockReturnValue(undefined);
  const away = () => Promise.reject(new Error('the database is away for a moment'));
  await read({ ...services, db: { ...services.db, inShop: away } });
  expect(warn).toHaveBeenCalledOnce();
  expect(await noted()).toEqual([]);
  await read(services);
  expect(await noted()).toMatchObject([{ customerId: 'c999', logins: 1 }]);
});
