import pg from 'pg';
import { startBenchDatabase } from './lib/database.ts';
import { countDeliveries, measureDrain } from './lib/drain.ts';
import { measureLatency, measureRate, median } from './lib/load.ts';
import { type ServerProcess, startServer } from './lib/server-process.ts';
import { appEnvironment, createBenchShop } from './lib/shop.ts';
import { markdownTable, milliseconds, whole } from './lib/table.ts';
import { shopifySource, type WebhookSource, woocommerceSource } from './lib/webhook-sources.ts';

const BURST_SECONDS = Number(process.argv[2] ?? 30);
const ROUNDS = 5;
const DRAIN_SECONDS = 8;
/** Of the rate at which deliveries are taken at most, what the burst asks for. */
const greatestShare = 0.6;

const database = await startBenchDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
await admin.connect();
await admin.query(`CREATE TABLE bare_webhook (id bigserial PRIMARY KEY, delivery_id text UNIQUE, topic text, body text, received_at timestamptz DEFAULT now());
  GRANT ALL ON bare_webhook, bare_webhook_id_seq TO trellis_app`);
const { db } = await createBenchShop(database);
const environment = appEnvironment(database);
const count = (where: string) => countDeliveries(admin, where);

async function measure(source: WebhookSource, app: ServerProcess, bare: ServerProcess): Promise<string> {
  await admin.query('TRUNCATE webhook_inbox, bare_webhook');
  const rates = { ours: [] as number[], bare: [] as number[] };
  let answered = 0;
  const take = async (name: 'ours' | 'bare', seconds: number) => {
    const result = await measureRate(name === 'ours' ? app.port : bare.port, source.next, { seconds });
    if (result.broken > 0 || Object.keys(result.statuses).join() !== '200')
      throw new Error(`${name}: ${JSON.stringify(result)}`);
    if (name === 'ours') answered += result.answers;
    return result.perSecond;
  };
  for (const name of ['bare', 'ours'] as const) await take(name, 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['bare', 'ours'] as const) rates[name].push(await take(name, 3));
  }
  const taken = median(rates.ours);
  const { perSecond: sustained, where } = await measureDrain(admin, environment, {
    name: source.name,
    seconds: DRAIN_SECONDS,
  });
  // An open loop near the greatest rate measures the queue of its own requests and nothing else.
  const rate = Math.round(Math.min(sustained * 10, taken * greatestShare));
  const burst = await measureLatency(app.port, source.next, { rate, seconds: BURST_SECONDS, connections: 128 });
  answered += burst.statuses[200] ?? 0;
  const lost = answered - (await count('true'));
  const ratios = rates.ours.map((one, round) => one / (rates.bare[round] ?? one));
  const figures = markdownTable(
    [
      `webhook intake, ${source.name}`,
      'Trellis (verify, store, enqueue)',
      'bare Node (verify, one INSERT)',
      'ratio',
      'to reach',
    ],
    [
      [
        'answers a second',
        whole(taken),
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
  );
  return `${figures}\n\n${where}`;
}

try {
  for (const source of [shopifySource(), await woocommerceSource(environment)]) {
    const app = await startServer('app.ts', environment);
    const { secret, headers } = source;
    const bare = await startServer('bare-webhook.ts', { url: database.url, secret, pool: 10, headers });
    try {
      console.log(`${await measure(source, app, bare)}\n`);
    } finally {
      await Promise.all([app.stop(), bare.stop()]);
    }
  }
} finally {
  await db.close();
  await admin.end();
  await database.stop();
}
