import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type AnyBundle, type BundleFormInput, type BundleResult, createBundle } from '#app/domains/bundles/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';
import { seedProducts } from './catalog.ts';

export const now = new Date('2026-11-20T12:00:00Z');
export const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
export const context = { now, newId: randomUUID };

export interface BundleShops {
  readonly database: TestDatabase;
  readonly shop: ShopId;
  readonly other: ShopId;
}

export interface BundleTest {
  /** the two shops of the current test */
  shops(): BundleShops;
  inShop<T>(work: (scope: ShopScope) => Promise<T>, id?: ShopId): Promise<T>;
  /** saves a sound bundle of the first shop */
  create(values?: Partial<BundleFormInput>): Promise<AnyBundle>;
}

/** Gives each test of a file two new shops with their catalogs. */
export function setUpBundleShops(): BundleTest {
  let database: TestDatabase;
  let shop: ShopId;
  let other: ShopId;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    shop = await insertShop(database, { domain: `${randomUUID()}.myshopify.com` });
    other = await insertShop(database, { domain: `${randomUUID()}.myshopify.com` });
    await seedCatalogs(database, shop, other);
  });
  const inShop: BundleTest['inShop'] = (work, id = shop) => database.db.inShop(id, work);
  return {
    shops: () => ({ database, shop, other }),
    inShop,
    create: (values = {}) => inShop(async (scope) => valueOf(await createBundle(scope, form(values), context))),
  };
}

/** Two shops' catalogs: the first with a gift card (9) and a scarce variant (12), the second with product 77. */
async function seedCatalogs(database: TestDatabase, shop: ShopId, other: ShopId): Promise<void> {
  await seedProducts(database, shop, [
    {
      id: '1',
      variants: [
        { id: '11', priceMinor: 1000, costMinor: 400 },
        { id: '12', priceMinor: 1200, costMinor: 500, stock: 3 },
      ],
    },
    {
      id: '2',
      variants: [
        { id: '21', priceMinor: 2000, stock: 7 },
        { id: '22', priceMinor: 2500 },
      ],
    },
    { id: '9', giftCard: true, variants: [{ id: '91', priceMinor: 5000 }] },
  ]);
  await seedProducts(database, other, [{ id: '77', variants: [{ id: '771', priceMinor: 1000 }] }]);
}

/** What the editor sends for a sound bundle of two products. */
export function form(values: Partial<BundleFormInput> = {}): BundleFormInput {
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

/** The value, or a failure of the test that says why. */
export function valueOf<T>(result: BundleResult<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${JSON.stringify(result)}`);
  return result.value;
}
