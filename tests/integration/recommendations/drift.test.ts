import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import watchDriftOfShops from '#app/flows/watch-drift.ts';
import { bindShop } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertOrders } from './insert-orders.ts';

const day = 86_400_000;
let now = new Date('2026-06-01T00:00:00Z');
let own: TestServices;
let shops: ShopId[];

beforeAll(async () => {
  own = await createTestServices({ clock: { now: () => now } });
  // They are looked at in this order.
  shops = [];
  for (let count = 0; count < 3; count += 1) shops.push(await insertShop(own.database));
  shops.sort();
  for (const shop of shops) {
    await insertOrders(own.database, shop, { products: 30, customers: 10, orders: 150, seed: 4 });
    await trainRecommendations(own.services, shop, () => Promise.resolve(), new AbortController().signal);
  }
});
afterAll(() => own.dispose());

const query = async (shop: ShopId, text: string, values: readonly unknown[] = []) => {
  const client = await own.database.db.pool.connect();
  try {
    await client.query('BEGIN');
    await bindShop(client, shop);
    await client.query(text, [shop, ...values]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
};
const trainings = async (shop: ShopId) =>
  (await own.services.db.inShop(shop, (scope) => listRuns(scope, { limit: 5, kind: 'recommend' }))).length;
const watch = () =>
  watchDriftOfShops(
    {},
    { services: own.services, attempt: 1, lastAttempt: false, signal: new AbortController().signal },
  );

it('a shop whose buyers have changed is trained before the night, whatever befalls the shop before it', async () => {
  const [broken, changed, steady] = shops as [ShopId, ShopId, ShopId];
  now = new Date(now.getTime() + day / 2);
  for (const shop of shops)
    await query(
      shop,
      `INSERT INTO recommendation_version (shop_id, version, status, created_at, cases, hits)
       SELECT $1, -k, 'retired', $2, 200, 150 FROM generate_series(1, 3) AS k`,
      [now],
    );
  // What used to go together does so no more: each product is bought with its opposite.
  for (const [shop, apart] of [
    [broken, 15],
    [changed, 15],
    [steady, 1],
  ] as const) {
    await query(
      shop,
      `INSERT INTO "order" (shop_id, id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
       SELECT $1, 'new' || k, $2, $2, 'USD', 0, 0, 0 FROM generate_series(0, 89) AS k`,
      [now],
    );
    await query(
      shop,
      `INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
       SELECT $1, 'new' || k, part, 'p' || ((k + part * $2::int) % 30), 1, 1000
       FROM generate_series(0, 89) AS k, generate_series(0, 1) AS part`,
      [apart],
    );
  }
  await query(broken, `UPDATE recommendation_voice SET data = '\\x00' WHERE shop_id = $1`);
  await expect(watch()).rejects.toThrow('drift of 1 shops');
  expect([await trainings(broken), await trainings(changed), await trainings(steady)]).toEqual([0, 1, 0]);
  // Asked again the training is under way already.
  await expect(watch()).rejects.toThrow('drift of 1 shops');
  expect(await trainings(changed)).toBe(1);
});
