import { z } from 'zod';
import { startSandbox } from './server.ts';
import { startWooSandbox } from './woocommerce/server.ts';

/** WP-Cron runs once a minute at best; nobody who tries a store waits that long. */
const queueMs = 2000;

const environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  SANDBOX_HOST: z.string().default('127.0.0.1'),
  SANDBOX_WOO_PORT: z.coerce.number().int().min(0).max(65535).default(4100),
  SANDBOX_DATA: z.string().min(1).default('.trellis/sandbox'),
  SANDBOX_ORDERS: z.string().optional(),
  SANDBOX_SMTP_PORT: z.coerce.number().int().min(0).max(65535).default(2525),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  SHOPIFY_APP_URL: z.url(),
});

async function main(): Promise<void> {
  const parsed = environment.safeParse(process.env);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  const env = parsed.data;
  const sandbox = await startSandbox({
    port: env.SANDBOX_PORT,
    host: env.SANDBOX_HOST,
    dataFolder: env.SANDBOX_DATA,
    ordersFile: env.SANDBOX_ORDERS === undefined || env.SANDBOX_ORDERS === '' ? null : env.SANDBOX_ORDERS,
    apiKey: env.SHOPIFY_API_KEY,
    apiSecret: env.SHOPIFY_API_SECRET,
    appUrl: env.SHOPIFY_APP_URL,
    smtpPort: env.SANDBOX_SMTP_PORT,
  });
  // The same past as the other store's, sold on the other platform.
  const woo = await startWooSandbox({
    plugin: 'waiting',
    port: env.SANDBOX_WOO_PORT,
    host: env.SANDBOX_HOST,
    siteUrl: `http://localhost:${env.SANDBOX_WOO_PORT.toString()}`,
    dataFolder: env.SANDBOX_DATA,
    past: sandbox.past,
    appUrl: env.SHOPIFY_APP_URL,
    queueIntervalMs: queueMs,
  });
  const stop = (): void => {
    void Promise.all([sandbox.close(), woo.close()]).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Started by a supervisor: end with it.
  if (process.send) process.once('disconnect', stop);
  process.send?.({ ready: true });
  process.stdout.write(
    `${JSON.stringify({ ready: true, url: sandbox.url, smtpPort: sandbox.mailbox?.port ?? null, woo: woo.url, shop: sandbox.store.shop.domain, products: sandbox.store.products.size, orders: sandbox.store.orders.size, report: sandbox.report })}\n`,
  );
}

main().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text =
    code === 'EADDRINUSE'
      ? 'The port is in use: choose another one with SANDBOX_PORT or SANDBOX_WOO_PORT.'
      : error instanceof Error
        ? error.message
        : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
