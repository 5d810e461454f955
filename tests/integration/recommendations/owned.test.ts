import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createCartServing,
  listsForPublication,
  printedKeepingOwned,
  readMerchandising,
  saveMerchandising,
  trainRecommendations,
} from '#app/domains/recommendations/index.ts';
import { createVisitorReader } from '#app/flows/cart-affinity.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertOrders } from './insert-orders.ts';

const now = new Date('2026-03-01T00:00:00Z');
let made: TestServices;
let shop: ShopId;
const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => made.services.db.inShop(shop, work);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  shop = await insertShop(made.database);
  await insertOrders(made.database, shop, { products: 12, customers: 8, orders: 60, seed: 3 });
  // Nobody buys `lamp` twice; the customer `once` has it, bought long ago.
  await inShop(async ({ tx }) => {
    await tx.$executeRaw`INSERT INTO product (shop_id, id, handle, title, tags, collection_ids, status, published, platform_updated_at, platform_created_at)
      VALUES (${shop}::uuid, 'lamp', 'lamp', 'Lamp', '{}', '{}', 'active', true, now(), now())`;
    await tx.$executeRaw`INSERT INTO variant (shop_id, id, product_id, title, price_minor) VALUES (${shop}::uuid, 'lamp', 'lamp', '', 1000)`;
    await tx.$executeRaw`
      WITH made AS (
        INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
        SELECT ${shop}::uuid, c || '-' || n, c, '2025-10-01'::timestamptz + n * interval '9 days', now(), 'USD', 0, 0, 0
        FROM (SELECT 'lamp' || k AS c FROM generate_series(1, 60) AS k UNION ALL SELECT 'once') AS customer, generate_series(0, 12) AS n RETURNING id)
      INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
      SELECT ${shop}::uuid, id, p, p, 1, 1000 FROM made, unnest(CASE WHEN id LIKE '%-0' THEN ARRAY['lamp', 'p1'] ELSE ARRAY['p1'] END) AS p`;
  });
  await trainRecommendations(made.services, shop, () => Promise.resolve(), new AbortController().signal);
});
afterAll(() => made.dispose());

it('tells the store which products last and when the others come back', async () => {
  const [lamp, used, unknown] = await inShop((scope) => listsForPublication(scope, ['lamp', 'p1', 'gone'], now));
  expect(lamp?.again).toMatchObject({ lasts: true });
  expect(used?.again).toEqual({ days: 6, lasts: false });
  expect(unknown?.again).toBeNull();
  expect(new Set([lamp, used, unknown].map((one) => one?.digest)).size).toBe(3);
});

it('leaves what a customer has out where the merchant wants it, surface by surface', async () => {
  const save = (surfaces: object) =>
    inShop((scope) =>
      saveMerchandising(
        scope,
        { objective: 'clicks', objectivePercent: 50, diversityPercent: 0, owned: 'hide', surfaces },
        { now },
      ),
    );
  const ownedAt = async (place: 'cart' | 'after-purchase') => {
    const serving = createCartServing(made.services);
    const visitors = createVisitorReader(made.services, serving);
    const candidates = await serving.candidates(shop, ['p1'], 40);
    expect(candidates.list.map((one) => one.productId)).toContain('lamp');
    const visitor = { visitorId: null, customerId: 'once' };
    return (await visitors.read(shop, visitor, Promise.resolve(candidates), place)).owned.has('lamp');
  };
  expect([await ownedAt('cart'), await ownedAt('after-purchase')]).toEqual([true, true]);
  expect(await inShop(async (scope) => printedKeepingOwned(await readMerchandising(scope)))).toEqual([]);

  expect(
    await save({ 'after-purchase': { owned: 'show' }, similar: { owned: 'show', diversityPercent: 30 } }),
  ).toMatchObject({ ok: true });
  expect([await ownedAt('cart'), await ownedAt('after-purchase')]).toEqual([true, false]);
  expect(await inShop(async (scope) => printedKeepingOwned(await readMerchandising(scope)))).toEqual(['similar']);
  expect(await save({ elsewhere: { owned: 'show' } })).toMatchObject({ ok: false, code: 'invalid' });
});
