import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { recordDeliveries } from '#app/domains/inbox/index.ts';
import { startBenchDatabase } from './lib/database.ts';
import { measureDrain } from './lib/drain.ts';
import { appEnvironment, createBenchShop, domain } from './lib/shop.ts';
import {
  advocateCodes,
  customerId,
  customers,
  fillShop,
  listsFreshened,
  productId,
  products,
  switchEverythingOn,
  variantId,
} from './lib/subscribed-shop.ts';
import { markdownTable, whole } from './lib/table.ts';
import { usualLine } from './lib/usual-line.ts';

const SECONDS = Number(process.argv[2] ?? 32);
/** Lists are brought up to date every fifteen seconds; more than one worker can apply in that time. */
const ORDERS = SECONDS * 2_500;
const LINES = 12;
const AT_ONCE = 200;

const database = await startBenchDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
await admin.connect();

/** A new order of usual size (about 4 kB); every tenth is a friend's first one, brought by an advocate. */
function order(index: number, round: number, codes: readonly string[]): unknown {
  const id = 5_000_000_000_001 + round * ORDERS + index;
  const friend = index % 10 === 0;
  const customer = friend ? String(9_900_000_000_001 + index) : customerId((index * 7) % customers);
  const now = new Date().toISOString();
  const attributes = friend ? [{ name: '_trellis_referral', value: codes[index % codes.length] ?? '' }] : [];
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${String(id)}`,
    name: `#${String(id)}`,
    email: `buyer-${customer}@example.com`,
    currency: 'USD',
    total_price: '239.88',
    created_at: now,
    updated_at: now,
    test: false,
    customer: { id: Number(customer), email: `buyer-${customer}@example.com` },
    shipping_address: { address1: `Way ${customer}`, zip: '20457', city: 'Hamburg', country_code: 'DE', phone: null },
    note_attributes: [
      ...attributes,
      { name: '_trellis_visitor', value: `00000000-0000-4000-8000-${customer.slice(-12).padStart(12, '0')}` },
    ],
    line_items: Array.from({ length: LINES }, (_, line) =>
      usualLine({
        id: id * LINES + line,
        product_id: Number(productId((index * 13 + line * 29) % products)),
        variant_id: Number(variantId((index * 13 + line * 29) % products)),
      }),
    ),
  };
}

async function send(round: number, codes: readonly string[]): Promise<void> {
  for (let first = 0; first < ORDERS; first += AT_ONCE) {
    await recordDeliveries(
      db.pool,
      Array.from({ length: AT_ONCE }, (_, at) => ({
        platform: 'shopify' as const,
        deliveryId: randomUUID(),
        shopDomain: domain,
        topic: 'orders/create',
        apiVersion: '2026-10',
        triggeredAt: new Date(),
        body: JSON.stringify(order(first + at, round, codes)),
      })),
    );
  }
}

const { db, shopId } = await createBenchShop(database);
const environment = appEnvironment(database);
try {
  await fillShop(db, shopId);
  const codes = await advocateCodes(db, shopId);
  await send(0, codes);
  const bare = await measureDrain(admin, environment, { name: 'nothing switched on', seconds: SECONDS });
  await admin.query('TRUNCATE webhook_inbox');
  await switchEverythingOn(db, shopId);
  await send(1, codes);
  const full = await measureDrain(admin, environment, { name: 'everything switched on', seconds: SECONDS });
  console.log(
    markdownTable(
      ['orders applied by one worker process', 'a second', 'to reach'],
      [
        ['recommendations, groups and bundles alone', whole(bare.perSecond), ''],
        [
          'with loyalty, referrals, segments of the merchant and personal offers',
          whole(full.perSecond),
          'at least 150',
        ],
      ],
    ),
  );
  console.log(`\n${full.where}`);
  // Whoever was to be told was told: a figure of a step that did nothing would flatter it.
  const { rows } = await admin.query(
    `SELECT (SELECT count(*) FROM loyalty_order) AS "orders with points", (SELECT count(*) FROM referral) AS referrals,
       (SELECT count(*) FROM segment_change) AS "moves between segments",
       (SELECT count(*) FROM personal_offer_grant) AS "offers noted"`,
  );
  const freshened = await listsFreshened(db, shopId);
  if (freshened === 0) throw new Error('no list was brought up to date meanwhile');
  console.log(
    `\nWritten meanwhile: lists brought up to date ${String(freshened)} times in both, ${Object.entries(
      rows[0] as object,
    )
      .map(([what, n]) => `${String(n)} ${what}`)
      .join(', ')}.`,
  );
} finally {
  await db.close();
  await admin.end();
  await database.stop();
}
