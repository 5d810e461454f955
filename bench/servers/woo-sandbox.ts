import { createServer } from 'node:http';
import type { PluginState } from '#sandbox/woocommerce/plugin/state.ts';
import { startWooSandbox } from '#sandbox/woocommerce/server.ts';
import { readInput, serve } from '../lib/server-process.ts';

interface Input {
  readonly ordersFile: string | null;
  readonly extraProducts?: number;
  readonly plugin?: PluginState;
}

/** A pretend WooCommerce store from an order file, or made up; tells its address and a key to who asks, and its codes. */
const { ordersFile, extraProducts = 0, plugin = 'missing' } = readInput<Input>();
const woo = await startWooSandbox({ port: 0, dataFolder: null, ordersFile, extraProducts, plugin });
const told = JSON.stringify({ url: woo.url, ...woo.createKey() });
serve(
  createServer((_request, response) => response.end(told)),
  () => woo.close(),
  {
    codes: () =>
      [...woo.store.coupons.values()].flatMap(({ code, discountType }) =>
        discountType === 'trellis_code' ? code : [],
      ),
  },
);
