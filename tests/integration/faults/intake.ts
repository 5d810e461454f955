import { randomUUID } from 'node:crypto';
import processInbox from '#app/flows/process-inbox.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type WebhookFacts, webhookRequest } from '#tests/factories/webhooks.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

export interface Intake {
  readonly test: TestServices;
  readonly http: HttpApp;
  readonly shopId: ShopId;
  readonly domain: string;
  send(body: string | Buffer, facts?: Partial<WebhookFacts>): Promise<number>;
  /** works off what is due, as a worker does */
  work(): Promise<void>;
  order(id: string): Promise<StoredOrder | null>;
  delivery(id: string): Promise<{ status: string; attempts: number; body: string; lastError: string | null } | null>;
  close(): Promise<void>;
}

export interface StoredOrder {
  readonly name: string;
  readonly total: number;
  readonly currency: string;
  readonly lines: { id: string; title: string; quantity: number; productId: string | null }[];
}

/** An installed shop, the endpoints in front of it and a worker's hand; no platform answers. */
export async function startIntake(): Promise<Intake> {
  const test = await createTestServices({ platforms: createPlatforms });
  const domain = `shop-${randomUUID()}.myshopify.com`;
  const shopId = await insertShop(test.database, { domain, currency: 'EUR' });
  const http = createHttpApp(test.services, test.queues);
  const { db } = test.services;
  return {
    test,
    http,
    shopId,
    domain,
    send: async (body, facts = {}) =>
      (await http.app.fetch(webhookRequest('http://127.0.0.1', body, { domain, ...facts }))).status,
    work: () =>
      processInbox(
        { shopId },
        { services: test.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
      ),
    order: (id) =>
      db.inShop(shopId, async ({ tx }) => {
        const order = await tx.order.findFirst({ where: { shopId, id } });
        const lines = await tx.orderLine.findMany({ where: { shopId, orderId: id }, orderBy: { id: 'asc' } });
        return order && { name: order.name, total: Number(order.totalMinor), currency: order.currency, lines };
      }),
    delivery: (deliveryId) => db.asSystem(({ tx }) => tx.webhookInbox.findFirst({ where: { deliveryId } })),
    async close() {
      await http.close();
      await test.dispose();
    },
  };
}

let lastId = 0;
/** An id of its own above 2^53. */
export function bigId(): string {
  lastId += 1;
  return `900719925474${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}${String(lastId)}`;
}
