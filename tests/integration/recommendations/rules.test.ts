import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  createCartServing,
  createRule,
  deleteRule,
  explainProduct,
  explainSuggestion,
  finishCart,
  getRule,
  listRules,
  listsForPublication,
  previewRules,
  readSuggestions,
  reorderRules,
  type RuleFormInput,
  saveMerchandising,
  setRuleStatus,
  trainRecommendations,
  updateRule,
} from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertHistory } from './insert-history.ts';

const now = new Date('2026-03-01T00:00:00Z');
const context = { now, newId: randomUUID };
let made: TestServices;
let shop: ShopId;
const inShop = <T>(work: (scope: ShopScope) => Promise<T>, shopId = shop) => made.services.db.inShop(shopId, work);

const form = (values: Partial<RuleFormInput> = {}): RuleFormInput => ({
  title: 'My rule',
  action: 'pin',
  status: 'on',
  surfaces: ['cart', 'together', 'similar', 'popular'],
  target: { kind: 'products', ids: ['6'] },
  condition: null,
  strengthPercent: 0,
  bundleId: null,
  startsAt: null,
  endsAt: null,
  ...values,
});
const make = async (values: Partial<RuleFormInput> = {}) => {
  const made = await inShop((scope) => createRule(scope, form(values), context));
  if (!made.ok) throw new Error(JSON.stringify(made));
  return made.value;
};
const cartOf = async (...products: string[]) => {
  const candidates = await createCartServing(made.services).candidates(shop, products, 40);
  return finishCart(candidates, null, 4);
};

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
beforeEach(async () => {
  shop = await insertShop(made.database);
  await insertHistory(made.database, shop);
  await trainRecommendations(made.services, shop, () => Promise.resolve(), new AbortController().signal);
});
afterAll(() => made.dispose());

it('a pin stands first in the cart, on the product page and among the popular, and says so', async () => {
  await make();
  const [first] = await cartOf('1');
  expect(first).toMatchObject({ productId: '6', adjustments: [{ kind: 'pinned', title: 'My rule' }] });
  const [lists] = await inShop((scope) => listsForPublication(scope, ['1'], now));
  expect([lists?.together[0], lists?.similar[0]]).toEqual(['6', '6']);
  expect((await inShop((scope) => readSuggestions(scope, 'popular', '', now)))[0]?.productId).toBe('6');
  const preview = await inShop((scope) => previewRules(scope, '1', now));
  expect(preview?.surfaces[0]?.before[0]?.productId).toBe('2');
  expect(preview?.surfaces[0]?.after[0]).toMatchObject({ productId: '6', adjustedWords: 'pinned by you (My rule)' });
});

it('an exclusion leaves the product out everywhere, a pin of what cannot be bought brings nothing', async () => {
  await make({ action: 'exclude', target: { kind: 'products', ids: ['2'] } });
  await make({ target: { kind: 'products', ids: ['404'] } });
  expect((await cartOf('1')).map((one) => one.productId)).not.toContain('2');
  expect((await cartOf('1')).map((one) => one.productId)).not.toContain('404');
  const [lists] = await inShop((scope) => listsForPublication(scope, ['1'], now));
  expect(lists?.together).not.toContain('2');
});

it('if 3 is in the cart, 6 with its bundle; else not', async () => {
  const bundleId = randomUUID();
  await make({ action: 'suggest', condition: { kind: 'products', ids: ['3'] }, bundleId });
  expect((await cartOf('3', '1'))[0]).toMatchObject({ productId: '6', adjustments: [{ kind: 'suggested', bundleId }] });
  expect((await cartOf('1'))[0]?.productId).toBe('2');
});

it('a rule holds in its time only, and a change is seen by the next answer', async () => {
  const rule = await make({ startsAt: '2026-03-01T00:00:01Z' });
  expect((await inShop((scope) => listRules(scope, now)))[0]?.phase).toBe('scheduled');
  expect((await cartOf('1'))[0]?.productId).toBe('2');
  const serving = createCartServing(made.services);
  const before = await serving.stamp(shop);
  await inShop((scope) => updateRule(scope, rule.id, rule.revision, form(), context));
  expect(await serving.stamp(shop)).not.toBe(before);
  expect((await cartOf('1'))[0]?.productId).toBe('6');
});

