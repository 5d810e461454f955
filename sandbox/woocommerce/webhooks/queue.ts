import { createHmac } from 'node:crypto';
import { createRandom, type Random } from '../../shopify/generator/random.ts';
import type { WooFaults } from '../faults.ts';
import type { WooAction, WooWebhook } from '../access.ts';
import { RestError } from '../rest/answer.ts';
import type { RestContext } from '../rest/request.ts';
import { callRest } from '../rest/router.ts';
import type { WooStore } from '../store.ts';
import { eventsOf } from './events.ts';
import { mayBeReached } from './outside.ts';

const userAgent = 'WooCommerce/11.0.1 Hookshot (WordPress/7.0.4)';
const limitMs = 60_000;
const keptInLog = 300;
/** more failures in a row than these disable a webhook at the next one */
const failuresAllowed = 5;

/** One line of the delivery log: what was sent, without its body. */
export interface DeliveryLog {
  readonly at: string;
  readonly webhookId: number;
  readonly topic: string;
  readonly resourceId: number;
  readonly deliveryId: string;
  /** null = no answer */
  readonly status: number | null;
  readonly outcome: 'delivered' | 'failed' | 'dropped';
}

export interface WooWebhooks {
  /** runs what waits in the queue, once; resolves when every delivery is over */
  run(): Promise<void>;
  /** sends the unsigned form that tells an address that it is called */
  ping(webhookId: number): Promise<void>;
  readonly log: readonly DeliveryLog[];
  close(): Promise<void>;
}

export interface QueueOptions {
  readonly store: WooStore;
  readonly context: () => RestContext;
  readonly faults: WooFaults;
  readonly allowLoopback: boolean;
  readonly seed: number;
  /** how often the queue runs by itself, ms; null = only by `run` */
  readonly intervalMs: number | null;
}

/**
 * WooCommerce's webhooks with Action Scheduler's queue. A change queues one delivery for each active webhook of
 * its topic, unless one for the same object waits already; the body is made when it is sent. Nothing is tried
 * again, and the seventh failure in a row disables the webhook without a word.
 */
