import { createServer } from 'node:http';
import { startSandbox } from '#sandbox/server.ts';
import { readInput, serve } from '../lib/server-process.ts';

/** A pretend Shopify with one store from an order file, or a small one, on the port of its input; tells its codes. */
const { port, domain, apiKey, apiSecret, ordersFile } = readInput<{
  port: number;
  domain: string;
  apiKey: string;
  apiSecret: string;
  ordersFile: string | null;
}>();
const sandbox = await startSandbox({
  port,
  dataFolder: null,
  apiKey,
  apiSecret,
  appUrl: 'http://127.0.0.1:1',
  domains: [domain],
  installed: [domain],
  ordersFile,
  size: { products: 40, customers: 50, orders: 100, days: 200 },
});
serve(createServer(), () => sandbox.close(), {
  codes: () => [...sandbox.store.redeemCodes.values()].map(({ code }) => code),
});
