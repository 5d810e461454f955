import { createServer } from 'node:http';
import { startWooSandbox } from '#sandbox/woocommerce/server.ts';
import { readInput, serve } from '../lib/server-process.ts';

/** A pretend WooCommerce store from an order file; tells its address and a key to who asks. */
const { ordersFile } = readInput<{ ordersFile: string }>();
const woo = await startWooSandbox({ port: 0, dataFolder: null, ordersFile });
const told = JSON.stringify({ url: woo.url, ...woo.createKey() });
serve(
  createServer((_request, response) => response.end(told)),
  () => woo.close(),
);
