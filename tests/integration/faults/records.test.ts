import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleFormSchema, createBundle, getAnyBundle, listBundles, updateBundle } from '#app/domains/bundles/index.ts';
import { readProducts, upsertProducts } from '#app/domains/catalog/index.ts';
import { deleteExposuresOf, readExposuresOf } from '#app/domains/experiments/index.ts';
import { listDeliveries, noteFailures } from '#app/domains/inbox/index.ts';
import { readSalesByDay, readSpan } from '#app/domains/insights/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { readShop, saveProfile } from '#app/domains/shops/index.ts';
import { deleteSignalsOf, readSignalsOf } from '#app/domains/signals/index.ts';
import type { PlatformProduct } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

let own: TestServices;
let shopId: ShopId;

beforeAll(async () => {
  own = await createTestServices();
});
beforeEach(async () => {
  shopId = await insertShop(own.database, { timeZone: 'Europe/Berlin' });
});
afterAll(() => own.dispose());

const now = new Date('2026-11-21T12:00:00Z');
const variant = (id: string, position: number) => ({
  id,
  title: id,
  sku: '',
  position,
  priceMinor: 1000,
  compareAtMinor: null,
  costMinor: null,
  stock: null,
  sellWhenOutOfStock: false,
  imageUrl: null,
});
const product = (id: string, variants: PlatformProduct['variants']): PlatformProduct => ({
  id,
  handle: id,
  title: id,
  description: '',
  productType: '',
  vendor: '',
  tags: [],
  collections: [],
  status: 'active',
  published: true,
  giftCard: false,
  imageUrl: null,
  createdAt: now,
  updatedAt: now,
  variants,
});

describe('products', () => {
  test('a variant that moved from one page of the answer to the next, and so comes twice, is stored once', async () => {
    const records = [product('1', [variant('11', 1), variant('12', 2), variant('11', 3)]), product('2', [])];
    await own.services.db.inShop(shopId, (scope) => upsertProducts(scope, records));
    const stored = await own.services.db.inShop(shopId, (scope) => readProducts(scope, ['1', '2']));
    expect(stored.map((one) => [one.id, one.variants.map((each) => each.id), one.available]).sort()).toEqual([
      ['1', ['12', '11'], true],
      ['2', [], false],
    ]);
  });
});

test.each(['Mars/Phobos', '', "Europe/Berlin'; --"])(
  'a time zone %j that the database does not know leaves the one before: the numbers stay readable',
  async (timeZone) => {
    const { db } = own.services;
    await db.inShop(shopId, (scope) =>
      saveProfile(scope, {
        ...{ name: 'A', currency: 'EUR', timeZone, scopes: [], moneyFormat: null, storefrontUrl: null },
        ...{ taxesIncluded: false, insideCheckout: false },
      }),
    );
    expect(await db.inShop(shopId, readShop)).toMatchObject({ name: 'A', timeZone: 'Europe/Berlin' });
    expect(await db.inShop(shopId, (scope) => readSpan(scope, 7, now))).toMatchObject({ timeZone: 'Europe/Berlin' });
  },
);

test('a line of a hundred thousand units at a price of ten digits is counted, not a page that breaks', async () => {
  const { db } = own.services;
  const bundleId = randomUUID();
  const line = {
    id: '1',
    productId: '1',
    variantId: null,
    title: '',
    quantity: 100_000,
    unitPriceMinor: 999_999_999_999,
    discountMinor: 0,
    refundedQuantity: 50_000,
    bundleId,
    source: 'bundle',
  };
  await db.inShop(shopId, (scope) => upsertOrders(scope, [platformOrder({ placedAt: now, lines: [line] })]));
  const span = { from: new Date(now.getTime() - 1), to: new Date(now.getTime() + 1), timeZone: 'UTC', currency: 'USD' };
  const [day] = await db.inShop(shopId, (scope) => readSalesByDay(scope, span));
  expect(day?.trellisRevenueMinor).toBe(999_999_999_999 * 50_000);
  expect(await db.inShop(shopId, (scope) => listBundles(scope, { sort: 'revenue' }, now))).toMatchObject({ total: 0 });
});

test('a customer of 40 000 visits is forgotten like any other', async () => {
  const { db } = own.services;
  const visitors = Array.from({ length: 40_000 }, () => randomUUID());
  const last = visitors.at(-1) ?? '';
  const row = { shopId, id: randomUUID(), visitorId: last, kind: 'view', occurredAt: now, receivedAt: now };
  await db.inShop(shopId, async (scope) => {
    await scope.tx.signal.create({ data: row });
    expect(await readSignalsOf(scope, visitors)).toHaveLength(1);
    expect(await readExposuresOf(scope, visitors)).toEqual([]);
    expect(await deleteSignalsOf(scope, visitors)).toBe(1);
    expect(await deleteExposuresOf(scope, visitors)).toBe(0);
  });
});

test('a reason that holds a NUL is noted without it', async () => {
  const { db } = own.services;
  const id = await db.asSystem(async ({ tx }) => {
    const delivery = { platform: 'shopify', deliveryId: randomUUID(), shopDomain: 'x', topic: 'x', body: '{}', shopId };
    return (await tx.webhookInbox.create({ data: delivery })).id;
  });
  await db.inShop(shopId, (scope) => noteFailures(scope, [{ id: String(id), error: 'cut \0 off', hopeless: true }]));
  const [note] = await db.inShop(shopId, (scope) => listDeliveries(scope, { limit: 1 }));
  expect([note?.status, note?.error]).toEqual(['failed', 'cut  off']);
});

describe('bundles', () => {
  const form = {
    title: 'Set',
    kind: 'fixed',
    discount: { type: 'percentage', basisPoints: 1000 },
    pickCount: 0,
    startsAt: null,
    endsAt: null,
    status: 'draft',
    items: [
      { productId: '1', variantId: null, quantity: 1 },
      { productId: '2', variantId: null, quantity: 1 },
    ],
  };

  test.each([
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    '9999999-01-01T00:00:00Z',
  ])('the date %s is a message at its field', (startsAt) => {
    const parsed = bundleFormSchema.safeParse({ ...form, startsAt });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['startsAt']);
  });

  test('a revision beyond any is a conflict, and of two saves at once one is', async () => {
    const { db } = own.services;
    const context = { now, newId: () => randomUUID() };
    await db.inShop(shopId, (scope) =>
      upsertProducts(scope, [product('1', [variant('11', 1)]), product('2', [variant('21', 1)])]),
    );
    const created = await db.inShop(shopId, (scope) => createBundle(scope, form, context));
    if (!created.ok) throw new Error(created.code);
    const { id } = created.value;
    const save = (revision: number, title: string) =>
      db.inShop(shopId, (scope) => updateBundle(scope, id, revision, { ...form, title }, context));
    expect(await save(Number.MAX_SAFE_INTEGER, 'far')).toMatchObject({ ok: false, code: 'conflict' });
    const saved = await Promise.all([save(1, 'one'), save(1, 'two'), save(1, 'three')]);
    const winners = saved.flatMap((each) => (each.ok ? [each.value.title] : []));
    expect(saved.flatMap((each) => (each.ok ? [] : [each.code]))).toEqual(['conflict', 'conflict']);
    const found = await db.inShop(shopId, (scope) => getAnyBundle(scope, id, now));
    expect(found.ok && [found.value.bundle.title, found.value.bundle.revision]).toEqual([winners[0], 2]);
  });
});
