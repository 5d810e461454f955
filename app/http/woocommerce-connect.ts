import { Hono } from 'hono';
import { receiveKeys } from '#app/flows/connect-woocommerce.ts';
import type { Services } from '#app/infra/services.ts';
import { readBytes } from './read-bytes.ts';

const largestBody = 16 * 1024;

/**
 * `POST /connect/woocommerce/callback`: a store hands its keys over. Everything but 200 makes WooCommerce delete the
 * keys and show its merchant an error.
 */
export function woocommerceConnectRoutes(services: Services): Hono {
  return new Hono().post('/connect/woocommerce/callback', async (c) => {
    const bytes = await readBytes(c.req.raw, largestBody);
    if (bytes === null) return new Response(null, { status: 413 });
    const outcome = await receiveKeys(services, readJson(bytes));
    if (outcome.ok) return new Response(null, { status: 200 });
    services.log.warn({ code: outcome.code }, 'keys of a WooCommerce store were not taken');
    return c.json(
      { error: { code: outcome.code, message: outcome.message } },
      outcome.code === 'unavailable' ? 503 : 400,
    );
  });
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
