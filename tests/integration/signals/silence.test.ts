import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSilence } from '#app/domains/signals/index.ts';
import { bindShop } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
let own: TestServices;
let shop: ShopId;

beforeAll(async () => {
  own = await createTestServices();
  shop = await insertShop(own.database);
});
afterAll(() => own.dispose());

const query = async (text: string, values: readonly unknown[]) => {
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
/** An order an hour, of which every `known`-th names its visitor; the first of them at `from` hours ago. */
const order = (name: string, from: number, count: number, { known = 2, test = false } = {}) =>
  query(
    `INSERT INTO "order" (shop_id, id, visitor_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor, test)
     SELECT $1, $2 || k, CASE WHEN k % $5 = 0 THEN 'v' || k END, at, at, 'USD', 0, 0, 0, $6
     FROM generate_series(0, $4 - 1) AS k, LATERAL (SELECT $3::timestamptz + make_interval(hours => k::int) AS at) AS moment`,
    [name, hoursAgo(from), count, known, test],
  );
const view = (hours: number) =>
  query(
    `INSERT INTO signal (shop_id, id, visitor_id, kind, occurred_at, received_at) VALUES ($1, gen_random_uuid(), 'v', 'view', $2, $2)`,
    [hoursAgo(hours)],
  );
const silence = () => own.services.db.inShop(shop, (scope) => readSilence(scope, now));

it('notices that nothing is heard of visitors though orders come, and that it is over', async () => {
  expect(await silence()).toBeNull();
  await order('before', 300, 100);
  expect(await silence(), 'a store that was never heard of').toBeNull();
  await view(40);
  // Older than four weeks, and tests: they say nothing of the usual share.
  await order('old', 2_000, 500, { known: 1_000 });
  await order('test', 39, 30, { test: true });
  expect(await silence(), 'no orders since').toBeNull();
  await order('after', 30, 9, { known: 1_000 });
  expect(await silence(), 'too few to tell').toBeNull();
  await order('later', 20, 6, { known: 1_000 });
  expect(await silence()).toEqual({ since: hoursAgo(40), orders: 15 });
  await view(1);
  expect(await silence()).toBeNull();
});
