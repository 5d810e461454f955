import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  createCartServing,
  finishCart,
  listsForPublication,
  runBacktest,
  trainRecommendations,
} from '#app/domains/recommendations/index.ts';
import { bindShop } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertOrders } from './insert-orders.ts';
import { storedVersion } from './stored-version.ts';

const now = new Date('2026-06-01T00:00:00Z');
const never = new AbortController().signal;
const quiet = () => Promise.resolve();
let own: TestServices;
let shop: ShopId;

beforeAll(async () => {
  own = await createTestServices({ clock: { now: () => now } });
});
beforeEach(async () => {
  shop = await insertShop(own.database);
});
afterAll(() => own.dispose());

const train = () => trainRecommendations(own.services, shop, quiet, never);
const test = () => runBacktest(own.services, shop, quiet, never);
const query = async (text: string, values: unknown[]) => {
  const client = await own.database.db.pool.connect();
  try {
    await client.query('BEGIN');
    await bindShop(client, shop);
    await client.query(text, values);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
};
const suggested = async (): Promise<[string, string[]][]> =>
  (await storedVersion(own.services, shop)).lists
    .filter(([surface]) => surface !== 'for-cart' && surface !== 'clicks')
    .map(([surface, subject, items]) => [
      `${surface} ${subject}`,
      (items as { productId: string }[]).map((one) => one.productId),
    ]);

it('a catalogue of one product has nothing to put beside it, and says so everywhere', async () => {
  await insertOrders(own.database, shop, { products: 1, customers: 5, orders: 30, seed: 1 });
  expect(await train()).toMatchObject({ report: { products: 1, pairs: 0 } });
  for (const [name, ids] of await suggested())
    expect([name, ids]).toEqual([name, name === 'popular ' || name.startsWith('for-you') ? ['p0'] : []]);
  const candidates = await createCartServing(own.services).candidates(shop, ['p0'], 12);
  expect(finishCart(candidates, null, 4)).toEqual([]);
  const [lists] = await own.services.db.inShop(shop, (scope) => listsForPublication(scope, ['p0'], now));
  expect(lists).toMatchObject({ together: [], similar: [] });
  expect((await test()).surfaces.find((one) => one.surface === 'cart')?.cases).toBe(0);
});

it('a shop to which nobody comes back learns from baskets alone', async () => {
  await insertOrders(own.database, shop, { products: 30, customers: 10, orders: 150, seed: 2 });
  await query(`UPDATE "order" SET customer_id = 'once-' || id WHERE shop_id = $1`, [shop]);
  const { report } = await train();
  expect(report.customers).toBe(150);
  const blends = new Map(report.blends.map((blend) => [blend.surface, blend]));
  expect(blends.get('cart')?.cases).toBeGreaterThan(10);
  for (const { weights } of report.blends)
    for (const weight of Object.values(weights)) expect(Number.isFinite(weight)).toBe(true);
  const backtest = await test();
  const cases = Object.fromEntries(backtest.surfaces.map((one) => [one.surface, one.cases]));
  expect(cases).toMatchObject({ next: 0, discover: 0 });
  expect(cases['cart']).toBeGreaterThan(10);
});

it('one bot with 100,000 views moves no list', async () => {
  await insertOrders(own.database, shop, { products: 30, customers: 10, orders: 150, seed: 4 });
  // Forty people who looked at a product and the one behind it, so that views have a say at all.
  await query(
    `INSERT INTO signal (id, shop_id, visitor_id, kind, product_id, occurred_at, received_at)
     SELECT gen_random_uuid(), $1, 'person-' || k, 'view', 'p' || ((k + step) % 30), at.moment, at.moment
     FROM generate_series(1, 40) AS k, generate_series(0, 1) AS step,
       LATERAL (SELECT $2::timestamptz - make_interval(hours => k, secs => -step) AS moment) AS at`,
    [shop, now],
  );
  const { report } = await train();
  expect(report.views).toMatchObject({ visits: 40 });
  const before = await storedVersion(own.services, shop);
  // Through the whole catalogue again and again, a product a second.
  await query(
    `INSERT INTO signal (id, shop_id, visitor_id, kind, product_id, occurred_at, received_at)
     SELECT gen_random_uuid(), $1, $2, 'view', 'p' || (k * 7 % 30), $3::timestamptz - make_interval(secs => k), $3
     FROM generate_series(1, 100000) AS k`,
    [shop, randomUUID(), now],
  );
  await train();
  expect(await storedVersion(own.services, shop)).toEqual(before);
});

it('an order that is dated in the future counts as of now', async () => {
  await insertOrders(own.database, shop, { products: 30, customers: 10, orders: 150, seed: 5 });
  const dated = async (at: Date) => {
    await query(`UPDATE "order" SET placed_at = $2 WHERE shop_id = $1 AND id = 'o7'`, [shop, at]);
    await train();
    return storedVersion(own.services, shop);
  };
  const today = await dated(now);
  expect(await dated(new Date('2027-10-01T00:00:00Z'))).toEqual(today);
  expect(await dated(new Date('2025-10-01T00:00:00Z'))).not.toEqual(today);
});

it('baskets of 500 lines teach like others and crowd nothing out', async () => {
  await insertOrders(own.database, shop, { products: 600, customers: 10, orders: 150, seed: 6 });
  await query(`UPDATE "order" SET customer_id = 'reseller' WHERE shop_id = $1 AND id IN ('o1', 'o2', 'o3')`, [shop]);
  await query(
    `INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
     SELECT $1, o, 'big-' || k, 'p' || k, 1, 1000 FROM unnest(ARRAY['o1', 'o2', 'o3']) AS o, generate_series(0, 499) AS k`,
    [shop],
  );
  await query(
    `INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
     SELECT $1, 'pair-' || k, NULL, $2, $2, 'USD', 0, 0, 0 FROM generate_series(1, 12) AS k`,
    [shop, new Date('2026-02-20T00:00:00Z')],
  );
  await query(
    `INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
     SELECT $1, 'pair-' || k, p, p, 1, 1000 FROM generate_series(1, 12) AS k, unnest(ARRAY['p590', 'p100']) AS p`,
    [shop],
  );
  await train();
  const together = new Map(await suggested());
  expect(together.get('together p590')?.[0]).toBe('p100');
  expect(together.get('together p100')?.[0]).toBe('p590');
  expect((await test()).asked).toBeGreaterThan(10);
});
