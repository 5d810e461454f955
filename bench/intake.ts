import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { signWebhook } from '#app/platforms/shopify/hmac.ts';
import { startBenchDatabase } from './lib/database.ts';
import { httpRequest, measureLatency, measureRate, median } from './lib/load.ts';
import { startServer } from './lib/server-process.ts';
import { apiSecret, appEnvironment, createBenchShop, domain } from './lib/shop.ts';
import { markdownTable, milliseconds, ratio, whole } from './lib/table.ts';

/** What a busy day sends: 30 webhooks a second are 2.6 million a day. */
const SUSTAINED = 30;
const BURST_SECONDS = Number(process.argv[2] ?? 30);
const ROUNDS = 3;

/** An order webhook of usual size (about 4 kB). */
const order = JSON.stringify({
  id: 5_000_000_000_001, admin_graphql_api_id: 'gid://shopify/Order/5000000000001', name: '#1001', currency: 'USD', total_price: '59.97',
  created_at: '2026-11-01T10:00:00Z', updated_at: '2026-11-01T10:00:00Z', test: false,
  line_items: Array.from({ length: 12 }, (_, index) => ({
    id: 6_000_000_000_001 + index, product_id: 7_000_000_000_001 + index, variant_id: 8_000_000_000_001 + index, quantity: 1, price: '19.99',
    title: 'A product of ordinary name', name: 'A product of ordinary name - M', sku: 'SKU-1', vendor: 'Vendor', fulfillment_service: 'manual',
    requires_shipping: true, taxable: true, gift_card: false, total_discount: '0.00', properties: [], tax_lines: [], discount_allocations: [],
  })),
});
const signature = signWebhook(Buffer.from(order), apiSecret);

/** A delivery that was never sent before. */
function delivery(): Buffer {
  return httpRequest('POST', '/webhooks', {
    'content-type': 'application/json', 'x-shopify-topic': 'orders/updated', 'x-shopify-shop-domain': domain, 'x-shopify-api-version': '2026-10',
    'x-shopify-hmac-sha256': signature, 'x-shopify-webhook-id': randomUUID(), 'x-shopify-event-id': randomUUID(), 'x-shopify-triggered-at': new Date().toISOString(),
  }, order);
}

const database = await startBenchDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
await admin.connect();
await admin.query(`CREATE TABLE bare_webhook (id bigserial PRIMARY KEY, delivery_id text UNIQUE, topic text, body text, received_at timestamptz DEFAULT now());
  GRANT ALL ON bare_webhook, bare_webhook_id_seq TO trellis_app`);
const { db } = await createBenchShop(database);
const app = await startServer('app.ts', appEnvironment(database));
const bare = await startServer('bare-webhook.ts', { url: database.url, secret: apiSecret, pool: 10 });
const stored = async () => Number((await admin.query<{ n: string }>('SELECT count(*) AS n FROM webhook_inbox')).rows[0]?.n);

try {
  const rates = { ours: [] as number[], bare: [] as number[] };
  let answered = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, server] of [['bare', bare], ['ours', app]] as const) {
      const result = await measureRate(server.port, delivery);
      if (result.broken > 0 || Object.keys(result.statuses).join() !== '200') throw new Error(`${name}: ${JSON.stringify(result)}`);
      rates[name].push(result.perSecond);
      if (name === 'ours') answered += result.answers;
    }
  }
  const burst = await measureLatency(app.port, delivery, { rate: SUSTAINED * 10, seconds: BURST_SECONDS, connections: 128 });
  answered += burst.statuses[200] ?? 0;
  const lost = answered - (await stored());
  const [ours, plain] = [median(rates.ours), median(rates.bare)];
  console.log(
    markdownTable(
      ['webhook intake', 'Trellis (verify, store, enqueue)', 'bare Node (verify, one INSERT)', 'ratio', 'to reach'],
      [
        ['answers a second', whole(ours), whole(plain), ratio(ours, plain), 'at least 0.50'],
        [`slowest at ${String(SUSTAINED * 10)} a second for ${String(BURST_SECONDS)} s`, milliseconds(burst.slowest), '', '', 'under 1000 ms'],
        ['p99 of the burst', milliseconds(burst.p99), '', '', ''],
        ['answers other than 200', String(burst.answers + burst.broken - (burst.statuses[200] ?? 0)), '', '', '0'],
        ['lost (answered 200, not in the inbox)', String(lost), '', '', '0'],
      ],
    ),
  );
} finally {
  await Promise.all([app.stop(), bare.stop()]);
  await db.close();
  await admin.end();
  await database.stop();
}
