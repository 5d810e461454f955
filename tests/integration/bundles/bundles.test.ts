import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type BundleFormInput,
  createBundle,
  deleteBundle,
  duplicateBundle,
  getAnyBundle,
  listBundles,
  restoreBundle,
  setBundleStatus,
  updateBundle,
} from '#app/domains/bundles/index.ts';
import { context, form, later, now, setUpBundleShops, valueOf } from './shop.ts';

describe('bundles of a shop', () => {
  const { shops, inShop, create } = setUpBundleShops();

  it('comes back as it was saved, with phase, stock and products', async () => {
    const created = await create({ startsAt: '2026-11-20T13:00:00+02:00', endsAt: '2026-12-01T00:00:00Z' });
    const details = await inShop(async (scope) => valueOf(await getAnyBundle(scope, created.id, now)));
    expect(details.bundle).toEqual(created);
    expect(details.bundle.startsAt).toEqual(new Date('2026-11-20T11:00:00Z'));
    expect(details).toMatchObject({
      phase: 'live',
      available: 3,
      numbers: { orders: 0, unitsSold: 0, revenueMinor: 0, discountMinor: 0 },
    });
    expect(details.products.map(({ id, variants }) => [id, variants.map((variant) => variant.id)]).sort()).toEqual([
      ['1', ['11', '12']],
      ['2', ['21', '22']],
    ]);
  });

  it.each<[string, Partial<BundleFormInput>, string]>([
    ['no title', { title: '  ' }, 'title'],
    ['a product of another shop', { items: [{ productId: '77', variantId: null, quantity: 2 }] }, 'items.0.productId'],
    [
      'a gift card',
      {
        items: [
          { productId: '1', variantId: null, quantity: 1 },
          { productId: '9', variantId: null, quantity: 1 },
        ],
      },
      'items.1.productId',
    ],
    [
      'a variant of another product',
      { items: [{ productId: '1', variantId: '21', quantity: 2 }] },
      'items.0.variantId',
    ],
    [
      'the same product twice',
      {
        items: [
          { productId: '1', variantId: null, quantity: 1 },
          { productId: '1', variantId: null, quantity: 1 },
        ],
      },
      'items.1.productId',
    ],
    [
      'any variant beside one of them',
      {
        items: [
          { productId: '1', variantId: '11', quantity: 1 },
          { productId: '1', variantId: null, quantity: 1 },
        ],
      },
      'items.1.variantId',
    ],
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
    await expect(inShop((scope) => createBundle(scope, input, context))).resolves.toMatchObject({
      ok: false,
      code: 'invalid',
    });
  });

  it('lets one of two editors win, and tells the other', async () => {
    const { id } = await create();
    const edits = await Promise.all(
      ['A', 'B'].map((title) =>
        inShop((scope) =>
          updateBundle(scope, id, 1, form({ title, items: [{ productId: '1', variantId: '11', quantity: 2 }] }), {
            now,
          }),
        ),
      ),
    );
    expect(edits.map((result) => (result.ok ? 'saved' : result.code)).sort()).toEqual(['conflict', 'saved']);
    const { bundle } = await inShop(async (scope) => valueOf(await getAnyBundle(scope, id, now)));
    expect(bundle.revision).toBe(2);
    expect(bundle.items).toEqual([{ productId: '1', variantId: '11', quantity: 2 }]);
  });

  it('finds nothing under another shop’s id, and changes nothing', async () => {
    const { id } = await create();
    for (const badId of [id, randomUUID(), 'not-an-id', `${id}'--`]) {
      const { shop, other } = shops();
      const scopeOf = badId === id ? other : shop;
      const results = await Promise.all([
        inShop((scope) => getAnyBundle(scope, badId, now), scopeOf),
        inShop((scope) => updateBundle(scope, badId, 1, form(), { now }), scopeOf),
        inShop((scope) => setBundleStatus(scope, badId, 'paused', { now }), scopeOf),
        inShop((scope) => duplicateBundle(scope, badId, ' (copy)', context), scopeOf),
        inShop((scope) => deleteBundle(scope, badId, { now }), scopeOf),
        inShop((scope) => restoreBundle(scope, badId, { now }), scopeOf),
      ]);
      expect(results.map((result) => (result.ok ? 'done' : result.code))).toEqual(Array(6).fill('not-found'));
    }
    await expect(inShop((scope) => listBundles(scope, {}, now), shops().other)).resolves.toMatchObject({
      total: 0,
      items: [],
    });
    await expect(inShop(async (scope) => valueOf(await getAnyBundle(scope, id, now)))).resolves.toMatchObject({
      bundle: { revision: 1, status: 'active' },
    });
  });

  it('lists by search, phase, page and order', async () => {
    await create({ title: 'Alpha 100%' });
    await create({ title: 'beta', status: 'draft' });
    await create({ title: 'Gamma', startsAt: later(60).toISOString() });
    await create({ title: 'Delta', endsAt: now.toISOString() });
    await create({ title: 'epsilon', status: 'paused' });
    const titles = (query: Parameters<typeof listBundles>[1]) =>
      inShop(async (scope) => (await listBundles(scope, query, now)).items.map(({ bundle }) => bundle.title));
    expect(await titles({ sort: 'title' })).toEqual(['Alpha 100%', 'beta', 'Delta', 'epsilon', 'Gamma']);
    expect(await titles({ search: 'A', sort: 'title' })).toEqual(['Alpha 100%', 'beta', 'Delta', 'Gamma']);
    expect(await titles({ search: '0%' })).toEqual(['Alpha 100%']);
    expect(await titles({ search: '_' })).toEqual([]);
    for (const [status, title] of [
      ['draft', 'beta'],
      ['scheduled', 'Gamma'],
      ['expired', 'Delta'],
      ['paused', 'epsilon'],
      ['live', 'Alpha 100%'],
    ] as const) {
      expect(await titles({ status })).toEqual([title]);
    }
    const page = await inShop((scope) => listBundles(scope, { sort: 'title', page: 2, pageSize: 2 }, now));
    expect(page).toMatchObject({ total: 5, page: 2, pageSize: 2 });
    expect(page.items.map(({ bundle, phase }) => [bundle.title, phase])).toEqual([
      ['Delta', 'expired'],
      ['epsilon', 'paused'],
    ]);
    expect(await inShop((scope) => listBundles(scope, { page: 9, pageSize: 2 }, now))).toMatchObject({
      total: 5,
      items: [],
    });
  });

  it('duplicates as a draft, pauses, deletes and brings back', async () => {
    const source = await create({ title: 'x'.repeat(80) });
    const copy = await inShop(async (scope) => valueOf(await duplicateBundle(scope, source.id, ' (copy)', context)));
    expect(copy).toMatchObject({
      status: 'draft',
      revision: 1,
      title: `${'x'.repeat(73)} (copy)`,
      items: source.items,
    });
    expect(copy.id).not.toBe(source.id);
    await inShop(async (scope) => valueOf(await setBundleStatus(scope, source.id, 'paused', { now: later(1) })));
    await inShop(async (scope) => valueOf(await deleteBundle(scope, source.id, { now: later(2) })));
    await expect(inShop((scope) => getAnyBundle(scope, source.id, now))).resolves.toMatchObject({ code: 'not-found' });
    await expect(inShop((scope) => deleteBundle(scope, source.id, { now }))).resolves.toMatchObject({
      code: 'not-found',
    });
    await inShop(async (scope) => valueOf(await restoreBundle(scope, source.id, { now: later(3) })));
    await expect(inShop(async (scope) => valueOf(await getAnyBundle(scope, source.id, now)))).resolves.toMatchObject({
      bundle: { status: 'paused', revision: 4 },
    });
  });

  it('does not activate what would not pass the editor any more', async () => {
    const { id } = await create({ status: 'draft' });
    await inShop(({ tx }) => tx.$executeRaw`UPDATE product SET deleted_at = now() WHERE id = '2'`);
    await expect(inShop((scope) => setBundleStatus(scope, id, 'active', { now }))).resolves.toMatchObject({
      code: 'invalid',
      fields: { 'items.1.productId': 'This product is no longer in the store' },
    });
  });
});