export function createWooWebhooks(options: QueueOptions): WooWebhooks {
  const { store, faults } = options;
  const random = createRandom(options.seed);
  const log: DeliveryLog[] = [];
  let running: Promise<void> = Promise.resolve();
  let closed = false;
  /** one object waits once for each webhook, however often it changes */
  const waiting = new Set([...store.actions.values()].map(keyOf));

  const stop = store.onChange((change) => {
    const events = eventsOf(change);
    if (events.length === 0) return;
    for (const webhook of store.webhooks.values()) {
      if (webhook.status !== 'active') continue;
      for (const event of events)
        if (event.topic === webhook.topic && !waiting.has(keyOf({ webhookId: webhook.id, arg: event.arg }))) {
          const id = store.nextId();
          const action = store.put('actions', { id, webhookId: webhook.id, arg: event.arg });
          waiting.add(keyOf(action));
        }
    }
  });
  const runOnce = async (): Promise<void> => {
    const batch = [...store.actions.values()];
    if (faults.webhookReorder) shuffle(batch, random);
    for (const action of batch) {
      if (closed) return;
      store.remove('actions', action.id);
      waiting.delete(keyOf(action));
      await handle(action);
    }
  };
  const handle = async (action: WooAction): Promise<void> => {
    const webhook = store.webhooks.get(action.webhookId);
    // One that was disabled meanwhile still gets what was queued for it: the status is not looked at again.
    if (webhook === undefined) return;
    if (random.chance(faults.webhookDrop)) {
      record(webhook, action, '', null, 'dropped');
      return;
    }
    await deliver(webhook, action);
    if (random.chance(faults.webhookDuplicate)) await deliver(store.webhooks.get(webhook.id) ?? webhook, action);
  };
  const deliver = async (webhook: WooWebhook, action: WooAction): Promise<void> => {
    const body = JSON.stringify(await bodyFor(webhook.topic, action.arg));
    const [resource = '', event = ''] = webhook.topic.split('.');
    const second = Math.floor(store.now().getTime() / 1000);
    // Made of the webhook and the second alone, so that two objects of one second share it.
    const deliveryId = createHmac('md5', 'wp-salt')
      .update(`${webhook.id.toString()}${second.toString()}`)
      .digest('hex');
    const status = await post(webhook.deliveryUrl, body, {
      'content-type': 'application/json',
      'x-wc-webhook-source': `${options.context().siteUrl()}/`,
      'x-wc-webhook-topic': webhook.topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': createHmac('sha256', decodeSpecialChars(webhook.secret)).update(body).digest('base64'),
      'x-wc-webhook-id': webhook.id.toString(),
      'x-wc-webhook-delivery-id': deliveryId,
    });
    const good = status !== null && status >= 200 && status < 303;
    record(webhook, action, deliveryId, status, good ? 'delivered' : 'failed');
    const known = store.webhooks.get(webhook.id);
    if (known === undefined) return;
    store.put('webhooks', { ...known, ...afterDelivery(known, good), updatedAt: store.stamp() });
    // Each save of an active webhook whose ping never arrived sends the ping again.
    if (known.pendingDelivery && store.webhooks.get(webhook.id)?.status === 'active') await ping(webhook.id);
  };
  /** The object as the API shows it now; an object that is gone gives the API's error as a body. */
  const bodyFor = async (topic: string, arg: number): Promise<unknown> => {
    const [resource = '', event = ''] = topic.split('.');
    if (resource === 'action') return { action: event, arg };
    if (event === 'deleted') return { id: arg };
    const path = `/wc/v3/${resource}s/${arg.toString()}`;
    try {
      const answer = await callRest(options.context(), { method: 'GET', path, query: new URLSearchParams(), body: {} });
      return answer.body;
    } catch (error) {
      if (error instanceof RestError) return error.body;
      throw error;
    }
  };
  const post = async (url: string, body: string, headers: Record<string, string>): Promise<number | null> => {
    if (!mayBeReached(url, options.allowLoopback)) return null;
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(limitMs),
        headers: { 'user-agent': userAgent, ...headers },
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      // No connection or no answer in time: a delivery that failed, and that is all the store knows.
      return null;
    }
  };
  const ping = async (webhookId: number): Promise<void> => {
    const webhook = store.webhooks.get(webhookId);
    if (webhook === undefined) return;
    const status = await post(webhook.deliveryUrl, `webhook_id=${webhookId.toString()}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    const known = store.webhooks.get(webhookId);
    if (status === 200 && known !== undefined) store.put('webhooks', { ...known, pendingDelivery: false });
  };
  const record = (
    webhook: WooWebhook,
    action: WooAction,
    deliveryId: string,
    status: number | null,
    outcome: DeliveryLog['outcome'],
  ): void => {
    const at = store.now().toISOString();
    log.push({ at, webhookId: webhook.id, topic: webhook.topic, resourceId: action.arg, deliveryId, status, outcome });
    if (log.length > keptInLog) log.shift();
  };
  const run = (): Promise<void> => (running = running.then(runOnce));
  const timer = options.intervalMs === null ? null : setInterval(() => void run(), options.intervalMs);
  timer?.unref();

  return {
    run,
    ping,
    log,
    close: async () => {
      closed = true;
      stop();
      if (timer !== null) clearInterval(timer);
      await running;
    },
  };
}

const keyOf = (action: Pick<WooAction, 'webhookId' | 'arg'>): string =>
  `${action.webhookId.toString()}/${action.arg.toString()}`;

function afterDelivery(webhook: WooWebhook, good: boolean): Pick<WooWebhook, 'status' | 'failureCount'> {
  if (good) return { status: webhook.status, failureCount: 0 };
  if (webhook.failureCount > failuresAllowed) return { status: 'disabled', failureCount: webhook.failureCount };
  return { status: webhook.status, failureCount: webhook.failureCount + 1 };
}

/** `wp_specialchars_decode`: a secret that holds entities is not the secret that was typed. */
const decodeSpecialChars = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#039;', "'")
    .replaceAll('&amp;', '&');

function shuffle<T>(items: T[], random: Random): void {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = random.int(0, at);
    const [a, b] = [items[at], items[other]];
    if (a !== undefined && b !== undefined) [items[at], items[other]] = [b, a];
  }
}
