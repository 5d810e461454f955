import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '#app/infra/database.ts';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { startBenchDatabase } from './lib/database.ts';
import { httpRequest, type LoadResult, measureLatency, measureRate, median } from './lib/load.ts';
import { startServer } from './lib/server-process.ts';
import { apiSecret, appEnvironment, createBenchShop, domain } from './lib/shop.ts';
import { markdownTable, milliseconds, ratio, whole } from './lib/table.ts';

const PRODUCTS = 400;
const CARTS = 1000;
/** Answers live for 60 seconds and signatures for 90: everything below ends before. */
const ROUNDS = 5;

async function fillShop(db: Database, shopId: ShopId): Promise<void> {
  const ids = Array.from({ length: PRODUCTS }, (_, index) => String(8_000_000_000_000 + index));
  const now = new Date();
  const list = (from: number) =>
    Array.from({ length: 20 }, (_, place) => ({
      productId: ids[(from + 1 + place * 7) % PRODUCTS] ?? '',
      score: 20 - place,
      source: 'together',
      reason: { support: 9, lift: 2, because: ids[from] ?? null },
    }));
  await db.inShop(shopId, async ({ tx }) => {
    await tx.product.createMany({
      data: ids.map((id) => ({
        shopId,
        id,
        handle: `product-${id}`,
        title: `A product of ordinary name ${id}`,
        tags: [],
        collectionIds: [],
        status: 'active',
        published: true,
        imageUrl: `https://cdn.shopify.com/s/files/1/0000/0001/products/${id}.jpg?v=1700000000`,
        platformCreatedAt: now,
        platformUpdatedAt: now,
      })),
    });
    await tx.variant.createMany({
      data: ids.map((id) => ({ shopId, id: `4${id}`, productId: id, title: 'Default', priceMinor: 1999, stock: 10 })),
    });
    await tx.recommendationVersion.create({ data: { shopId, version: 1, status: 'active', activeAt: now } });
    await tx.recommendation.createMany({
      data: [
        ...ids.map((id, index) => ({ shopId, version: 1, surface: 'together', subjectId: id, items: list(index) })),
        { shopId, version: 1, surface: 'popular', subjectId: '', items: list(0) },
      ],
    });
  });
}

/** Signed as Shopify does; good for 90 seconds. */
function signedUrls(): string[] {
  return Array.from({ length: CARTS }, (_, cart) => {
    const products = [0, 1, 2].map((place) => String(8_000_000_000_000 + ((cart * 13 + place * 31) % PRODUCTS))).join();
    const query = new URLSearchParams({
      products,
      limit: '4',
      shop: domain,
      logged_in_customer_id: '',
      path_prefix: '/apps/trellis',
      timestamp: String(Math.floor(Date.now() / 1000)),
    });
    query.set('signature', signProxy(query, apiSecret));
    return `/proxy/cart?${query.toString()}`;
  });
}

const cycle = (requests: readonly Buffer[]) => {
  let place = 0;
  return () => requests[(place = (place + 1) % requests.length)] ?? Buffer.alloc(0);
};

const database = await startBenchDatabase();
const file = path.join(tmpdir(), `trellis-bench-${randomUUID()}.json`);
const { db, shopId } = await createBenchShop(database);
await fillShop(db, shopId);
const app = await startServer('app.ts', appEnvironment(database));
try {
  const urls = signedUrls();
  const answers: [string, string][] = [];
  for (const url of urls) {
    const answer = await fetch(`http://127.0.0.1:${String(app.port)}${url}`);
    const body = await answer.text();
    if (answer.status !== 200 || !body.includes('"variantId"'))
      throw new Error(`unexpected answer ${String(answer.status)}: ${body.slice(0, 200)}`);
    answers.push([url, body]);
  }
  await writeFile(file, JSON.stringify(answers));
  const bare = await startServer('bare-json.ts', { answers: file });
  const requests = urls.map((url) => httpRequest('GET', url));
  const both = [
    ['bare', bare],
    ['ours', app],
  ] as const;
  const checked = (name: string, result: LoadResult) => {
    if (result.broken > 0 || Object.keys(result.statuses).join() !== '200')
      throw new Error(`${name}: ${JSON.stringify(result)}`);
    return result;
  };

  const rates = { ours: [] as number[], bare: [] as number[] };
  const micros = { ours: [] as number[], bare: [] as number[] };
  const p99 = { ours: [] as number[], bare: [] as number[] };
  for (const [, server] of both) await measureRate(server.port, cycle(requests), { seconds: 1 });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, server] of both) {
      const before = await server.cpu();
      const result = checked(name, await measureRate(server.port, cycle(requests), { seconds: 2 }));
      rates[name].push(result.perSecond);
      micros[name].push((1000 * ((await server.cpu()) - before)) / result.answers);
    }
  }
  for (let round = 0; round < 3; round += 1) {
    for (const [name, server] of both)
      p99[name].push(checked(name, await measureLatency(server.port, cycle(requests), { rate: 300, seconds: 4 })).p99);
  }
  await bare.stop();
  const ratios = rates.ours.map((rate, round) => rate / (rates.bare[round] ?? rate));
  console.log(
    markdownTable(
      ['storefront JSON, cache warm', 'Trellis', 'bare Node, same bytes', 'ratio', 'to reach'],
      [
        [
          'answers a second',
          whole(median(rates.ours)),
          whole(median(rates.bare)),
          `${median(ratios).toFixed(2)} (rounds: ${ratios.map((one) => one.toFixed(2)).join(', ')})`,
          'at least 0.50',
        ],
        [
          'processor time of an answer',
          `${whole(median(micros.ours))} µs`,
          `${whole(median(micros.bare))} µs`,
          ratio(median(micros.bare), median(micros.ours)),
          '',
        ],
        ['p99 at 300 a second', milliseconds(median(p99.ours)), milliseconds(median(p99.bare)), '', 'under 10 ms'],
      ],
    ),
  );
} finally {
  await app.stop();
  await db.close();
  await database.stop();
  await rm(file, { force: true });
}
