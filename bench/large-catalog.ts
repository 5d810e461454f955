import { listRuns, type Run } from '#app/domains/activity/index.ts';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { startBenchDatabase } from './lib/database.ts';
import { readStoreKeys } from './lib/store-keys.ts';
import { startServer } from './lib/server-process.ts';
import { appEnvironment } from './lib/shop.ts';
import { markdownTable, whole } from './lib/table.ts';

/** A WooCommerce store of so many products, from connecting to the last product page that was told its lists. */
const PRODUCTS = Number(process.argv[2] ?? 60_000);
const LONGEST_MS = 1_800_000;
const kinds = ['import', 'recommend', 'publish'] as const;

const database = await startBenchDatabase();
const sandbox = await startServer('woo-sandbox.ts', { ordersFile: null, extraProducts: PRODUCTS });
const environment = { ...appEnvironment(database), WOOCOMMERCE_LOCAL_STORES: 'on' };
const worker = await startServer('worker.ts', environment);
const own = createServices(readConfig(environment), 'bench', createPlatforms);
const { db } = own.services;

async function untilDone(shopId: ShopId, kind: Run['kind'], begun: number): Promise<Run> {
  for (;;) {
    const [run] = await db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind }));
    if (run?.status === 'succeeded') return run;
    if (run?.status === 'failed' || performance.now() - begun > LONGEST_MS)
      throw new Error(`${kind}: ${run?.error ?? run?.status ?? 'no run'}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

try {
  const begun = performance.now();
  const { url, keys } = await readStoreKeys(sandbox.port);
  const connected = await connectByKeys(own.services, url, keys);
  if (!connected.ok) throw new Error(connected.code);
  const shopId = toShopId((await db.asSystem(({ tx }) => tx.shop.findFirstOrThrow())).id);
  const rows: string[][] = [];
  let [from, cpuFrom] = [begun, await worker.cpu()];
  for (const kind of kinds) {
    await untilDone(shopId, kind, begun);
    const [now, cpu] = [performance.now(), await worker.cpu()];
    rows.push([
      kind,
      ((now - from) / 1000).toFixed(1),
      ((cpu - cpuFrom) / 1000).toFixed(1),
      whole(await worker.peakMemoryMb()),
    ]);
    [from, cpuFrom] = [now, cpu];
  }
  const products = await db.inShop(shopId, ({ tx }) => tx.product.count({ where: { shopId } }));
  console.log(
    markdownTable(
      [`${whole(products)} products`, 'seconds', 'processor time of the worker, s', 'its peak memory until then, MB'],
      rows,
    ),
  );
} finally {
  await Promise.all([worker.stop(), sandbox.stop()]);
  await own.close();
  await database.stop();
}
