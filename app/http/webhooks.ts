import { type Context, Hono } from 'hono';
import type { Services } from '#app/infra/services.ts';
import { verifyWebhook } from '#app/platforms/shopify/hmac.ts';
import { isShopDomain } from '#app/platforms/shopify/origin.ts';
import { readBytes } from './read-bytes.ts';
import type { WebhookIntake } from './webhook-intake.ts';

const largestBody = 5 * 1024 * 1024;

/**
 * `POST /webhooks` and `/webhooks/compliance`: verify the raw bytes, store once, answer. Nothing else happens
 * here, Shopify waits 5 seconds at most. Not verified is 401, not stored is 5xx (and Shopify tries again).
 */
export function webhookRoutes(services: Pick<Services, 'config' | 'log'>, intake: WebhookIntake): Hono {
  const secret = services.config.SHOPIFY_API_SECRET;

  async function receive(c: Context): Promise<Response> {
    const bytes = await readBytes(c.req.raw, largestBody);
    if (bytes === null) return new Response(null, { status: 413 });
    const header = (name: string) => c.req.header(`x-shopify-${name}`);
    if (!verifyWebhook(bytes, header('hmac-sha256'), secret)) return new Response(null, { status: 401 });
    const deliveryId = header('webhook-id');
    const topic = header('topic');
    const shopDomain = header('shop-domain');
    if (
      !deliveryId ||
      !topic ||
      !shopDomain ||
      !isShopDomain(shopDomain) ||
      deliveryId.length > 200 ||
      topic.length > 200
    ) {
      return new Response(null, { status: 400 });
    }
    const triggered = new Date(header('triggered-at') ?? Number.NaN);
    try {
      await intake.record({
        platform: 'shopify',
        deliveryId,
        shopDomain,
        topic,
        apiVersion: (header('api-version') ?? '').slice(0, 20),
        triggeredAt: Number.isNaN(triggered.getTime()) ? null : triggered,
        // PostgreSQL's text holds no NUL; JSON may not hold one unescaped either.
        body: bytes.toString('utf8').replaceAll('\0', '\ufffd'),
      });
    } catch (error) {
      services.log.error({ topic, delivery: deliveryId, err: error }, 'a webhook could not be stored');
      return new Response(null, { status: 503 });
    }
    return new Response(null, { status: 200 });
  }

  return new Hono().post('/webhooks', receive).post('/webhooks/compliance', receive);
}
