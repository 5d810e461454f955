import path from 'node:path';
import { listRuns } from '#app/domains/activity/index.ts';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type BenchDatabase, startBenchDatabase } from './lib/database.ts';
import { findHistory, noHistory } from './lib/history-file.ts';
import { startServer } from './lib/server-process.ts';
import { appEnvironment } from './lib/shop.ts';
import { type BenchStore, shopifyStore, woocommerceStore } from './lib/stores.ts';
import { markdownTable, whole } from './lib/table.ts';

const LONGEST_MS = 300_000;

/** How a first import goes. */
const shopify = { name: 'Shopify: install, export, download, import', open: shopifyStore };
const woocommerce = { name: 'WooCommerce: connect, read pages, import', open: woocommerceStore };

async function untilImported({ db }: Services, shopId: ShopId, begun: number): Promise<number> {
  for (;;) {
    const runs = await db.inShop(shopId, (scope) => listRuns(scope, { limit: 10 }));
    const run = runs.find((one) => one.kind === 'import');
    const elapsed = performance.now() - begun;
    if (run?.status === 'succeeded') return elapsed / 1000;
    if (run?.status === 'failed' || elapsed > LONGEST_MS)
      throw new Error(`the import has not succeeded: ${run?.error ?? run?.status ?? 'no run'}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** From the merchant's first visit to the last stored order. Returns a row of the table. */
async function measureImport(database: BenchDatabase, name: string, store: BenchStore): Promise<string[]> {
  const environment = { ...appEnvironment(database), ...store.environment };
  const worker = await startServer('worker.ts', environment);
  const own = createServices(readConfig(environment), 'bench', createPlatforms);
  try {
    const begun = performance.now();
    const before = await worker.cpu();
    const shopId = await store.connect(own.services);
    const seconds = await untilImported(own.services, shopId, begun);
    const cpu = (await worker.cpu()) - before;
    const counts = await own.services.db.inShop(shopId, async ({ tx }) => {
      const where = { where: { shopId } };
      return [
        await tx.product.count(where),
        await tx.customer.count(where),
        await tx.order.count(where),
        await tx.orderLine.count(where),
      ];
    });
    const rows = counts.reduce((sum, one) => sum + one, 0);
    return [
      name,
      ...counts.map(whole),
      seconds.toFixed(1),
      whole(rows / seconds),
      (cpu / 1000).toFixed(1),
      whole(rows / (cpu / 1000)),
    ];
  } finally {
    await Promise.all([worker.stop(), store.server.stop()]);
    await own.close();
  }
}

const file = findHistory(process.argv[2]);
if (file === null) console.log(noHistory);
else {
  const rows: string[][] = [];
  // A store of each platform in a database of its own: the second must not find caches that the first has warmed.
  for (const { name, open } of [shopify, woocommerce]) {
    const database = await startBenchDatabase();
    try {
      rows.push(await measureImport(database, name, await open(file)));
    } finally {
      await database.stop();
    }
  }
  const heads = [
    'products',
    'customers',
    'orders',
    'order lines',
    'seconds',
    'rows a second',
    'processor time of the worker, s',
    'rows a second of it',
  ];
  console.log(markdownTable([path.basename(file), ...heads], rows));
}