it('of two editors the second is told, and a rule of another shop is not found', async () => {
  const rule = await make();
  const first = await inShop((scope) => setRuleStatus(scope, rule.id, rule.revision, 'off', context));
  expect(first).toMatchObject({ ok: true, value: { status: 'off', revision: 2 } });
  const second = await inShop((scope) => updateRule(scope, rule.id, rule.revision, form(), context));
  expect(second).toMatchObject({ ok: false, code: 'conflict' });
  const other = await insertShop(made.database);
  expect(await inShop((scope) => getRule(scope, rule.id), other)).toMatchObject({ code: 'not-found' });
  expect(await inShop((scope) => deleteRule(scope, rule.id, context), other)).toMatchObject({ code: 'not-found' });
  expect(await inShop((scope) => getRule(scope, 'no uuid'))).toMatchObject({ code: 'not-found' });
  expect(await inShop((scope) => createRule(scope, { title: '' }, context))).toMatchObject({ code: 'invalid' });
});

it('the order of the rules is the merchant’s', async () => {
  const [a, b] = [await make(), await make({ target: { kind: 'products', ids: ['5'] } })];
  expect((await cartOf('1')).slice(0, 2).map((one) => one.productId)).toEqual(['6', '5']);
  expect(await inShop((scope) => reorderRules(scope, [b.id, a.id], context))).toMatchObject({ ok: true });
  expect((await cartOf('1')).slice(0, 2).map((one) => one.productId)).toEqual(['5', '6']);
  expect(await inShop((scope) => reorderRules(scope, [b.id], context))).toMatchObject({ code: 'conflict' });
});

it('a shop can sell what earns most', async () => {
  await inShop(({ tx }) =>
    tx.variant.updateMany({ where: { shopId: shop, productId: '6' }, data: { priceMinor: 9_000_000 } }),
  );
  const input = { objective: 'revenue', objectivePercent: 100, diversityPercent: 0, owned: 'hide' };
  expect(await inShop((scope) => saveMerchandising(scope, input, context))).toMatchObject({ ok: true });
  expect((await cartOf('1'))[0]).toMatchObject({ productId: '6', adjustments: [{ kind: 'valued', by: 'revenue' }] });
});

it('explains a suggestion: parts that add up, the pair, the rule', async () => {
  const explain = (productId: string, cart = ['1']) =>
    inShop((scope) => explainSuggestion(scope, { cart, productId, now }));
  const partner = await explain('2');
  if (partner.code !== 'explained') throw new Error(partner.code);
  expect(partner).toMatchObject({ place: 1, shownAt: 1, sellable: true, excludedBy: null, adjustedWords: '' });
  expect(partner.words).toContain('Product 1 in 20 orders');
  expect(partner.pairs).toMatchObject([{ productId: '1', support: 20 }]);
  expect(partner.parts.reduce((sum, one) => sum + one.part, 0)).toBeCloseTo(partner.score ?? 0);
  await make({ action: 'exclude', target: { kind: 'products', ids: ['2'] } });
  expect(await explain('2')).toMatchObject({ place: 1, shownAt: null, excludedBy: 'My rule' });
  expect(await explain('404')).toEqual({ code: 'unknown-product' });
});

it('explains a product page: what the rules did to each suggestion, and how sure it is', async () => {
  const explain = async () => {
    const found = await inShop((scope) => explainProduct(scope, '1', now));
    return (productId: string) => found?.together.find((one) => one.productId === productId);
  };
  expect((await explain())('2')).toMatchObject({
    place: 1,
    shownAt: 1,
    adjustedWords: '',
    excludedBy: null,
    confidence: 'sure',
  });
  await make();
  expect((await explain())('6')).toMatchObject({ shownAt: 1, adjustedWords: expect.stringContaining('My rule') });
  expect((await explain())('2')).toMatchObject({ place: 1, shownAt: 2 });
  await make({ title: 'Never', action: 'exclude', target: { kind: 'products', ids: ['2'] } });
  expect((await explain())('2')).toMatchObject({ place: 1, shownAt: null, excludedBy: 'Never' });
  const model = (await inShop((scope) => explainProduct(scope, '1', now)))?.model;
  expect(model).toMatchObject({ word: 'some-evidence', orders: 60 });
  expect(model?.ownEvidence).toBeGreaterThan(0.5);
});
