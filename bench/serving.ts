import { randomUUID } from 'node:crypto';
import { column, packVoice, width } from '#app/domains/recommendations/serving/voice.ts';
import type { Head } from '#app/domains/recommendations/serving/head.ts';
import type { Database } from '#app/infra/database.ts';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { startBenchDatabase } from './lib/database.ts';
import { httpRequest, type LoadResult, measureLatency, median } from './lib/load.ts';
import { startServer } from './lib/server-process.ts';
import { apiSecret, appEnvironment, createBenchShop, domain } from './lib/shop.ts';
import { markdownTable, milliseconds, whole } from './lib/table.ts';

/** A cart's answer under load in a large shop, the server bound to one core. */
const PRODUCTS = 100_000;
const CANDIDATES = 64;
const BATCH = 1_000;
const RATE = 500;
const WARM_CARTS = 500;
const ROUNDS = 3;
const SECONDS = 3;
const WARM_UP_SECONDS = 1;
const VISITORS = 2_000;
/** What each visitor looked at, and the search they made. */
const VIEWS = 12;

let seed = 20_261;
/** Park and Miller's generator: the same carts every time. */
const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const anyProduct = () => Math.floor(random() * PRODUCTS);
const idOf = (product: number) => String(8_000_000_000_000 + product);

async function fillShop(db: Database, shopId: ShopId): Promise<void> {
  const now = new Date();
  const popular = Array.from({ length: 200 }, (_, k): Head['popular'][number] => [idOf(k), 900 - k, 0.01, 0.01, 0.01]);
  const head: Head = {
    weights: {
      together: 0.3,
      'basket-model': 1,
      'basket-neighbours': 0.7,
      content: 0.2,
      prior: 0.5,
      trending: 0.2,
      popular: 0.2,
      established: -0.3,
    },
    moment: now.getTime(),
    baskets: 1_000_000,
    windows: [7_000, 30_000, 120_000],
    popular,
  };
  await db.inShop(shopId, async ({ tx }) => {
    await tx.recommendationVersion.create({ data: { shopId, version: 1, status: 'active', activeAt: now } });
    await tx.recommendationVoice.create({
      data: { shopId, version: 1, productId: '', data: Buffer.from(JSON.stringify(head)) },
    });
  });
  for (let from = 0; from < PRODUCTS; from += BATCH) {
    const products = Array.from({ length: BATCH }, (_, k) => from + k);
    await db.inShop(shopId, async ({ tx }) => {
      await tx.product.createMany({
        data: products.map((product) => ({
          shopId,
          id: idOf(product),
          handle: `product-${product}`,
          title: `A product of ordinary name ${product}`,
          productType: `Type ${product % 300}`,
          vendor: `Vendor ${product % 90}`,
          tags: [`tag-${product % 50}`],
          collectionIds: [],
          status: 'active',
          published: true,
          imageUrl: `https://cdn.shopify.com/s/files/1/0000/0001/products/${product}.jpg?v=1700000000`,
          platformCreatedAt: now,
          platformUpdatedAt: now,
        })),
      });
      await tx.variant.createMany({
        data: products.map((product) => ({
          shopId,
          id: `4${idOf(product)}`,
          productId: idOf(product),
          title: 'Default',
          priceMinor: 1999,
          stock: 10,
        })),
      });
      await tx.recommendationVoice.createMany({
        data: products.map((product) => ({
          shopId,
          version: 1,
          productId: idOf(product),
          data: Buffer.from(voiceOf(product)),
        })),
      });
    });
  }
  const client = await db.pool.connect();
  try {
    await client.query('ANALYZE');
  } finally {
    client.release();
  }
}

function voiceOf(product: number): Uint8Array {
  const numbers = new Float32Array(CANDIDATES * width);
  const ids = Array.from({ length: CANDIDATES }, (_, k) => {
    numbers[k * width + column.support] = Math.max(0, 40 - k);
    numbers[k * width + column.count] = 60;
    numbers[k * width + column.linear] = 0.05 / (k + 1);
    numbers[k * width + column.likeness] = 0.3;
    numbers.fill(0.0005, k * width + column.week, k * width + column.season + 1);
    numbers[k * width + column.prior] = 0.002 / (k + 1);
    // Half from the same shelf, half from anywhere.
    return idOf(k % 2 === 0 ? (product + 1 + k * 3) % PRODUCTS : anyProduct());
  });
  return packVoice({
    total: 1_000_000,
    count: 60,
    sold: [0.0005, 0.0005, 0.0005],
    repeatRate: 0.02,
    gapDays: 0,
    ids,
    numbers,
  });
}

const anyCart = () => Array.from({ length: 1 + Math.floor(random() * 4) }, () => idOf(anyProduct())).join();
const warmCarts = Array.from({ length: WARM_CARTS }, anyCart);

/** Signed as Shopify does. */
function request(products: string, visitor: string | null): Buffer {
  const query = new URLSearchParams({
    products,
    limit: '4',
    shop: domain,
    logged_in_customer_id: '',
    path_prefix: '/apps/trellis',
    timestamp: String(Math.floor(Date.now() / 1000)),
  });
  if (visitor !== null) query.set('visitor', visitor);
  query.set('signature', signProxy(query, apiSecret));
  return httpRequest('GET', `/proxy/cart?${query.toString()}`);
}

/** Views of products and a search by every visitor, from which the server learns what they are after. */
async function fillSignals(db: Database, shopId: ShopId): Promise<void> {
  const now = new Date();
  const event = (visitorId: string) => ({ shopId, id: randomUUID(), visitorId, occurredAt: now, receivedAt: now });
  await db.inShop(shopId, ({ tx }) =>
    tx.signal.createMany({
      data: visitors.flatMap((visitorId) => [
        ...Array.from({ length: VIEWS }, () => ({ ...event(visitorId), kind: 'view', productId: idOf(anyProduct()) })),
        { ...event(visitorId), kind: 'search', query: `ordinary name ${anyProduct()}` },
      ]),
    }),
  );
}

const warm = () => warmCarts[Math.floor(random() * WARM_CARTS)] ?? '';
const visitors = Array.from({ length: VISITORS }, () => randomUUID());
const anyVisitor = () => visitors[Math.floor(random() * visitors.length)] ?? null;
const mixes: readonly (readonly [string, () => Buffer])[] = [
  ['carts asked about in the last minute', () => request(warm(), null)],
  ['half of them never asked about', () => request(random() < 0.5 ? anyCart() : warm(), null)],
  ['all never asked about', () => request(anyCart(), null)],
  [
    'half never asked about, a fifth for visitors of known interest',
    () => request(random() < 0.5 ? anyCart() : warm(), random() < 0.2 ? anyVisitor() : null),
  ],
];

const database = await startBenchDatabase();
const { db, shopId } = await createBenchShop(database);
await fillShop(db, shopId);
await fillSignals(db, shopId);
const app = await startServer('app-one-core.ts', appEnvironment(database));
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
  const rows: string[][] = [];
  for (const [name, next] of mixes) {
    await measureLatency(app.port, next, { rate: RATE, seconds: WARM_UP_SECONDS });
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
    rows.push([
      name,
      whole(middle((one) => one.perSecond)),
      milliseconds(middle((one) => one.p50)),
      milliseconds(middle((one) => one.p99)),
      `${whole((1000 * used) / ROUNDS)} µs`,
    ]);
  }
  console.log(
    markdownTable(
      [
        `cart answers, ${whole(PRODUCTS)} products, ${RATE} a second, one core`,
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
