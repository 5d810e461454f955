import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  createSegment,
  fillSegment,
  fitFlows,
  fitScores,
  previewSegment,
  readGroups,
  readBuyersOf,
  readOwnSegments,
  readSquares,
  refreshMembers,
  scoreBuyers,
  scoreCustomers,
} from '#app/domains/segments/index.ts';
import { segmentFacts } from '#app/flows/segments/facts.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { tenSegments } from './lib/ten-segments.ts';
import { startBenchDatabase } from './lib/database.ts';
import { createBenchShop } from './lib/shop.ts';
import { markdownTable, whole } from './lib/table.ts';

/** Groups of a shop with a million buyers. */
const customers = 1_000_000;
/** of them, in a second shop where most order without one */
const withAccount = 400_000;
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
const inShop: typeof db.inShop = (shop, work) => db.inShop(shop, work, patience);

/**
 * Two orders each on average, most buyers one; amounts and days made of the number, the same every time.
 * @param accounts so many of the buyers have one; the others' orders name a mailbox, which one in fifty accounts has too
 */
async function fill(shop: ShopId, accounts: number): Promise<void> {
  await inShop(
    shop,
    ({ tx }) => tx.$executeRaw`
      INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
      SELECT ${shop}::uuid, c || '-' || n, CASE WHEN c <= ${accounts} THEN 'c' || c END, at, at, 'EUR', amount, 0, amount
      FROM generate_series(1, ${customers}::int) AS c, generate_series(0, (hashint4(c) & 7) * (hashint4(c + 7) & 3) / 6) AS n,
        LATERAL (SELECT ${now}::timestamptz - make_interval(mins => (hashint4(c * 31 + n) & 1048575)) AS at,
          500 + (hashint4(c + n * 7919) & 16383) AS amount) made`,
  );
  await inShop(
    shop,
    ({ tx }) => tx.$executeRaw`
      INSERT INTO identity_key (shop_id, kind, hash, subject)
      SELECT ${shop}::uuid, kind, left(md5(kind || CASE WHEN kind = 'email' THEN c ELSE c / 3 END), 22), subject FROM (
        SELECT split_part(id, '-', 1)::int AS c, 'o:' || id AS subject FROM "order"
        WHERE shop_id = ${shop}::uuid AND customer_id IS NULL
        UNION ALL SELECT c + CASE WHEN c % 50 = 0 THEN ${accounts}::int ELSE 0 END, 'c:c' || c
        FROM generate_series(1, ${accounts}::int) AS c) of,
      unnest(ARRAY['email', 'phone', 'address', 'name']) AS kind`,
  );
}

try {
  await fill(shopId, customers);
  await inShop(
    shopId,
    ({ tx }) => tx.$executeRaw`
      INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
      SELECT shop_id, id, '1', 'p' || (hashtext(id) & 511), 1, total_minor FROM "order" WHERE shop_id = ${shopId}::uuid`,
  );
  await analyse('"order", order_line, identity_key');

  const rows: string[][] = [];
  const step = async (name: string, toReach: string, work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await work();
    const seconds = (performance.now() - began) / 1000;
    rows.push([name, seconds < 1 ? `${whole(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`, toReach]);
  };
  /** Divides a shop for the first time and the night after; `score` is what one order costs. */
  const divide = async (shop: ShopId, accounts: number, score: (scope: ShopScope) => Promise<void>): Promise<void> => {
    await step('all divided for the first time', 'under 30 s', () =>
      inShop(shop, (scope) => fitScores(scope, 'EUR', now)),
    );
    await inShop(
      shop,
      // As many orders as on any day before, spread over it.
      ({ tx }) => tx.$executeRaw`
      INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
      SELECT ${shop}::uuid, 'new' || n, 'c' || 1 + (hashint4(n) & 1048575) % ${accounts}::int, at, at, 'EUR', amount, 0, amount
      FROM generate_series(1, 2300) AS n,
        LATERAL (SELECT ${now}::timestamptz + make_interval(mins => (hashint4(n * 31) & 1023)) AS at,
          500 + (hashint4(n * 7919) & 16383) AS amount) made`,
    );
    await step('all divided anew, the night after', 'under 30 s', () =>
      inShop(shop, (scope) => fitScores(scope, 'EUR', nextNight)),
    );
    await step('where they came from, for 30, 90 and 365 days', '', () =>
      inShop(shop, (scope) => fitFlows(scope, 'EUR', nextNight)),
    );
    await step('one buyer after an order', '', () => inShop(shop, score));
    await step('the page: map and groups', '', () =>
      inShop(shop, async (scope) => [await readSquares(scope), await readGroups(scope, nextNight)]),
    );
  };
  await divide(shopId, customers, (scope) => scoreCustomers(scope, ['c77'], nextNight));
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
  const countOrders = (shop: ShopId, customerId?: null) =>
    inShop(shop, ({ tx }) =>
      tx.order.count({ where: { shopId: shop, ...(customerId === null ? { customerId } : {}) } }),
    );
  const print = async (shop: ShopId, who: string): Promise<void> => {
    const head = `${whole(customers)} buyers${who}, ${whole(await countOrders(shop))} orders`;
    console.log(markdownTable([head, 'time', 'to reach'], rows.splice(0)));
  };
  await print(shopId, '');

  const guestsShop = toShopId(randomUUID());
  await db.asSystem(({ tx }) =>
    tx.shop.create({
      data: { id: guestsShop, platform: 'woocommerce', domain: 'guests.example', name: 'Bench', installedAt: now },
    }),
  );
  await fill(guestsShop, withAccount);
  await analyse('"order", identity_key');
  await divide(guestsShop, withAccount, async (scope) => {
    await scoreBuyers(scope, await readBuyersOf(scope, [`${String(withAccount + 77)}-0`]), nextNight);
  });
  console.log();
  await print(
    guestsShop,
    `, ${whole(customers - withAccount)} of them without an account (${whole(await countOrders(guestsShop, null))} orders)`,
  );
} finally {
  await db.close();
  await database.stop();
}
