import { createServer } from 'node:http';
import { startWooSandbox } from '#sandbox/woocommerce/server.ts';
import { readInput, serve } from '../lib/server-process.ts';

/** A pretend WooCommerce store from an order file, or made up; tells its address and a key to who asks. */
const { ordersFile, extraProducts = 0 } = readInput<{ ordersFile: string | null; extraProducts?: number }>();
const woo = await startWooSandbox({ port: 0, dataFolder: null, ordersFile, extraProducts });
const told = JSON.stringify({ url: woo.url, ...woo.createKey() });
serve(
  createServer((_request, response) => response.end(told)),
  () => woo.close(),
);
