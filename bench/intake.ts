import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { signWebhook } from '#app/platforms/shopify/hmac.ts';
import { startBenchDatabase } from './lib/database.ts';
import { httpRequest, measureLatency, measureRate, median } from './lib/load.ts';
import { startServer } from './lib/server-process.ts';
import { apiSecret, appEnvironment, createBenchShop, domain } from './lib/shop.ts';
import { markdownTable, milliseconds, whole } from './lib/table.ts';

const BURST_SECONDS = Number(process.argv[2] ?? 30);
const ROUNDS = 5;
const DRAIN_SECONDS = 8;
const ORDERS = 2000;

/** Order webhooks of usual size (about 4 kB), each of another order, signed. */
const payloads = Array.from({ length: ORDERS }, (_, index) => {
  const body = JSON.stringify({
    id: 5_000_000_000_001 + index,
    admin_graphql_api_id: `gid://shopify/Order/${String(5_000_000_000_001 + index)}`,
    name: `#${String(1001 + index)}`,
    currency: 'USD',
    total_price: '239.88',
    created_at: '2026-11-01T10:00:00Z',
    updated_at: '2026-11-01T10:00:00Z',
    test: false,
    line_items: Array.from({ length: 12 }, (__, line) => ({
      id: 6_000_000_000_001 + index * 12 + line,
      product_id: 7_000_000_000_001 + line,
      variant_id: 8_000_000_000_001 + line,
      quantity: 1,
      price: '19.99',
      title: 'A product of ordinary name',
      name: 'A product of ordinary name - M',
      sku: 'SKU-1',
      vendor: 'Vendor',
      fulfillment_service: 'manual',
      requires_shipping: true,
      taxable: true,
      gift_card: false,
      total_discount: '0.00',
      properties: [],
      tax_lines: [],
      discount_allocations: [],
    })),
  });
  return { body, signature: signWebhook(Buffer.from(body), apiSecret) };
});
let sent = 0;

/** A delivery that was never sent before. */
function delivery(): Buffer {
  const { body, signature } = payloads[(sent += 1) % ORDERS] ?? { body: '', signature: '' };
  return httpRequest(
    'POST',
    '/webhooks',
    {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/updated',
      'x-shopify-shop-domain': domain,
      'x-shopify-api-version': '2026-10',
      'x-shopify-hmac-sha256': signature,
      'x-shopify-webhook-id': randomUUID(),
      'x-shopify-event-id': randomUUID(),
      'x-shopify-triggered-at': new Date().toISOString(),
    },
    body,
  );
}

const database = await startBenchDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
await admin.connect();
await admin.query(`CREATE TABLE bare_webhook (id bigserial PRIMARY KEY, delivery_id text UNIQUE, topic text, body text, received_at timestamptz DEFAULT now());
  GRANT ALL ON bare_webhook, bare_webhook_id_seq TO trellis_app`);
const { db } = await createBenchShop(database);
const app = await startServer('app.ts', appEnvironment(database));
const bare = await startServer('bare-webhook.ts', { url: database.url, secret: apiSecret, pool: 10 });
const count = async (where: string) =>
  Number((await admin.query<{ n: string }>(`SELECT count(*) AS n FROM webhook_inbox WHERE ${where}`)).rows[0]?.n);

/** Deliveries a second that one worker process applies while plenty are waiting. */
async function measureDrain(): Promise<number> {
  const worker = await startServer('worker.ts', appEnvironment(database));
  while ((await count("status = 'done'")) === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  const [begun, before] = [performance.now(), await count("status = 'done'")];
  await new Promise((resolve) => setTimeout(resolve, DRAIN_SECONDS * 1000));
  const after = await count("status = 'done'");
  const seconds = (performance.now() - begun) / 1000;
  await worker.stop();
  if ((await count("status NOT IN ('done', 'pending')")) > 0 || (await count("status = 'pending'")) === 0)
    throw new Error('the drain was not measured under load');
  return (after - before) / seconds;
}

try {
  const rates = { ours: [] as number[], bare: [] as number[] };
  let answered = 0;
  const take = async (name: 'ours' | 'bare', seconds: number) => {
    const result = await measureRate(name === 'ours' ? app.port : bare.port, delivery, { seconds });
    if (result.broken > 0 || Object.keys(result.statuses).join() !== '200')
      throw new Error(`${name}: ${JSON.stringify(result)}`);
    if (name === 'ours') answered += result.answers;
    return result.perSecond;
  };
  for (const name of ['bare', 'ours'] as const) await take(name, 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['bare', 'ours'] as const) rates[name].push(await take(name, 3));
  }
  const sustained = await measureDrain();
  const rate = Math.round(sustained * 10);
  const burst = await measureLatency(app.port, delivery, { rate, seconds: BURST_SECONDS, connections: 128 });
  answered += burst.statuses[200] ?? 0;
  const lost = answered - (await count('true'));
  const ratios = rates.ours.map((one, round) => one / (rates.bare[round] ?? one));
  console.log(
    markdownTable(
      ['webhook intake', 'Trellis (verify, store, enqueue)', 'bare Node (verify, one INSERT)', 'ratio', 'to reach'],
      [
        [
          'answers a second',
          whole(median(rates.ours)),
          whole(median(rates.bare)),
          `${median(ratios).toFixed(2)} (rounds: ${ratios.map((one) => one.toFixed(2)).join(', ')})`,
          'at least 0.50',
        ],
        ['sustained: applied a second by one worker process', whole(sustained), '', '', ''],
        [
          `slowest answer at ${whole(rate)} a second for ${String(BURST_SECONDS)} s`,
          milliseconds(burst.slowest),
          '',
          '',
          'under 1000 ms',
        ],
        ['p99 of the burst', milliseconds(burst.p99), '', '', ''],
        ['answers of the burst', `${whole(burst.answers)} of ${whole(rate * BURST_SECONDS)}`, '', '', 'all'],
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
