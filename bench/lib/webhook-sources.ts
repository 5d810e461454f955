import { randomBytes, randomUUID } from 'node:crypto';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { signWebhook as signForShopify } from '#app/platforms/shopify/hmac.ts';
import { saveAccess } from '#app/platforms/woocommerce/auth/store.ts';
import { signWebhook as signForWoocommerce } from '#app/platforms/woocommerce/webhooks/signature.ts';
import { toShopId } from '#app/shared/ids.ts';
import { httpRequest } from './load.ts';
import { apiSecret, domain } from './shop.ts';
import { usualLine } from './usual-line.ts';

/** Who sends webhooks: what a bare server has to know of them, and deliveries that were never sent before. */
export interface WebhookSource {
  readonly name: string;
  readonly path: string;
  readonly secret: string;
  readonly headers: { readonly signature: string; readonly id: string; readonly topic: string };
  readonly next: () => Buffer;
}

const orders = 2000;
/** Each order names its customer and its visitor, as all subscribers of an order have something to do then. */
const customers = 500;
const visitorOf = (index: number) => ({
  name: '_trellis_visitor',
  value: `00000000-0000-4000-8000-${String(index % customers).padStart(12, '0')}`,
});

const bodies = (body: (index: number) => unknown, sign: (bytes: Buffer) => string) =>
  Array.from({ length: orders }, (_, index) => {
    const text = JSON.stringify(body(index));
    return { text, signature: sign(Buffer.from(text)) };
  });

/** Orders of usual size (about 4 kB), each with an id of its own. */
export function shopifySource(): WebhookSource {
  const payloads = bodies(
    (index) => ({
      id: 5_000_000_000_001 + index,
      admin_graphql_api_id: `gid://shopify/Order/${String(5_000_000_000_001 + index)}`,
      name: `#${String(1001 + index)}`,
      currency: 'USD',
      total_price: '239.88',
      created_at: '2026-11-01T10:00:00Z',
      updated_at: '2026-11-01T10:00:00Z',
      test: false,
      customer: { id: 9_000_000_000_001 + (index % customers) },
      note_attributes: [visitorOf(index)],
      line_items: Array.from({ length: 12 }, (__, line) =>
        usualLine({
          id: 6_000_000_000_001 + index * 12 + line,
          product_id: 7_000_000_000_001 + line,
          variant_id: 8_000_000_000_001 + line,
        }),
      ),
    }),
    (bytes) => signForShopify(bytes, apiSecret),
  );
  let sent = 0;
  return {
    name: 'Shopify',
    path: '/webhooks',
    secret: apiSecret,
    headers: { signature: 'x-shopify-hmac-sha256', id: 'x-shopify-webhook-id', topic: 'x-shopify-topic' },
    next() {
      const { text, signature } = payloads[(sent += 1) % orders] ?? { text: '', signature: '' };
      const headers = {
        'content-type': 'application/json',
        'x-shopify-topic': 'orders/updated',
        'x-shopify-shop-domain': domain,
        'x-shopify-api-version': '2026-10',
        'x-shopify-hmac-sha256': signature,
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-event-id': randomUUID(),
        'x-shopify-triggered-at': new Date().toISOString(),
      };
      return httpRequest('POST', '/webhooks', headers, text);
    },
  };
}

/** A connected WooCommerce store and its orders, of the same size. */
export async function woocommerceSource(environment: Record<string, string>): Promise<WebhookSource> {
  const secret = randomBytes(24).toString('hex');
  const shopId = toShopId(randomUUID());
  const own = createServices(readConfig(environment), 'bench', createPlatforms);
  const { db, secrets } = own.services;
  const access = {
    address: 'https://bench.example',
    permalinks: 'pretty',
    keysIn: 'header',
    consumerKey: 'ck_bench',
    consumerSecret: 'cs_bench',
  } as const;
  try {
    // As the system: the shop is not there yet to be bound to.
    await db.asSystem(async ({ tx }) => {
      const shop = { id: shopId, platform: 'woocommerce', domain: 'bench.example', name: 'Bench' };
      await tx.shop.create({ data: { ...shop, installedAt: new Date() } });
      await saveAccess({ shopId, tx }, secrets, access, secret, new Date());
    });
  } finally {
    await own.close();
  }
  const payloads = bodies(
    (index) => ({
      id: 10_001 + index,
      number: String(10_001 + index),
      status: 'processing',
      currency: 'USD',
      customer_id: 1 + (index % customers),
      prices_include_tax: true,
      discount_total: '0.00',
      discount_tax: '0.00',
      total: '239.88',
      date_created_gmt: '2026-11-01T10:00:00',
      date_modified_gmt: '2026-11-01T10:00:00',
      meta_data: [{ id: 1, key: visitorOf(index).name, value: visitorOf(index).value }],
      refunds: [],
      line_items: Array.from({ length: 12 }, (__, line) => ({
        id: 60_001 + index * 12 + line,
        name: 'A product of ordinary name - M',
        product_id: 701 + line,
        variation_id: 801 + line,
        quantity: 1,
        tax_class: '',
        subtotal: '16.80',
        subtotal_tax: '3.19',
        total: '16.80',
        total_tax: '3.19',
        taxes: [{ id: 1, total: '3.19', subtotal: '3.19' }],
        meta_data: [],
        sku: 'SKU-1',
        price: 16.8,
        parent_name: 'A product of ordinary name',
      })),
    }),
    (bytes) => signForWoocommerce(bytes, secret),
  );
  let sent = 0;
  const path = `/webhooks/woocommerce/${shopId}`;
  return {
    name: 'WooCommerce',
    path,
    secret,
    headers: { signature: 'x-wc-webhook-signature', id: 'x-wc-webhook-id', topic: 'x-wc-webhook-topic' },
    next() {
      const { text, signature } = payloads[(sent += 1) % orders] ?? { text: '', signature: '' };
      const headers = {
        'content-type': 'application/json',
        'x-wc-webhook-topic': 'order.updated',
        'x-wc-webhook-signature': signature,
        // The body repeats itself after a while: another webhook makes it another delivery.
        'x-wc-webhook-id': String(sent),
        'x-wc-webhook-delivery-id': String(sent),
      };
      return httpRequest('POST', path, headers, text);
    },
  };
}
