import { afterAll, beforeAll, expect, it } from 'vitest';
import { upsertOrders } from '#app/domains/orders/index.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await createTestDatabase();
  shopId = await insertShop(database);
});
afterAll(async () => database.drop());

/** Rows that the planner believes in; -1 where nobody has counted yet. */
const counted = async (): Promise<number> => {
  const { rows } = await database.db.pool.query<{ n: number }>(
    `SELECT reltuples AS n FROM pg_class WHERE oid = '"order"'::regclass`,
  );
  return rows[0]?.n ?? NaN;
};

it('the planner knows what was just written, though the app owns no table', async () => {
  const orders = Array.from({ length: 300 }, (_, index) => platformOrder({ id: String(index), lines: [] }));
  await database.db.inShop(shopId, (scope) => upsertOrders(scope, orders));
  expect(await counted()).not.toBe(300);
  await database.db.refreshStatistics(['order', 'order_line']);
  expect(await counted()).toBe(300);
});
