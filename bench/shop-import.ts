import path from 'node:path';
import { listRuns } from '#app/domains/activity/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { Services } from '#app/infra/services.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';
import { freePort } from '#scripts/free-port.ts';
import { type BenchDatabase, startBenchDatabase } from './lib/database.ts';
import { findHistory, noHistory } from './lib/history-file.ts';
import { type ServerProcess, startServer } from './lib/server-process.ts';
import { apiKey, apiSecret, appEnvironment } from './lib/shop.ts';
import { readStoreKeys } from './lib/store-keys.ts';
import { markdownTable, whole } from './lib/table.ts';

const domain = 'import.myshopify.com';
const LONGEST_MS = 300_000;

/** A store with the orders of a file, and how its merchant lets Trellis in. */
interface Store {
  readonly name: string;
  readonly server: ServerProcess;
  /** settings of the app beside the usual ones */
  readonly environment: Readonly<Record<string, string>>;
  readonly connect: (services: Services) => Promise<ShopId>;
}

async function shopifyStore(ordersFile: string): Promise<Store> {
  const port = await freePort();
  return {
    name: 'Shopify: install, export, download, import',
    server: await startServer('sandbox.ts', { port, domain, apiKey, apiSecret, ordersFile }),
    environment: { SHOPIFY_ORIGIN: `http://127.0.0.1:${String(port)}/shops/{shop}` },
    async connect(services) {
      const token = signSessionToken({ domain, apiKey, apiSecret, userId: '1', sessionId: 'bench', now: new Date() });
      const headers = { authorization: `Bearer ${token}` };
      const visit = await authenticateMerchant(services, new Request('http://127.0.0.1/', { headers }));
      if (visit.code !== 'authenticated') throw new Error(visit.code);
      return visit.shopId;
    },
  };
}

async function woocommerceStore(ordersFile: string): Promise<Store> {
  const server = await startServer('woo-sandbox.ts', { ordersFile });
  const { url, keys } = await readStoreKeys(server.port);
  return {
    name: 'WooCommerce: connect, read pages, import',
    server,
    environment: { WOOCOMMERCE_LOCAL_STORES: 'on' },
    async connect(services) {
      const connected = await connectByKeys(services, url, keys);
      if (!connected.ok) throw new Error(connected.code);
      return services.db.asSystem(async ({ tx }) => {
        const shop = await tx.shop.findFirstOrThrow({ where: { platform: 'woocommerce' } });
        return toShopId(shop.id);
      });
    },
  };
}

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
async function measureImport(database: BenchDatabase, store: Store): Promise<string[]> {
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
      store.name,
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
  for (const open of [shopifyStore, woocommerceStore]) {
    const database = await startBenchDatabase();
    try {
      rows.push(await measureImport(database, await open(file)));
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
