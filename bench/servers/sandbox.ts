import { createServer } from 'node:http';
import { startSandbox } from '#sandbox/server.ts';
import { readInput, serve } from '../lib/server-process.ts';

/** A pretend Shopify with one store from an order file, on the port of its input. */
const { port, domain, apiKey, apiSecret, ordersFile } = readInput<{
  port: number;
  domain: string;
  apiKey: string;
  apiSecret: string;
  ordersFile: string;
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
});
serve(createServer(), () => sandbox.close());
