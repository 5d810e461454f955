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
import { loadMerchandising } from '#app/domains/recommendations/merchandising/apply-to-list.ts';
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
const trainAfter = async (productId: string) => {
  await inShop(async ({ tx }) => {
    for (const [index, id] of Array.from({ length: 30 }, () => randomUUID()).entries()) {
      const placedAt = new Date(now.getTime() - index * 3_600_000);
      const money = { currency: 'EUR', subtotalMinor: 1000n, discountMinor: 0n, totalMinor: 1000n };
      await tx.order.create({ data: { shopId: shop, id, platformUpdatedAt: placedAt, placedAt, ...money } });
      await tx.orderLine.create({
        data: { shopId: shop, orderId: id, id: '1', productId, quantity: 1, unitPriceMinor: 1000n },
      });
    }
  });
  await trainRecommendations(made.services, shop, () => Promise.resolve(), new AbortController().signal);
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

it('a rule by tag brings in what sells best of what can be bought', async () => {
  await inShop(async ({ tx }) => {
    const unsold = ['0a', '0b', '0c', '0d', '0e', '0f', '0g', '0h'];
    const row = (id: string) => ({
      shopId: shop,
      id,
      handle: id,
      title: id,
      platformUpdatedAt: now,
      platformCreatedAt: now,
      status: 'active',
    });
    await tx.product.createMany({ data: unsold.map((id) => ({ ...row(id), published: true, vendor: '' })) });
    await tx.variant.createMany({
      data: unsold.map((id) => ({ shopId: shop, id, productId: id, title: '', priceMinor: 1000n })),
    });
    await tx.product.updateMany({ where: { shopId: shop }, data: { tags: ['Sale'] } });
    await tx.variant.updateMany({ where: { shopId: shop, productId: { in: ['0a', '3'] } }, data: { stock: 0 } });
  });
  const { id } = await make({ target: { kind: 'tags', names: ['sale'] } });
  const { targeted } = await inShop((scope) => loadMerchandising(scope, now));
  const brought = targeted.get(id) ?? [];
  expect(brought.slice(0, 5).toSorted()).toEqual(['1', '2', '4', '5', '6']);
  expect(brought.slice(5)).toEqual(['0b', '0c', '0d']);
  // Lately 5 alone is ordered: it goes first as soon as the model has heard of it.
  await trainAfter('5');
  const later = (await inShop((scope) => loadMerchandising(scope, now))).targeted.get(id) ?? [];
  expect(later[0]).toBe('5');
});

it('margins are of prices without tax, from the moment on at which the merchant says what tax they contain', async () => {
  await inShop((scope) => scope.tx.$executeRaw`UPDATE variant SET cost_minor = price_minor * 6 / 10`);
  await make({ action: 'exclude', target: { kind: 'margin', from: null, to: 3_000 } });
  const serving = createCartServing(made.services);
  const shown = async () => finishCart(await serving.candidates(shop, ['1'], 40), null, 4);
  expect(await shown()).toHaveLength(4);
  // Of 1.25 a quarter is tax: 0.4 of it are 0.25 of what is left.
  await inShop((scope) => scope.tx.shop.update({ where: { id: shop }, data: { settings: { enteredTaxBps: 2_500 } } }));
  await serving.stamp(shop);
  expect(await shown()).toEqual([]);
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

it.each([
  ['price', { kind: 'price', from: 4_000, to: 6_000 }],
  ['stock', { kind: 'stock', from: 1, to: 7 }],
  ['margin', { kind: 'margin', from: 7_900, to: null }],
] as const)('a pin by %s brings in what is meant, whatever the model thought of', async (_, target) => {
  await inShop(({ tx }) =>
    tx.variant.updateMany({
      where: { shopId: shop, productId: '6' },
      data: { priceMinor: 5_000, stock: 5, costMinor: 1_000 },
    }),
  );
  await inShop(({ tx }) => tx.shop.updateMany({ where: { id: shop }, data: { taxesIncluded: false } }));
  const { id } = await make({ target });
  expect((await inShop((scope) => loadMerchandising(scope, now))).targeted.get(id)).toEqual(['6']);
  expect((await cartOf('1'))[0]).toMatchObject({ productId: '6', adjustments: [{ kind: 'pinned', ruleId: id }] });
});

it('a shop that aims for clicks shows earlier what is clicked on, whatever one machine does', async () => {
  await inShop(
    ({ tx }) => tx.$executeRaw`
      INSERT INTO signal (shop_id, id, visitor_id, kind, product_id, surface, occurred_at, received_at)
      SELECT ${shop}::uuid, gen_random_uuid(), told.visitor, told.kind, told.product, 'cart', ${now}::timestamptz - interval '1 day', ${now}
      FROM (
        SELECT 'v' || n AS visitor, 'impression' AS kind, product FROM generate_series(1, 200) AS n, unnest(ARRAY['3', '4', '5', '6']) AS product
        UNION ALL SELECT 'v' || n, 'click', product FROM generate_series(1, 10) AS n, unnest(ARRAY['3', '4', '5']) AS product
        UNION ALL SELECT 'v' || n, 'click', '6' FROM generate_series(1, 90) AS n
        UNION ALL SELECT 'machine', 'click', '5' FROM generate_series(1, 5000)) AS told`,
  );
  await trainRecommendations(made.services, shop, () => Promise.resolve(), new AbortController().signal);
  const list = (await cartOf('1', '2')).filter(({ productId }) => ['3', '4', '5', '6'].includes(productId));
  expect(list[0]).toMatchObject({ productId: '6', adjustments: [{ kind: 'valued', by: 'clicks' }] });
  expect(list.slice(1).map((one) => one.adjustments)).toEqual(list.slice(1).map(() => []));
});

it('a shop can sell what earns most', async () => {
  await inShop(({ tx }) =>
    tx.variant.updateMany({ where: { shopId: shop, productId: '6' }, data: { priceMinor: 9_000_000_000 } }),
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
