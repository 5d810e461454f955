import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { findWebhookSource, type WebhookSource } from '#app/flows/webhook-source.ts';
import type { Services } from '#app/infra/services.ts';
import { signWebhook, verifyWebhook } from '#app/platforms/woocommerce/webhooks/signature.ts';
import { isUuid, toShopId } from '#app/shared/ids.ts';
import { createLru } from '#app/shared/lru.ts';
import { readBytes } from './read-bytes.ts';
import type { WebhookIntake } from './webhook-intake.ts';

const largestBody = 5 * 1024 * 1024;
/** Secrets of this many shops are remembered, for this long. */
const remembered = 1_000;
const rememberMs = 60_000;

/** What WooCommerce sends when a webhook is made or switched on: a form, not signed. */
const ping = /^webhook_id=\d{1,20}$/;

/**
 * `POST /webhooks/woocommerce/:shopId`: verify the raw bytes with the shop's own secret, store once, answer. WooCommerce
 * never tries again, and disables a webhook after a few answers that are not 200.
 */
export function woocommerceWebhookRoutes(
  services: Pick<Services, 'db' | 'secrets' | 'clock' | 'log'>,
  intake: WebhookIntake,
): Hono {
  const sources = createLru<{ source: WebhookSource | null; until: number }>(remembered);

  async function sourceOf(id: string): Promise<WebhookSource | null> {
    const now = services.clock.now().getTime();
    const known = sources.get(id);
    if (known && known.until > now) return known.source;
    const source = await findWebhookSource(services, toShopId(id));
    sources.set(id, { source, until: now + rememberMs });
    return source;
  }

  async function receive(c: Context): Promise<Response> {
    const bytes = await readBytes(c.req.raw, largestBody);
    if (bytes === null) return new Response(null, { status: 413 });
    const header = (name: string) => c.req.header(`x-wc-webhook-${name}`);
    if (header('signature') === undefined && bytes.length < 40 && ping.test(bytes.toString('latin1')))
      return new Response(null, { status: 200 });
    const id = c.req.param('shopId') ?? '';
    const topic = header('topic');
    const webhookId = header('id');
    try {
      const source = isUuid(id) ? await sourceOf(id) : null;
      // A shop that we do not know costs the same as a wrong signature, and answers the same.
      const good = verifyWebhook(bytes, header('signature'), source?.secret ?? signWebhook(bytes, id));
      if (!source || !good) return new Response(null, { status: 401 });
      if (!topic || !webhookId || topic.length > 200 || !/^\d{1,20}$/.test(webhookId))
        return new Response(null, { status: 400 });
      // PostgreSQL's text holds no NUL; JSON may not hold one unescaped either.
      const body = bytes.toString('utf8').replaceAll('\0', '\ufffd');
      const resource = /^\s*\{\s*"id"\s*:\s*(\d{1,30})/.exec(body)?.[1] ?? '';
      // Its own delivery id is shared by everything that is sent within one second.
      const digest = createHash('sha256').update(bytes).digest('base64url');
      // A deletion says nothing but the id: what goes into the trash a second time is told in the same words.
      const second = topic.endsWith('.deleted') ? `:${(header('delivery-id') ?? '').slice(0, 64)}` : '';
      await intake.record({
        platform: 'woocommerce',
        deliveryId: `${id}:${webhookId}:${resource}:${digest}${second}`,
        shopDomain: source.domain,
        topic,
        apiVersion: 'wp_api_v3',
        triggeredAt: null,
        body,
      });
    } catch (error) {
      services.log.error({ topic, err: error }, 'a webhook could not be stored');
      return new Response(null, { status: 503 });
    }
    return new Response(null, { status: 200 });
  }

  return new Hono().post('/webhooks/woocommerce/:shopId', receive);
}
