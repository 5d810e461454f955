import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Bundle,
  type BundleFormInput,
  type BundleResult,
  createBundle,
  deleteBundle,
  duplicateBundle,
  getBundle,
  listBundles,
  liveBundlesForPublication,
  restoreBundle,
  setBundleStatus,
  updateBundle,
} from '#app/domains/bundles/index.ts';
import { decodeDiscountConfigs, defaultIncentiveRules } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';
import { seedLines, seedProducts } from './catalog.ts';

const now = new Date('2026-11-20T12:00:00Z');
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const context = { now, newId: randomUUID };

function form(values: Partial<BundleFormInput> = {}): BundleFormInput {
  return {
    title: 'Tea for two',
    kind: 'fixed',
    discount: { type: 'percentage', basisPoints: 1500 },
    pickCount: 0,
    startsAt: null,
    endsAt: null,
    status: 'active',
    items: [
      { productId: '1', variantId: null, quantity: 1 },
      { productId: '2', variantId: '21', quantity: 2 },
    ],
    ...values,
  };
}

function valueOf<T>(result: BundleResult<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${JSON.stringify(result)}`);
  return result.value;
}

describe('bundles of a shop', () => {
  let database: TestDatabase;
  let shop: ShopId;
  let other: ShopId;
  const inShop = <T>(work: (scope: ShopScope) => Promise<T>, id = shop): Promise<T> => database.db.inShop(id, work);
  const create = (values: Partial<BundleFormInput> = {}): Promise<Bundle> => inShop(async (scope) => valueOf(await createBundle(scope, form(values), context)));

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    shop = await insertShop(database, { domain: `${randomUUID()}.myshopify.com` });
    other = await insertShop(database, { domain: `${randomUUID()}.myshopify.com` });
    await seedProducts(database, shop, [
      { id: '1', variants: [{ id: '11', priceMinor: 1000, costMinor: 400 }, { id: '12', priceMinor: 1200, costMinor: 500, stock: 3 }] },
      { id: '2', variants: [{ id: '21', priceMinor: 2000, stock: 7 }, { id: '22', priceMinor: 2500 }] },
      { id: '9', giftCard: true, variants: [{ id: '91', priceMinor: 5000 }] },
    ]);
    await seedProducts(database, other, [{ id: '77', variants: [{ id: '771', priceMinor: 1000 }] }]);
  });

  it('comes back as it was saved, with phase, stock and products', async () => {
    const created = await create({ startsAt: '2026-11-20T13:00:00+02:00', endsAt: '2026-12-01T00:00:00Z' });
    const details = await inShop(async (scope) => valueOf(await getBundle(scope, created.id, now)));
    expect(details.bundle).toEqual(created);
    expect(details.bundle.startsAt).toEqual(new Date('2026-11-20T11:00:00Z'));
    expect(details).toMatchObject({ phase: 'live', available: 3, numbers: { orders: 0, unitsSold: 0, revenueMinor: 0, discountMinor: 0 } });
    expect(details.products.map(({ id, variants }) => [id, variants.map((variant) => variant.id)]).sort()).toEqual([['1', ['11', '12']], ['2', ['21', '22']]]);
  });

  it.each<[string, Partial<BundleFormInput>, string]>([
    ['no title', { title: '  ' }, 'title'],
    ['a product of another shop', { items: [{ productId: '77', variantId: null, quantity: 2 }] }, 'items.0.productId'],
    ['a gift card', { items: [{ productId: '1', variantId: null, quantity: 1 }, { productId: '9', variantId: null, quantity: 1 }] }, 'items.1.productId'],
    ['a variant of another product', { items: [{ productId: '1', variantId: '21', quantity: 2 }] }, 'items.0.variantId'],
    ['the same product twice', { items: [{ productId: '1', variantId: null, quantity: 1 }, { productId: '1', variantId: null, quantity: 1 }] }, 'items.1.productId'],
    ['any variant beside one of them', { items: [{ productId: '1', variantId: '11', quantity: 1 }, { productId: '1', variantId: null, quantity: 1 }] }, 'items.1.variantId'],
    ['one unit', { items: [{ productId: '1', variantId: null, quantity: 1 }] }, 'items'],
    ['a pick of one', { kind: 'mix-and-match', pickCount: 1 }, 'pickCount'],
    ['zero percent', { discount: { type: 'percentage', basisPoints: 0 } }, 'discount.basisPoints'],
    ['more than all', { discount: { type: 'percentage', basisPoints: 10_001 } }, 'discount.basisPoints'],
    ['as much off as the cheapest bundle costs', { discount: { type: 'amount', minor: 5000 } }, 'discount.minor'],
    ['an end before the start', { startsAt: '2026-12-02T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' }, 'endsAt'],
    ['a date that is none', { startsAt: 'tomorrow' }, 'startsAt'],
  ])('refuses %s at its field', async (_why, values, field) => {
    const result = await inShop((scope) => createBundle(scope, form(values), context));
    expect(result).toMatchObject({ ok: false, code: 'invalid' });
    expect(result.ok || result.code !== 'invalid' ? [] : Object.keys(result.fields)).toEqual([field]);
  });

  it('takes an amount just below the price of the cheapest bundle', async () => {
    await expect(create({ discount: { type: 'amount', minor: 4999 } })).resolves.toMatchObject({ revision: 1 });
  });

  it.each([null, 'text', [], {}, { title: 7 }])('refuses %j as a form', async (input) => {
    await expect(inShop((scope) => createBundle(scope, input, context))).resolves.toMatchObject({ ok: false, code: 'invalid' });
  });

  it('lets one of two editors win, and tells the other', async () => {
    const { id } = await create();
    const edits = await Promise.all(
      ['A', 'B'].map((title) => inShop((scope) => updateBundle(scope, id, 1, form({ title, items: [{ productId: '1', variantId: '11', quantity: 2 }] }), { now }))),
    );
    expect(edits.map((result) => (result.ok ? 'saved' : result.code)).sort()).toEqual(['conflict', 'saved']);
    const { bundle } = await inShop(async (scope) => valueOf(await getBundle(scope, id, now)));
    expect(bundle.revision).toBe(2);
    expect(bundle.items).toEqual([{ productId: '1', variantId: '11', quantity: 2 }]);
  });

  it('finds nothing under another shop’s id, and changes nothing', async () => {
    const { id } = await create();
    for (const badId of [id, randomUUID(), 'not-an-id', `${id}'--`]) {
      const scopeOf = badId === id ? other : shop;
      const results = await Promise.all([
        inShop((scope) => getBundle(scope, badId, now), scopeOf),
        inShop((scope) => updateBundle(scope, badId, 1, form(), { now }), scopeOf),
        inShop((scope) => setBundleStatus(scope, badId, 'paused', { now }), scopeOf),
        inShop((scope) => duplicateBundle(scope, badId, ' (copy)', context), scopeOf),
        inShop((scope) => deleteBundle(scope, badId, { now }), scopeOf),
        inShop((scope) => restoreBundle(scope, badId, { now }), scopeOf),
      ]);
      expect(results.map((result) => (result.ok ? 'done' : result.code))).toEqual(Array(6).fill('not-found'));
    }
    await expect(inShop((scope) => listBundles(scope, {}, now), other)).resolves.toMatchObject({ total: 0, items: [] });
    await expect(inShop(async (scope) => valueOf(await getBundle(scope, id, now)))).resolves.toMatchObject({ bundle: { revision: 1, status: 'active' } });
  });

  it('lists by search, phase, page and order', async () => {
    await create({ title: 'Alpha 100%' });
    await create({ title: 'beta', status: 'draft' });
    await create({ title: 'Gamma', startsAt: later(60).toISOString() });
    await create({ title: 'Delta', endsAt: now.toISOString() });
    await create({ title: 'epsilon', status: 'paused' });
    const titles = (query: Parameters<typeof listBundles>[1]) => inShop(async (scope) => (await listBundles(scope, query, now)).items.map(({ bundle }) => bundle.title));
    expect(await titles({ sort: 'title' })).toEqual(['Alpha 100%', 'beta', 'Delta', 'epsilon', 'Gamma']);
    expect(await titles({ search: 'A', sort: 'title' })).toEqual(['Alpha 100%', 'beta', 'Delta', 'Gamma']);
    expect(await titles({ search: '0%' })).toEqual(['Alpha 100%']);
    expect(await titles({ search: '_' })).toEqual([]);
    for (const [status, title] of [['draft', 'beta'], ['scheduled', 'Gamma'], ['expired', 'Delta'], ['paused', 'epsilon'], ['live', 'Alpha 100%']] as const) {
      expect(await titles({ status })).toEqual([title]);
    }
    const page = await inShop((scope) => listBundles(scope, { sort: 'title', page: 2, pageSize: 2 }, now));
    expect(page).toMatchObject({ total: 5, page: 2, pageSize: 2 });
    expect(page.items.map(({ bundle, phase }) => [bundle.title, phase])).toEqual([['Delta', 'expired'], ['epsilon', 'paused']]);
    expect(await inShop((scope) => listBundles(scope, { page: 9, pageSize: 2 }, now))).toMatchObject({ total: 5, items: [] });
  });

  it('duplicates as a draft, pauses, deletes and brings back', async () => {
    const source = await create({ title: 'x'.repeat(80) });
    const copy = await inShop(async (scope) => valueOf(await duplicateBundle(scope, source.id, ' (copy)', context)));
    expect(copy).toMatchObject({ status: 'draft', revision: 1, title: `${'x'.repeat(73)} (copy)`, items: source.items });
    expect(copy.id).not.toBe(source.id);
    await inShop(async (scope) => valueOf(await setBundleStatus(scope, source.id, 'paused', { now: later(1) })));
    await inShop(async (scope) => valueOf(await deleteBundle(scope, source.id, { now: later(2) })));
    await expect(inShop((scope) => getBundle(scope, source.id, now))).resolves.toMatchObject({ code: 'not-found' });
    await expect(inShop((scope) => deleteBundle(scope, source.id, { now }))).resolves.toMatchObject({ code: 'not-found' });
    await inShop(async (scope) => valueOf(await restoreBundle(scope, source.id, { now: later(3) })));
    await expect(inShop(async (scope) => valueOf(await getBundle(scope, source.id, now)))).resolves.toMatchObject({ bundle: { status: 'paused', revision: 4 } });
  });

  it('does not activate what would not pass the editor any more', async () => {
    const { id } = await create({ status: 'draft' });
    await database.db.inShop(shop, ({ tx }) => tx.$executeRaw`UPDATE product SET deleted_at = now() WHERE id = '2'`);
    await expect(inShop((scope) => setBundleStatus(scope, id, 'active', { now }))).resolves.toMatchObject({
      code: 'invalid',
      fields: { 'items.1.productId': 'This product is no longer in the store' },
    });
  });

  it('counts what each bundle sold', async () => {
    const sold = await create({ title: 'Sold' });
    const unsold = await create({ title: 'Unsold' });
    await seedLines(database, shop, [
      { orderId: 'a', bundleId: sold.id, quantity: 2, unitPriceMinor: 1000, discountMinor: 300 },
      { orderId: 'a', bundleId: sold.id, quantity: 1, unitPriceMinor: 500, discountMinor: 50 },
      { orderId: 'b', bundleId: sold.id, quantity: 3, unitPriceMinor: 1000, discountMinor: 100, refundedQuantity: 1 },
      { orderId: 'c', bundleId: sold.id, quantity: 1, unitPriceMinor: 9999, discountMinor: 1, cancelled: true },
      { orderId: 'd', bundleId: sold.id, quantity: 1, unitPriceMinor: 9999, discountMinor: 1, test: true },
      { orderId: 'e', bundleId: null, quantity: 1, unitPriceMinor: 9999, discountMinor: 1 },
    ]);
    const { items } = await inShop((scope) => listBundles(scope, { sort: 'revenue' }, now));
    expect(items.map(({ bundle }) => bundle.id)).toEqual([sold.id, unsold.id]);
    // 1700 + 450 + 2900 × 2/3 (1933.33 → 1933); discounts 300 + 50 + 100 × 2/3 (66.67 → 67)
    expect(items[0]?.numbers).toEqual({ orders: 2, unitsSold: 5, revenueMinor: 1700 + 450 + 1933, discountMinor: 417 });
  });

  it('publishes what is live, with costs, and says when to publish again', async () => {
    const live = await create({ endsAt: later(90).toISOString() });
    await create({ title: 'Soon', startsAt: later(30).toISOString() });
    await create({ title: 'Paused', status: 'paused' });
    const broken = await create({ title: 'Broken', items: [{ productId: '2', variantId: '22', quantity: 2 }] });
    await database.db.inShop(shop, ({ tx }) => tx.$executeRaw`DELETE FROM variant WHERE id = '22'`);
    const published = await inShop((scope) => liveBundlesForPublication(scope, { now, currency: 'USD', rules: defaultIncentiveRules, discountTitle: 'Bundles' }));
    if (!published.ok) throw new Error(published.code);
    const { byProduct, discount, nextChangeAt, broken: left } = published.value;
    expect([...byProduct].map(([id, bundles]) => [id, bundles.map((bundle) => bundle.id)])).toEqual([['1', [live.id]], ['2', [live.id]]]);
    expect(byProduct.get('1')?.[0]).toMatchObject({ currency: 'USD', kind: 'fixed', endsAt: later(90).toISOString(), items: live.items });
    expect(discount).toMatchObject({ title: 'Bundles', startsAt: now, combinesWith: { order: true, product: false, shipping: true } });
    expect(nextChangeAt).toEqual(later(30));
    expect(left).toEqual([broken.id]);
    const config = decodeDiscountConfigs(discount.configs);
    expect(config?.bundles.map(({ id }) => id)).toEqual([live.id]);
    expect([config?.costOf('1', '11'), config?.costOf('1', '12'), config?.costOf('2', '21')]).toEqual([400, 500, null]);
  });

  it('promises no more than the margin guard lets the checkout give', async () => {
    const generous = await create({ discount: { type: 'percentage', basisPoints: 9000 } });
    const rules = { ...defaultIncentiveRules, minMarginBps: 2000 };
    const published = await inShop((scope) => liveBundlesForPublication(scope, { now, currency: 'USD', rules, discountTitle: 'Bundles' }));
    if (!published.ok) throw new Error(published.code);
    // The variant for 12.00 with cost 5.00 decides: floors 6.25 + 2 × 12.50 of 52.00 leave 20.75, 39.9 %.
    expect(published.value.byProduct.get('1')?.[0]?.discount).toEqual({ type: 'percentage', basisPoints: 3990 });
    expect(published.value.reduced).toEqual([generous.id]);
    expect(decodeDiscountConfigs(published.value.discount.configs)?.bundles[0]?.discount).toEqual(generous.discount);
  });

  it('publishes nothing for a shop without bundles', async () => {
    const published = await inShop((scope) => liveBundlesForPublication(scope, { now, currency: 'USD', rules: defaultIncentiveRules, discountTitle: 'Bundles' }), other);
    expect(published).toMatchObject({ ok: true, value: { discount: { configs: [] }, nextChangeAt: null, broken: [] } });
  });
});
