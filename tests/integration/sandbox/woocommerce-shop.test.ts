import { describe, expect, test } from 'vitest';
import type { WooSandbox } from '#sandbox/woocommerce/server.ts';
import { filterMoment, siteTime } from '#sandbox/woocommerce/site-time.ts';
import { ask, receiver, wooForTest } from './woocommerce-client.ts';

/** A browser as far as these pages need one: it keeps cookies and follows nothing. */
function browser(woo: WooSandbox) {
  const jar = new Map<string, string>();
  return async (path: string, form?: Record<string, string>): Promise<Response> => {
    const response = await fetch(new URL(path, woo.url), {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
}

const buyer = { billing_first_name: 'Ada', billing_last_name: 'Byron', billing_email: 'ada@example.com' };
const inStock = (woo: WooSandbox, type: 'simple' | 'variable') => {
  const product = [...woo.store.products.values()].find(
    (one) => one.type === type && one.status === 'publish' && (type === 'variable' || (one.stockQuantity ?? 0) > 5),
  );
  if (product === undefined) throw new Error(`the small store has no ${type} product`);
  return product;
};

describe('the shop', () => {
  test('sells a simple product and a variation, and tells it by webhook', async () => {
    const woo = await wooForTest();
    const app = await receiver();
    const keys = woo.createKey();
    const body = { topic: 'order.created', delivery_url: app.url, secret: 'Secret1' };
    await ask(woo, keys, '/webhooks', { method: 'POST', body });
    const simple = inStock(woo, 'simple');
    const variable = inStock(woo, 'variable');
    const variation = variable.variationIds.find((id) => (woo.store.variations.get(id)?.stockQuantity ?? 0) > 5) ?? 0;
    const visit = browser(woo);
    expect((await visit(`/product/${simple.slug}/`)).status).toBe(200);
    await visit('/cart/', { 'add-to-cart': simple.id.toString(), quantity: '2' });
    await visit('/cart/', { 'add-to-cart': variable.id.toString(), variation_id: variation.toString(), quantity: '1' });
    expect(await (await visit('/cart/')).text()).toContain('Cart (3)');
    const placed = await visit('/checkout/', buyer);
    expect(placed.status).toBe(303);
    const received = placed.headers.get('location') ?? '';
    expect(await (await visit(received)).text()).toContain('Your order has been received');
    expect((await visit(received.split('?')[0] ?? '')).status).toBe(404);
    const id = /order-received\/(\d+)/.exec(received)?.[1] ?? '';
    const order = (await ask(woo, keys, `/orders/${id}`)).body;
    expect(order).toMatchObject({
      status: 'processing',
      customer_id: 0,
      created_via: 'checkout',
      billing: { email: 'ada@example.com' },
      line_items: [
        { product_id: simple.id, variation_id: 0, quantity: 2, parent_name: null },
        { product_id: variable.id, variation_id: variation, quantity: 1, parent_name: variable.name },
      ],
    });
    expect(woo.store.product(simple.id)?.stockQuantity).toBe((simple.stockQuantity ?? 0) - 2);
    await woo.webhooks.run();
    expect(app.received.filter(({ headers }) => headers['x-wc-webhook-event'] === 'created')).toHaveLength(1);
    expect(await (await visit('/cart/')).text()).toContain('Your cart is currently empty');
  });

  test('takes a coupon off, counts its use and refuses it once it is used up', async () => {
    const woo = await wooForTest();
    const keys = woo.createKey();
    const product = inStock(woo, 'simple');
    const body = { code: 'HALF', amount: '50', discount_type: 'percent', product_ids: [product.id], usage_limit: 1 };
    const coupon = await ask(woo, keys, '/coupons', { method: 'POST', body });
    const visit = browser(woo);
    await visit('/cart/', { 'add-to-cart': product.id.toString(), quantity: '2' });
    await visit('/cart/', { coupon_code: 'nothing' });
    expect(await (await visit('/cart/')).text()).toContain('because it does not exist');
    await visit('/cart/', { coupon_code: 'Half' });
    const placed = (await visit('/checkout/', buyer)).headers.get('location') ?? '';
    const id = /order-received\/(\d+)/.exec(placed)?.[1] ?? '';
    const order = (await ask(woo, keys, `/orders/${id}`)).body;
    const off = Number(order['discount_total']) + Number(order['discount_tax']);
    expect(off).toBeCloseTo(Number(product.regularPrice), 2);
    expect(order).toMatchObject({ coupon_lines: [{ code: 'half' }] });
    const path = `/coupons/${Number(coupon.body['id']).toString()}`;
    expect((await ask(woo, keys, path)).body).toMatchObject({ usage_count: 1, used_by: ['ada@example.com'] });
    await visit('/cart/', { 'add-to-cart': product.id.toString() });
    await visit('/cart/', { coupon_code: 'half' });
    expect(await (await visit('/cart/')).text()).toContain('usage limit has been reached');
  });

  test('asks for what is missing, and sells nothing out of an empty cart', async () => {
    const woo = await wooForTest();
    const visit = browser(woo);
    const before = woo.store.orders.size;
    expect((await visit('/checkout/', buyer)).status).toBe(400);
    await visit('/cart/', { 'add-to-cart': inStock(woo, 'simple').id.toString(), quantity: '1' });
    expect((await visit('/checkout/', { ...buyer, billing_email: 'nobody' })).status).toBe(400);
    expect(woo.store.orders.size).toBe(before);
  });

  test('lets a customer log in, whose order it then is', async () => {
    const woo = await wooForTest();
    const customer = [...woo.store.customers.values()].find(({ role }) => role === 'customer');
    const visit = browser(woo);
    await visit('/my-account/', { username: customer?.email ?? '' });
    await visit('/cart/', { 'add-to-cart': inStock(woo, 'simple').id.toString() });
    await visit('/checkout/', buyer);
    expect([...woo.store.orders.values()].at(-1)?.customerId).toBe(customer?.id);
  });

  test('shows names that hold markup, and runs none of it', async () => {
    const woo = await wooForTest({ oddNames: true });
    const names = [...woo.store.products.values()].map(({ name }) => name);
    expect(names.some((name) => name.includes('<script>'))).toBe(true);
    for (const path of ['/', '/shop/?paged=2', '/wp-admin/edit.php?post_type=product'])
      expect(await (await fetch(`${woo.url}${path}`)).text()).not.toContain('<script');
  });
});

describe('the admin', () => {
  test('makes and revokes keys, and edits orders and products by hand', async () => {
    const woo = await wooForTest();
    const visit = browser(woo);
    const page = await (await visit('/wp-admin/keys/create', { permissions: 'read' })).text();
    const [consumer_key = '', consumer_secret = ''] = [...page.matchAll(/c[ks]_[0-9a-f]{40}/g)].map(([text]) => text);
    expect((await ask(woo, { consumer_key, consumer_secret }, '/orders?per_page=1')).status).toBe(200);
    const [key] = woo.store.keys.values();
    await visit('/wp-admin/keys/revoke', { id: (key?.id ?? 0).toString() });
    expect((await ask(woo, { consumer_key, consumer_secret }, '/orders?per_page=1')).status).toBe(401);
    const order = [...woo.store.orders.values()].find(({ status }) => status === 'completed');
    const id = (order?.id ?? 0).toString();
    await visit('/wp-admin/orders/refund', { id, amount: '1.50' });
    expect(woo.store.refundsOf(Number(id)).at(-1)).toMatchObject({ amount: 150, lines: [] });
    await visit('/wp-admin/orders/status', { id, status: 'on-hold' });
    expect(woo.store.orders.get(Number(id))?.status).toBe('on-hold');
  });

  test('leads to Trellis by a link, without a frame', async () => {
    const woo = await wooForTest({ appUrl: 'http://127.0.0.1:9' });
    const page = await (await fetch(`${woo.url}/wp-admin/admin.php?page=trellis`)).text();
    expect(page).toContain(`http://127.0.0.1:9/connect/woocommerce?store=${encodeURIComponent(woo.url)}`);
    expect(page).not.toContain('<iframe');
  });

  test('turns faults on and runs the queue', async () => {
    const woo = await wooForTest();
    const visit = browser(woo);
    const form = { slowMs: '0', clockOffsetMs: '600000', webhookDrop: '0.3', webhookDuplicate: '0', blockRest: 'true' };
    await visit('/wp-admin/sandbox/faults', form);
    expect(woo.faults).toMatchObject({ clockOffsetMs: 600_000, webhookDrop: 0.3, blockRest: true });
    await visit('/wp-admin/sandbox/faults', { ...form, blockRest: '' });
    expect(woo.faults.blockRest).toBe(true);
    const { blockRest: _off, ...rest } = form;
    await visit('/wp-admin/sandbox/faults', rest);
    expect(woo.faults.blockRest).toBe(false);
  });
});

test('the same past as on the other platform: products, orders and people in the same number', async () => {
  const woo = await wooForTest({ foreignOrders: 0.5, refundsWithoutLines: 1 });
  const { orders, refunds, products } = woo.store;
  expect(products.size).toBe(40);
  expect([...orders.values()].some(({ currency }) => currency === 'USD')).toBe(true);
  expect([...orders.values()].some(({ customerId }) => customerId === 0)).toBe(true);
  expect([...refunds.values()].every(({ lines }) => lines.length === 0)).toBe(true);
  const ids = [...orders.keys(), ...refunds.keys(), ...products.keys(), ...woo.store.variations.keys()];
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ['2026-03-29T00:59:59Z', '2026-03-29T01:59:59', 'before clocks go forward'],
  ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00', 'after clocks went forward'],
  ['2026-10-25T01:00:00Z', '2026-10-25T02:00:00', 'after clocks went back'],
])('%s is %s in Berlin, %s', (iso, local) => {
  expect(siteTime(iso, 'Europe/Berlin')).toBe(local);
  expect(filterMoment(local, true, 'Europe/Berlin')).toBe(Date.parse(`${local}Z`));
});
