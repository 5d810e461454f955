import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import { leaveFirstCore } from './lib/cores.ts';
import { startBenchDatabase } from './lib/database.ts';
import { httpRequest, type LoadResult, measureLatency, median } from './lib/load.ts';
import { startServer } from './lib/server-process.ts';
import {
  anyProduct,
  customerId,
  fillCustomers,
  fillShop,
  fillSignals,
  idOf,
  products,
  random,
} from './lib/serving-shop.ts';
import { apiSecret, appEnvironment, createBenchShop, domain } from './lib/shop.ts';
import { markdownTable, milliseconds, whole } from './lib/table.ts';

/** A cart's answer under load in a large shop, the server bound to one core. */
const RATE = 500;
const WARM_CARTS = 500;
const [, , rounds = '3', settle = '40'] = process.argv;
const ROUNDS = Number(rounds);
const SECONDS = 3;
const WARM_UP_SECONDS = 1;
/** A web process runs for days: this long it answers, and reads ahead, before the rows that do not speak of its start. */
const SETTLE_SECONDS = Number(settle);
const VISITORS = 2_000;
const CUSTOMERS = 5_000;
/** As docs/deploy.md has a web process started: many short collections of young garbage instead of few that a shopper notices. */
const nodeFlags = ['--max-semi-space-size=4'];

const anyCart = () => Array.from({ length: 1 + Math.floor(random() * 4) }, () => idOf(anyProduct())).join();
const warmCarts = Array.from({ length: WARM_CARTS }, anyCart);

/** Signed as Shopify does. */
function request(products: string, visitor: string | null, customer = ''): Buffer {
  const query = new URLSearchParams({
    products,
    limit: '4',
    shop: domain,
    logged_in_customer_id: customer,
    path_prefix: '/apps/trellis',
    timestamp: String(Math.floor(Date.now() / 1000)),
  });
  if (visitor !== null) query.set('visitor', visitor);
  query.set('signature', signProxy(query, apiSecret));
  return httpRequest('GET', `/proxy/cart?${query.toString()}`);
}

const warm = () => warmCarts[Math.floor(random() * WARM_CARTS)] ?? '';
const visitors = Array.from({ length: VISITORS }, () => randomUUID());
const anyVisitor = () => visitors[Math.floor(random() * visitors.length)] ?? null;
const anyCustomer = () => customerId(Math.floor(random() * CUSTOMERS));
const unknown = () => request(anyCart(), null);
const mixes: readonly (readonly [string, () => Buffer])[] = [
  ['carts asked about in the last minute', () => request(warm(), null)],
  ['half of them never asked about', () => request(random() < 0.5 ? anyCart() : warm(), null)],
  ['all never asked about', unknown],
  [
    'half never asked about, a fifth for visitors of known interest',
    () => request(random() < 0.5 ? anyCart() : warm(), random() < 0.2 ? anyVisitor() : null),
  ],
  [
    'half never asked about, a fifth for signed-in customers, whose past is heard',
    () => request(random() < 0.5 ? anyCart() : warm(), null, random() < 0.2 ? anyCustomer() : ''),
  ],
  [
    'half never asked about, all for signed-in customers',
    () => request(random() < 0.5 ? anyCart() : warm(), null, anyCustomer()),
  ],
];

// Before the database starts, which inherits it.
leaveFirstCore();
const database = await startBenchDatabase();
/** Otherwise what the filling leaves to do would be done beside the rounds. */
async function tidyUp(): Promise<void> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('VACUUM ANALYZE');
  await admin.query('CHECKPOINT');
  await admin.end();
}
const { db, shopId } = await createBenchShop(database);
await fillShop(db, shopId);
await fillSignals(db, shopId, visitors);
await fillCustomers(db, shopId, CUSTOMERS);
await tidyUp();
const app = await startServer('app-one-core.ts', appEnvironment(database), nodeFlags);
try {
  const answer = async (one: Buffer) => {
    const got = await fetch(`http://127.0.0.1:${app.port}${one.toString().split(' ')[1]}`);
    return { status: got.status, body: await got.text() };
  };
  const first = await answer(request(warm(), null));
  if (!first.body.includes('"variantId"')) throw new Error(`unexpected: ${first.status} ${first.body.slice(0, 200)}`);
  // Interest that moves nothing would measure nothing.
  const same = warm();
  const everybody = await answer(request(same, null));
  const visited = await Promise.all(visitors.slice(0, 20).map((visitor) => answer(request(same, visitor))));
  if (visited.every(({ body }) => body === everybody.body)) throw new Error('the visitors’ interest changes no answer');
  const signedIn = await Promise.all(
    Array.from({ length: 20 }, (_, customer) => answer(request(same, null, customerId(customer)))),
  );
  if (signedIn.every(({ body }) => body === everybody.body)) throw new Error('the customers’ past changes no answer');
  const rows = [await measure('all never asked about, in the first seconds of the process', unknown)];
  await measureLatency(app.port, unknown, { rate: RATE, seconds: SETTLE_SECONDS });
  for (const [name, next] of mixes) {
    await measureLatency(app.port, next, { rate: RATE, seconds: WARM_UP_SECONDS });
    rows.push(await measure(name, next));
  }
  console.log(
    markdownTable(
      [
        `cart answers, ${whole(products)} products, ${RATE} a second, one core`,
        'answers a second',
        'p50',
        'p99 (to reach: under 10 ms)',
        'processor time of an answer',
      ],
      rows,
    ),
  );
} finally {
  await app.stop();
  await db.close();
  await database.stop();
}

/** A row of the table: the median of the rounds. */
async function measure(name: string, next: () => Buffer): Promise<string[]> {
  const results: LoadResult[] = [];
  let used = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await app.cpu();
    const result = await measureLatency(app.port, next, { rate: RATE, seconds: SECONDS });
    used += ((await app.cpu()) - before) / result.answers;
    if (result.broken > 0 || Object.keys(result.statuses).join() !== '200')
      throw new Error(`${name}: ${JSON.stringify(result)}`);
    results.push(result);
  }
  const middle = (of: (result: LoadResult) => number) => median(results.map(of));
  return [
    name,
    whole(middle((one) => one.perSecond)),
    milliseconds(middle((one) => one.p50)),
    milliseconds(middle((one) => one.p99)),
    `${whole((1000 * used) / ROUNDS)} µs`,
  ];
}
