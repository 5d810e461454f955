import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  createSegment,
  fillSegment,
  fitFlows,
  fitScores,
  previewSegment,
  readGroups,
  readOwnSegments,
  readSquares,
  refreshMembers,
  scoreCustomers,
} from '#app/domains/segments/index.ts';
import { segmentFacts } from '#app/flows/segments/facts.ts';
import { tenSegments } from './lib/ten-segments.ts';
import { startBenchDatabase } from './lib/database.ts';
import { createBenchShop } from './lib/shop.ts';
import { markdownTable, whole } from './lib/table.ts';

/** Groups of a shop with a million buyers. */
const customers = 1_000_000;
const now = new Date('2026-03-02T00:00:00Z');
const nextNight = new Date(now.getTime() + 24 * 3_600_000);
const patience = { timeoutMs: 600_000 };

const database = await startBenchDatabase();

/** What the database does by itself some minutes after much was written. */
async function analyse(tables: string): Promise<void> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query(`VACUUM ANALYZE ${tables}`);
  await admin.end();
}

const { db, shopId } = await createBenchShop(database);
try {
  await db.inShop(
    shopId,
    // Two orders each on average, most customers one; amounts and days made of the number, the same every time.
    ({ tx }) => tx.$executeRaw`
      INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
      SELECT ${shopId}::uuid, c || '-' || n, 'c' || c, at, at, 'EUR', amount, 0, amount
      FROM generate_series(1, ${customers}::int) AS c, generate_series(0, (hashint4(c) & 7) * (hashint4(c + 7) & 3) / 6) AS n,
        LATERAL (SELECT ${now}::timestamptz - make_interval(mins => (hashint4(c * 31 + n) & 1048575)) AS at,
          500 + (hashint4(c + n * 7919) & 16383) AS amount) made`,
    patience,
  );
  await db.inShop(
    shopId,
    ({ tx }) => tx.$executeRaw`
      INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
      SELECT shop_id, id, '1', 'p' || (hashtext(id) & 511), 1, total_minor FROM "order" WHERE shop_id = ${shopId}::uuid`,
    patience,
  );
  await analyse('"order", order_line');

  const rows: string[][] = [];
  const step = async (name: string, toReach: string, work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await work();
    const seconds = (performance.now() - began) / 1000;
    rows.push([name, seconds < 1 ? `${whole(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`, toReach]);
  };
  const inShop: typeof db.inShop = (shop, work) => db.inShop(shop, work, patience);
  await step('all divided for the first time', 'under 30 s', () =>
    inShop(shopId, (scope) => fitScores(scope, 'EUR', now)),
  );
  await inShop(
    shopId,
    // As many orders as on any day before, spread over it.
    ({ tx }) => tx.$executeRaw`
      INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
      SELECT ${shopId}::uuid, 'new' || n, 'c' || 1 + (hashint4(n) & 1048575), at, at, 'EUR', amount, 0, amount
      FROM generate_series(1, 2300) AS n,
        LATERAL (SELECT ${now}::timestamptz + make_interval(mins => (hashint4(n * 31) & 1023)) AS at,
          500 + (hashint4(n * 7919) & 16383) AS amount) made`,
  );
  await step('all divided anew, the night after', 'under 30 s', () =>
    inShop(shopId, (scope) => fitScores(scope, 'EUR', nextNight)),
  );
  await step('where they came from, for 30, 90 and 365 days', '', () =>
    inShop(shopId, (scope) => fitFlows(scope, 'EUR', nextNight)),
  );
  await step('one customer after an order', '', () =>
    inShop(shopId, (scope) => scoreCustomers(scope, ['c77'], nextNight)),
  );
  await step('the page: map and groups', '', () =>
    inShop(shopId, async (scope) => [await readSquares(scope), await readGroups(scope, nextNight)]),
  );
  const facts = segmentFacts({ id: shopId, currency: 'EUR', timeZone: 'UTC' }, nextNight);
  await inShop(shopId, async (scope) => {
    for (const draft of tenSegments) await createSegment(scope, randomUUID(), draft, now);
  });
  for (const again of ['for the first time', 'the night after']) {
    await step(`all compared with ten segments of the merchant, ${again}`, '', async () => {
      const segments = await inShop(shopId, readOwnSegments);
      for (const segment of segments) await inShop(shopId, (scope) => fillSegment(scope, segment, facts, 600_000));
    });
  }
  await analyse('customer_score, segment_member');
  const fifty = Array.from({ length: 50 }, (_, nth) => `c${String(nth * 997 + 1)}`);
  await step('fifty customers after their orders, ten segments', '', () =>
    inShop(shopId, (scope) => refreshMembers(scope, fifty, () => Promise.resolve(facts))),
  );
  for (const { name, definition } of tenSegments) {
    await step(`counted while typing: ${name}`, 'under 4 s', () =>
      inShop(shopId, (scope) => previewSegment(scope, definition, facts, 600_000)),
    );
  }
  const orders = await db.inShop(shopId, ({ tx }) => tx.order.count({ where: { shopId } }), patience);
  console.log(markdownTable([`${whole(customers)} buyers, ${whole(orders)} orders`, 'time', 'to reach'], rows));
} finally {
  await db.close();
  await database.stop();
}
