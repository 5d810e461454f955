import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isValidTopic } from '../../webhooks/topics.ts';
import type { WooWebhook } from '../../access.ts';
import { ok, RestError } from '../answer.ts';
import { byDate, byText, list } from '../listing.ts';
import { choiceParam, type RestContext } from '../request.ts';
import { webhookView } from '../views/webhook.ts';
import { parseBody } from './meta.ts';
import { createdAt, isForced, routesOf, type Handler } from './route.ts';

const statuses = ['active', 'paused', 'disabled'] as const;
const input = z.object({
  name: z.string().optional(),
  status: z.string().optional(),
  topic: z.string().optional(),
  delivery_url: z.string().optional(),
  secret: z.string().optional(),
});

function webhookOf(context: RestContext, id: number, status: 400 | 404, message: string): WooWebhook {
  const webhook = context.store.webhooks.get(id);
  if (webhook === undefined) throw new RestError('woocommerce_rest_shop_webhook_invalid_id', message, status);
  return webhook;
}

const isUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

function assertTopic(topic: string | undefined, message: string): asserts topic is string {
  if (topic === undefined || !isValidTopic(topic.toLowerCase()))
    throw new RestError('woocommerce_rest_shop_webhook_invalid_topic', message, 400);
}

function assertUrl(url: string | undefined): asserts url is string {
  if (url === undefined || !isUrl(url))
    throw new RestError(
      'woocommerce_rest_shop_webhook_invalid_delivery_url',
      'Webhook delivery URL must be a valid URL starting with http:// or https://.',
      400,
    );
}

const all: Handler = (context, request) => {
  const status = choiceParam(request.query, 'status', 'all', ['all', ...statuses]);
  return list(context, request, {
    rows: [...context.store.webhooks.values()].filter((webhook) => status === 'all' || webhook.status === status),
    orderby: ['date', 'id', 'title'],
    compare: { date: byDate.date, title: byText((webhook) => webhook.name) },
    view: (webhook) => webhookView(context, webhook),
  });
};

const read: Handler = (context, _request, [id = 0]) =>
  ok(webhookView(context, webhookOf(context, id, 404, 'ID is invalid.')));

/** A webhook that is made is active whatever status was asked for; the answer waits for its ping. */
const create: Handler = async (context, request) => {
  const { store } = context;
  const fields = parseBody(input, request.body);
  assertTopic(fields.topic, 'Webhook topic is required and must be valid.');
  assertUrl(fields.delivery_url);
  const at = store.stamp();
  const id = store.nextId();
  const webhook = store.put('webhooks', {
    id,
    name: fields.name ?? `Webhook created on ${at.slice(0, 10)}`,
    status: 'active',
    topic: fields.topic,
    deliveryUrl: fields.delivery_url,
    secret: fields.secret ?? randomBytes(25).toString('hex'),
    createdAt: at,
    updatedAt: at,
    failureCount: 0,
    pendingDelivery: true,
  });
  const body = webhookView(context, webhook);
  await context.ping(id);
  return createdAt(context, '/wc/v3/webhooks', id, body);
};

/** Failures are not forgotten by being activated again, and a ping is sent only for a new address or after none arrived. */
const update: Handler = async (context, request, [id = 0]) => {
  const { store } = context;
  const known = webhookOf(context, id, 400, 'ID is invalid.');
  const fields = parseBody(input, request.body);
  if (fields.topic !== undefined) assertTopic(fields.topic, 'Webhook topic must be valid.');
  if (fields.delivery_url !== undefined) assertUrl(fields.delivery_url);
  const status = statuses.find((name) => name === fields.status);
  if (fields.status !== undefined && status === undefined)
    throw new RestError('woocommerce_rest_shop_webhook_invalid_status', 'Webhook status must be valid.', 400);
  const webhook = store.put('webhooks', {
    ...known,
    name: fields.name ?? known.name,
    status: status ?? known.status,
    topic: fields.topic ?? known.topic,
    deliveryUrl: fields.delivery_url ?? known.deliveryUrl,
    secret: fields.secret ?? known.secret,
    updatedAt: store.stamp(),
  });
  const moved = webhook.deliveryUrl !== known.deliveryUrl;
  if (webhook.status === 'active' && (moved || webhook.pendingDelivery)) await context.ping(id);
  return ok(webhookView(context, webhook));
};

const remove: Handler = (context, request, [id = 0]) => {
  if (!isForced(request))
    throw new RestError('woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.', 501);
  const known = webhookOf(context, id, 404, 'Invalid ID.');
  context.store.remove('webhooks', id);
  return ok(webhookView(context, known));
};

export const webhookRoutes = routesOf({ path: '/wc/v3/webhooks', list: all, read, create, update, remove });
