import type { WooWebhook } from '../../access.ts';
import { hooksOf } from '../../webhooks/topics.ts';
import type { RestContext } from '../request.ts';
import { dates } from './dates.ts';
import { links } from './product.ts';

/** The secret is never shown again, and neither is how often deliveries failed. */
export function webhookView(context: RestContext, webhook: WooWebhook) {
  const { timeZone } = context.store.site;
  const [resource = '', event = ''] = webhook.topic.split('.');
  return {
    id: webhook.id,
    name: webhook.name,
    status: webhook.status,
    topic: webhook.topic,
    resource,
    event,
    hooks: hooksOf(webhook.topic),
    delivery_url: webhook.deliveryUrl,
    ...dates('date_created', webhook.createdAt, timeZone),
    ...dates('date_modified', webhook.updatedAt, timeZone),
    _links: links(context, 'webhooks', webhook.id),
  };
}
