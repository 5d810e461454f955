import { createHmac, randomUUID } from 'node:crypto';
import type { AdminStore, SandboxDelivery } from '../admin-store.ts';
import type { AppConfig } from '../app-config.ts';
import type { Faults } from '../faults.ts';
import type { SandboxInstallation } from '../model.ts';
import { eventsOf, type TopicEvent } from './events.ts';
import { payloadJson } from './payload-json.ts';
import { isAbsent } from '../absent.ts';

/** Seconds between attempts: 8 retries within 4 hours, further and further apart. */
export const retrySeconds = [10, 60, 300, 600, 1200, 2400, 3600, 5400] as const;
const limitMs = 5000;
const atOnce = 6;
const keptInLog = 300;

export interface WebhookOptions {
  readonly store: AdminStore;
  readonly config: () => AppConfig;
  readonly appUrl: () => string;
  readonly apiSecret: string;
  readonly sandboxUrl: () => string;
  readonly faults: Faults;
  /** 1 = real time; 0.001 makes an hour 3.6 seconds */
  readonly timeScale: number;
}

export interface Webhooks {
  /** records and sends an event that no change of the store tells of */
  emit(event: TopicEvent): void;
  redeliver(id: string): void;
  /** resolves when nothing is due any more */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Sends what the app subscribed to in shopify.app.toml. A delivery is journaled in the same write as the
 * change that it tells of, so that none is forgotten by a kill, and is due until it got a 2xx or used up its
 * attempts.
 */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const { store, faults } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  const waiting: string[] = [];
  const inFlight = new Map<string, Promise<void>>();
  let idlers: (() => void)[] = [];
  let closed = false;
  let installed: SandboxInstallation | null = store.installation;

  const record = (events: readonly TopicEvent[]): SandboxDelivery[] => {
    const eventId = randomUUID();
    const at = store.now();
    return events.flatMap((event) =>
      options
        .config()
        .subscriptions.filter((subscription) => subscription.topic === event.topic)
        .map((subscription): SandboxDelivery => {
          const payload =
            subscription.includeFields === null
              ? event.payload
              : Object.fromEntries(
                  Object.entries(event.payload).filter(([key]) => subscription.includeFields?.includes(key)),
                );
          const dropped = Math.random() < faults.webhookDrop;
          const due = at.getTime() + faults.webhookDelay + Math.random() * faults.webhookReorder;
          return {
            id: randomUUID(),
            eventId,
            topic: event.topic,
            address: new URL(subscription.uri, `${options.appUrl()}/`).href.replace(/\/$/, ''),
            body: payloadJson(payload),
            triggeredAt: at.toISOString(),
            attempts: [],
            state: dropped ? 'dropped' : 'pending',
            dueAt: dropped ? null : new Date(due).toISOString(),
          };
        }),
    );
  };
  store.setOutbox((changes, before) => {
    const previous = installed;
    installed = store.installation;
    const events = changes.flatMap((change) => eventsOf(change, store, before, previous, options.sandboxUrl()));
    // Nobody is told while the app is not installed, but that it was uninstalled.
    const deliveries = record(
      events.filter((event) => store.installation !== null || event.topic === 'app/uninstalled'),
    );
    for (const delivery of deliveries) schedule(delivery);
    return deliveries;
  });

  const schedule = (delivery: SandboxDelivery): void => {
    if (delivery.state !== 'pending' || delivery.dueAt === null || closed) return;
    const wait = Math.max(0, Date.parse(delivery.dueAt) - store.now().getTime());
    timers.set(
      delivery.id,
      setTimeout(() => {
        timers.delete(delivery.id);
        waiting.push(delivery.id);
        next();
      }, wait),
    );
  };
  const next = (): void => {
    while (!closed && inFlight.size < atOnce && waiting.length > 0) {
      const id = waiting.shift();
      if (id === undefined) break;
      inFlight.set(
        id,
        attempt(id).finally(() => {
          inFlight.delete(id);
          next();
        }),
      );
    }
    if (timers.size === 0 && waiting.length === 0 && inFlight.size === 0) {
      for (const done of idlers) done();
      idlers = [];
    }
  };
  const attempt = async (id: string): Promise<void> => {
    const delivery = store.deliveries.get(id);
    if (delivery?.state !== 'pending') return;
    const outcome = await send(delivery);
    if (Math.random() < faults.webhookDuplicate) await send(delivery);
    if (closed) return;
    const attempts = [...delivery.attempts, { at: store.now().toISOString(), ...outcome }];
    const ok = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
    const seconds = retrySeconds[attempts.length - 1];
    const dueAt =
      ok || seconds === undefined
        ? null
        : new Date(store.now().getTime() + seconds * 1000 * options.timeScale).toISOString();
    const after: SandboxDelivery = {
      ...delivery,
      attempts,
      state: ok ? 'delivered' : dueAt === null ? 'failed' : 'pending',
      dueAt,
    };
    store.putAdmin('deliveries', after);
    schedule(after);
    trim();
  };
  const send = async (delivery: SandboxDelivery): Promise<{ status: number | null; note: string }> => {
    const body = Buffer.from(delivery.body, 'utf8');
    const name = options.config().subscriptions.find((subscription) => subscription.topic === delivery.topic)?.name;
    try {
      const response = await fetch(delivery.address, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(limitMs),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Shopify-Captain-Hook',
          'x-shopify-topic': delivery.topic,
          'x-shopify-shop-domain': store.shop.domain,
          'x-shopify-api-version': options.config().webhookApiVersion,
          'x-shopify-hmac-sha256': createHmac('sha256', options.apiSecret).update(body).digest('base64'),
          'x-shopify-webhook-id': delivery.id,
          'x-shopify-event-id': delivery.eventId,
          'x-shopify-triggered-at': delivery.triggeredAt,
          ...(isAbsent(name) ? {} : { 'x-shopify-name': name }),
        },
      });
      await response.arrayBuffer();
      return { status: response.status, note: response.statusText };
    } catch (error) {
      return {
        status: null,
        note: error instanceof Error && error.name === 'TimeoutError' ? 'no answer within 5 seconds' : 'no connection',
      };
    }
  };
  /** The log keeps the last deliveries only. */
  const trim = (): void => {
    let over = [...store.deliveries.values()].filter((delivery) => delivery.state !== 'pending').length - keptInLog;
    for (const delivery of store.deliveries.values()) {
      if (over <= 0) break;
      if (delivery.state === 'pending') continue;
      store.removeAdmin('deliveries', delivery.id);
      over -= 1;
    }
  };
  for (const delivery of store.deliveries.values()) schedule(delivery);

  return {
    emit: (event) => {
      for (const delivery of record([event])) {
        store.putAdmin('deliveries', delivery);
        schedule(delivery);
      }
    },
    redeliver: (id) => {
      const delivery = store.deliveries.get(id);
      if (delivery === undefined) return;
      const again: SandboxDelivery = { ...delivery, state: 'pending', dueAt: store.now().toISOString(), attempts: [] };
      store.putAdmin('deliveries', again);
      schedule(again);
    },
    settled: () =>
      timers.size === 0 && waiting.length === 0 && inFlight.size === 0
        ? Promise.resolve()
        : new Promise((done) => void idlers.push(done)),
    close: async () => {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.all(inFlight.values());
    },
  };
}
