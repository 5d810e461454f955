import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createBundle, setBundleStatus } from '#app/domains/bundles/index.ts';
import { createRule, trainRecommendations } from '#app/domains/recommendations/index.ts';
import { noteSignals } from '#app/domains/signals/index.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { insertHistory } from '#tests/integration/recommendations/insert-history.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const start = new Date('2026-03-02T00:00:00Z');
let now = start;
let made: TestServices;
let services: TestServices['services'];
let shop: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  services = made.services;
  shop = await insertShop(made.database);
  await insertHistory(made.database, shop);
  await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
});
beforeEach(() => {
  now = start;
});
afterAll(() => made.dispose());

async function makeBox(productIds: readonly string[], assembled = true, startsAt: string | null = null) {
  const form = {
    kind: 'build-a-box',
    title: 'Box',
    startsAt,
    endsAt: null,
    status: 'active',
    items: productIds.map((productId) => ({ productId, variantId: null, quantity: 1, role: 'part' })),
    terms: { minUnits: 2, maxUnits: 4, tiers: [{ units: 2, discount: { type: 'percentage', basisPoints: 500 } }], assembled }, // prettier-ignore
  };
  const created = await services.db.inShop(shop, (scope) => createBundle(scope, form, { now, newId: randomUUID }));
  if (!created.ok) throw new Error(JSON.stringify(created));
  return created.value;
}

function asker() {
  const answers = createCartAnswers(services);
  return async (box: string, products: string[], visitorId: string | null = null, of = shop) => {
    const { text } = await answers.answer(of, { products, limit: 10, visitorId, customerId: null, box });
    return (JSON.parse(text) as { suggestions: CartSuggestion[] }).suggestions;
  };
}
const idsOf = (list: readonly CartSuggestion[]) => list.map((one) => one.productId);

it('holds what the merchant lets go in and no more, in the order of the whole cart’s answer', async () => {
  const box = await makeBox(['6', '5', '2', '1']);
  const ask = asker();
  const filled = await ask(box.id, ['1']);
  const found = idsOf(filled);
  expect(found[0]).toBe('1');
  expect([...found].sort()).toEqual(['1', '2', '5', '6']);
  const { text } = await createCartAnswers(services).answer(shop, { products: ['1'], limit: 10, visitorId: null, customerId: null }); // prettier-ignore
  const answered = (JSON.parse(text) as { suggestions: CartSuggestion[] }).suggestions;
  const whole = idsOf(answered);
  expect(found.slice(1)).toEqual(whole.filter((id) => found.includes(id)));
  // Each with its reason: what was asked about says so, the others as beside any cart of it.
  expect(filled[0]?.reason.adjusted).toBe('the product of the page');
  const [second] = filled.slice(1);
  expect(second?.reason).toEqual(answered.find(({ productId }) => productId === second?.productId)?.reason);
});

it('follows what this visitor looks at, and nobody else’s does', async () => {
  const box = await makeBox(['2', '5', '6']);
  const ask = asker();
  const [visitor, other] = [randomUUID(), randomUUID()];
  const before = idsOf(await ask(box.id, ['1'], visitor));
  const last = before.at(-1) ?? '';
  const look = () => ({ shopId: shop, id: randomUUID(), visitorId: visitor as VisitorId, kind: 'view' as const, productId: last, query: null, quantity: null, surface: null, dwellMs: null, occurredAt: now, receivedAt: now }); // prettier-ignore
  await noteSignals(services, [look(), look(), look(), look()]);
  expect(idsOf(await ask(box.id, ['1'], visitor)).indexOf(last)).toBeLessThan(before.indexOf(last));
  expect(idsOf(await ask(box.id, ['1'], other))).toEqual(before);
});

it('keeps the merchant’s rules: what is excluded is not in it, what is pinned elsewhere does not come in', async () => {
  const box = await makeBox(['2', '5', '6']);
  const rule = (title: string, action: string, ids: string[]) =>
    services.db.inShop(shop, (scope) =>
      createRule(
        scope,
        { title, action, status: 'on', surfaces: ['cart'], target: { kind: 'products', ids }, condition: { kind: 'products', ids: ['4'] }, strengthPercent: 0, bundleId: null, startsAt: null, endsAt: null }, // prettier-ignore
        { now, newId: randomUUID },
      ),
    );
  expect([(await rule('No 5', 'exclude', ['5'])).ok, (await rule('3 first', 'pin', ['3'])).ok]).toEqual([true, true]);
  expect([...idsOf(await asker()(box.id, ['4']))].sort()).toEqual(['2', '6']);
});

it.each<[string, () => Promise<string>]>([
  ['a box that shoppers fill themselves', async () => (await makeBox(['2', '5'], false)).id],
  ['one that has not begun', async () => (await makeBox(['2', '5'], true, '2026-04-01T00:00:00Z')).id],
  ['what is no bundle', () => Promise.resolve(randomUUID())],
  ['what is no id', () => Promise.resolve('x')],
])('assembles nothing of %s', async (_what, make) => {
  expect(await asker()(await make(), ['1'])).toEqual([]);
});

it('stops within a minute of being paused, and no other shop is told of it', async () => {
  const box = await makeBox(['2', '5']);
  const ask = asker();
  expect(await ask(box.id, ['1'])).toHaveLength(2);
  const other = await insertShop(made.database, { domain: `${randomUUID()}.myshopify.com` });
  expect(await ask(box.id, ['1'], null, other)).toEqual([]);
  await services.db.inShop(shop, (scope) => setBundleStatus(scope, box.id, 'paused', { now }));
  now = new Date(now.getTime() + 61_000);
  expect(await ask(box.id, ['1'])).toEqual([]);
});
