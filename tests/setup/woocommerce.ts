import type { RequestListener } from 'node:http';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import { createHttpApp } from '#app/http/app.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { startWooSandbox, type WooSandbox, type WooSandboxOptions } from '#sandbox/woocommerce/server.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { startWorkers, type Workers } from '#workers/start-workers.ts';
import { listen } from './listen.ts';

export interface WooTestStore {
  readonly woo: WooSandbox;
  readonly test: TestServices;
  readonly appUrl: string;
  startWorkers(): Promise<Workers>;
  close(): Promise<void>;
}

/** A pretend WooCommerce site with the app's HTTP side beside it and a fresh database. Nothing is connected yet. */
export async function startWooTestStore(options: Partial<WooSandboxOptions> = {}): Promise<WooTestStore> {
  const woo = await startWooSandbox({
    port: 0,
    dataFolder: null,
    seed: 7,
    size: { products: 20, customers: 30, orders: 60, days: 200 },
    ...options,
  });
  // Its own address is part of the app's configuration, so that it is there before the app.
  let listener: RequestListener | null = null;
  const server = await listen((request, response) => listener?.(request, response));
  const { clock } = options;
  const test = await createTestServices({
    platforms: createPlatforms,
    // A site with a clock of its own: the app looks at the same one.
    ...(clock ? { clock: { now: clock } } : {}),
    env: { WOOCOMMERCE_LOCAL_STORES: 'on', SHOPIFY_APP_URL: server.url },
  });
  const http = createHttpApp(test.services, test.queues);
  listener = http.listener;
  const running: Workers[] = [];
  return {
    woo,
    test,
    appUrl: server.url,
    async startWorkers() {
      const workers = await startWorkers(test);
      running.push(workers);
      return workers;
    },
    async close() {
      await Promise.all(running.map((workers) => workers.close()));
      await woo.close();
      await server.close();
      await http.close();
      await test.dispose();
    },
  };
}

/** Connects the site by keys, as a merchant would; its import waits. */
export async function connectedStore({ woo, test }: Pick<WooTestStore, 'woo' | 'test'>): Promise<ShopId> {
  const { services } = test;
  const key = woo.createKey();
  const connected = await connectByKeys(services, woo.url, {
    consumerKey: key.consumer_key,
    consumerSecret: key.consumer_secret,
  });
  if (!connected.ok) throw new Error(connected.code);
  return services.db.asSystem(async ({ tx }) => toShopId((await tx.shop.findFirstOrThrow()).id));
}
