import path from 'node:path';
import { listRuns } from '#app/domains/activity/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';
import { freePort } from '#scripts/free-port.ts';
import { type BenchDatabase, startBenchDatabase } from './lib/database.ts';
import { findHistory, noHistory } from './lib/history-file.ts';
import { startServer } from './lib/server-process.ts';
import { apiKey, apiSecret, appEnvironment } from './lib/shop.ts';
import { markdownTable, whole } from './lib/table.ts';

const domain = 'import.myshopify.com';
const LONGEST_MS = 300_000;

/** From the merchant's first visit to the last stored order. */
async function measureImport(database: BenchDatabase, file: string): Promise<void> {
  const port = await freePort();
  const environment = { ...appEnvironment(database), SHOPIFY_ORIGIN: `http://127.0.0.1:${String(port)}/shops/{shop}` };
  const sandbox = await startServer('sandbox.ts', { port, domain, apiKey, apiSecret, ordersFile: file });
  const worker = await startServer('worker.ts', environment);
  const own = createServices(readConfig(environment), 'bench', createPlatforms);
  const { db } = own.services;
  try {
    const token = signSessionToken({ domain, apiKey, apiSecret, userId: '1', sessionId: 'bench', now: new Date() });
    const begun = performance.now();
    const visit = await authenticateMerchant(
      own.services,
      new Request('http://127.0.0.1/', { headers: { authorization: `Bearer ${token}` } }),
    );
    if (visit.code !== 'authenticated') throw new Error(visit.code);
    const seconds = await untilImported(visit.shopId, begun);
    const { products, customers, orders, lines } = await db.inShop(visit.shopId, async ({ tx, shopId }) => {
      const where = { where: { shopId } };
      return {
        products: await tx.product.count(where),
        customers: await tx.customer.count(where),
        orders: await tx.order.count(where),
        lines: await tx.orderLine.count(where),
      };
    });
    console.log(
      markdownTable(
        [path.basename(file), 'products', 'customers', 'orders', 'order lines', 'seconds', 'rows a second'],
        [
          [
            'install, export, download, import',
            whole(products),
            whole(customers),
            whole(orders),
            whole(lines),
            seconds.toFixed(1),
            whole((products + customers + orders + lines) / seconds),
          ],
        ],
      ),
    );
  } finally {
    await Promise.all([worker.stop(), sandbox.stop()]);
    await own.close();
  }

  async function untilImported(shopId: ShopId, begun: number): Promise<number> {
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
}

const file = findHistory(process.argv[2]);
if (file === null) console.log(noHistory);
else {
  const database = await startBenchDatabase();
  try {
    await measureImport(database, file);
  } finally {
    await database.stop();
  }
}
