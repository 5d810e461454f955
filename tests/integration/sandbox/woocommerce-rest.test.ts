import { describe, expect, test } from 'vitest';
import { ask, wooForTest, type Tree } from './woocommerce-client.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: Tree | undefined): number => Number(value);

describe('lists', () => {
  test('a page says how many there are and where the next one is', async () => {
    const woo = await wooForTest();
    const keys = woo.createKey('read');
    const first = await ask(woo, keys, '/orders?per_page=40&_fields=id');
    const total = Number(first.headers.get('x-wp-total'));
    expect(Number(first.headers.get('x-wp-totalpages'))).toBe(Math.ceil(total / 40));
    const seen = new Set<number>();
    let next: string | undefined = `${woo.url}/wp-json/wc/v3/orders?per_page=40&_fields=id`;
    while (next !== undefined) {
      const page = await ask(woo, keys, new URL(next).href.split('/wc/v3')[1] ?? '');
      for (const order of page.items) seen.add(number(order['id']));
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen.size).toBe(total);
  });

  test.each([
    ['per_page=101', 'per_page'],
    ['orderby=colour', 'orderby'],
    ['page=0', 'page'],
    ['status=paid', 'status'],
    ['modified_after=yesterdayish', 'modified_after'],
  ])('%s is an invalid parameter', async (query, name) => {
    const woo = await wooForTest();
    const answer = await ask(woo, woo.createKey(), `/orders?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'rest_invalid_param', message: `Invalid parameter(s): ${name}` });
  });

  test('include, exclude, offset and order are as in WordPress', async () => {
    const woo = await wooForTest();
    const keys = woo.createKey();
    const ids = (await ask(woo, keys, '/products?per_page=5&orderby=id&order=asc')).items.map(({ id }) => number(id));
    const [a = 0, b = 0, c = 0] = ids;
    const included = await ask(woo, keys, `/products?include=${[c, a, b].join(',')}&orderby=include`);
    expect(included.items.map(({ id }) => number(id))).toEqual([c, a, b]);
    const without = await ask(
      woo,
      keys,
      `/products?exclude[]=${a.toString()}&orderby=id&order=asc&per_page=1&offset=1`,
    );
    expect(without.items.map(({ id }) => number(id))).toEqual([c]);
  });
});

describe('times', () => {
  const clock = { now: Date.parse('2026-07-01T10:00:00.400Z') };
  const changedSite = async () => {
    const woo = await wooForTest({ clock: () => new Date(clock.now), timeZone: 'Europe/Berlin' });
    const keys = woo.createKey();
    const { items } = await ask(woo, keys, '/products?per_page=1');
    const id = number(items[0]?.['id']);
    const { body } = await ask(woo, keys, `/products/${id.toString()}`, { method: 'PUT', body: { name: 'Renamed' } });
    return { woo, keys, body, id };
  };

  test('are the site’s and GMT, both in whole seconds and without a zone', async () => {
    const { body } = await changedSite();
    expect(body['date_modified']).toBe('2026-07-01T12:00:00');
    expect(body['date_modified_gmt']).toBe('2026-07-01T10:00:00');
  });

  test.each([
    ['modified_after=2026-07-01T09:59:59&dates_are_gmt=true', true, 'GMT as text'],
    ['modified_after=2026-07-01T10:00:00&dates_are_gmt=true', false, 'the second itself is left out'],
    ['modified_after=2026-07-01T11:59:59', true, 'the site’s time as text'],
    ['modified_after=2026-07-01T12:00:00', false, 'the site’s time, the second itself'],
    ['modified_after=2026-07-01T09:59:59Z', true, 'a zone counts without dates_are_gmt'],
    ['modified_after=2026-07-01T09:59:59Z&dates_are_gmt=true', false, 'a zone with dates_are_gmt is off by the offset'],
  ])('%s', async (query, found, _why) => {
    const { woo, keys, id } = await changedSite();
    const { items } = await ask(woo, keys, `/products?${query}&include=${id.toString()}`);
    expect(items).toHaveLength(found ? 1 : 0);
  });
});

describe('products', () => {
  test('simple and variable ones carry text prices, terms and variations', async () => {
    const woo = await wooForTest();
    const keys = woo.createKey();
    const variable = (await ask(woo, keys, '/products?type=variable&per_page=1')).items[0];
    expect(variable?.['regular_price']).toBe('');
    expect(text(variable?.['price'])).toMatch(/^\d+\.\d\d$/);
    const id = number(variable?.['id']).toString();
    const { items } = await ask(woo, keys, `/products/${id}/variations?per_page=100`);
    expect(items.map((one) => number(one['id'])).sort((a, b) => a - b)).toEqual(
      (variable?.['variations'] as unknown as number[]).toSorted((a, b) => a - b),
    );
    const category = (await ask(woo, keys, '/products/categories?per_page=1&orderby=count&order=desc')).items[0];
    const inside = await ask(woo, keys, `/products?category=${number(category?.['id']).toString()}&status=publish`);
    expect(Number(inside.headers.get('x-wp-total'))).toBe(number(category?.['count']));
  });

  test('a batch changes meta, and an unknown id fails for itself inside a 200', async () => {
    const woo = await wooForTest();
    const keys = woo.createKey();
    const id = number((await ask(woo, keys, '/products?per_page=1')).items[0]?.['id']);
    const meta = [{ key: '_trellis', value: { a: 1 } }];
    const update = [
      { id, meta_data: meta },
      { id: 999_999, meta_data: meta },
    ];
    const { status, body } = await ask(woo, keys, '/products/batch', { method: 'POST', body: { update } });
    expect(status).toBe(200);
    const [good, bad] = body['update'] as unknown as Tree[];
    expect(good?.['meta_data']).toMatchObject([...(woo.store.product(id)?.metaData ?? [])]);
    expect(bad).toEqual({
      id: 999_999,
      error: { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: { status: 400 } },
    });
    const many = Array.from({ length: 101 }, () => ({ id }));
    expect((await ask(woo, keys, '/products/batch', { method: 'POST', body: { update: many } })).status).toBe(413);
  });

  test('a code that another product has is refused', async () => {
    const woo = await wooForTest();
    const keys = woo.createKey();
    const sku = text((await ask(woo, keys, '/products?type=simple&per_page=1')).items[0]?.['sku']);
    const answer = await ask(woo, keys, '/products', { method: 'POST', body: { name: 'Twin', sku } });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'product_invalid_sku' });
  });

  test('60,000 more are listed and found without being kept', async () => {
    const woo = await wooForTest({ extraProducts: 60_000 });
    const keys = woo.createKey();
    const last = await ask(woo, keys, '/products?per_page=100&page=600&orderby=id&order=asc&_fields=id,sku');
    expect(Number(last.headers.get('x-wp-total'))).toBe(60_040);
    expect(last.items).toHaveLength(100);
    const id = number(last.items[0]?.['id']).toString();
    await ask(woo, keys, `/products/${id}`, { method: 'PUT', body: { name: 'Written' } });
    expect(woo.store.products.size).toBe(41);
    const again = await ask(woo, keys, '/products?per_page=1');
    expect(Number(again.headers.get('x-wp-total'))).toBe(60_040);
  });
});

describe('orders', () => {
  test('add up, with tax inside or on top', async () => {
    for (const tax of ['inclusive', 'exclusive', 'none'] as const) {
      const woo = await wooForTest({ tax });
      const { items } = await ask(woo, woo.createKey(), '/orders?per_page=100');
      for (const order of items) {
        const lines = order['line_items'] as unknown as Tree[];
        const net = lines.reduce((sum, line) => sum + number(line['total']), 0);
        const sum = net + number(order['shipping_total']) + number(order['total_tax']);
        expect(sum).toBeCloseTo(number(order['total']), 6);
        expect(order['prices_include_tax']).toBe(tax === 'inclusive');
      }
    }
  });

  test('take a product that does not exist, a guest and another currency', async () => {
    const woo = await wooForTest();
    const body = {
      set_paid: true,
      currency: 'USD',
      billing: { email: 'guest@example.com', first_name: 'Ada' },
      line_items: [{ product_id: 987_654, quantity: 2, total: '9.00' }],
    };
    const answer = await ask(woo, woo.createKey(), '/orders', { method: 'POST', body });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ customer_id: 0, currency: 'USD', status: 'processing', total: '10.80' });
  });

  test('give back an amount without lines, then the rest, and become refunded', async () => {
    const woo = await wooForTest();
    const keys = woo.createKey();
    const product = [...woo.store.products.values()].find(
      ({ type, stockQuantity }) => type === 'simple' && stockQuantity,
    );
    const order = woo.placeOrder({
      lines: [{ productId: product?.id ?? 0, variationId: 0, quantity: 1 }],
      email: 'guest@example.com',
    });
    const path = `/orders/${order.id.toString()}`;
    const total = number((await ask(woo, keys, path)).body['total']);
    const part = await ask(woo, keys, `${path}/refunds`, {
      method: 'POST',
      body: { amount: '1.00', api_refund: false },
    });
    expect(part.body).toMatchObject({ amount: '1.00', line_items: [] });
    const after = (await ask(woo, keys, path)).body;
    expect(after).toMatchObject({ status: 'processing', refunds: [{ total: '-1.00' }] });
    const tooMuch = await ask(woo, keys, `${path}/refunds`, { method: 'POST', body: { amount: total.toFixed(2) } });
    expect(tooMuch.body).toMatchObject({ code: 'woocommerce_rest_cannot_create_order_refund' });
    await ask(woo, keys, `${path}/refunds`, { method: 'POST', body: { amount: (total - 1).toFixed(2) } });
    expect((await ask(woo, keys, path)).body['status']).toBe('refunded');
  });
});

test('an order that is called refunded by hand gets a refund of all that was left', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  const order = (await ask(woo, keys, '/orders?status=completed&per_page=1')).items[0];
  const path = `/orders/${number(order?.['id']).toString()}`;
  const changed = await ask(woo, keys, path, { method: 'PUT', body: { status: 'refunded' } });
  expect(changed.body).toMatchObject({ status: 'refunded', refunds: [{ reason: 'Order fully refunded.' }] });
  const [refund] = (await ask(woo, keys, `${path}/refunds`)).items;
  const everywhere = await ask(woo, keys, '/refunds?orderby=id&per_page=1');
  expect(everywhere.items[0]).toEqual({ ...refund, parent_id: order?.['id'] });
  expect(refund?.['amount']).toBe(order?.['total']);
  const before = (await ask(woo, keys, path)).body['date_modified_gmt'];
  await ask(woo, keys, `${path}/refunds/${number(refund?.['id']).toString()}?force=true`, { method: 'DELETE' });
  expect((await ask(woo, keys, path)).body).toMatchObject({ refunds: [], date_modified_gmt: before });
});

test('customers know no filter by dates, and the site’s settings tell its currency and taxes', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  const all = await ask(woo, keys, '/customers?modified_after=2999-01-01T00:00:00');
  expect(Number(all.headers.get('x-wp-total'))).toBe(60);
  const settings = await ask(woo, keys, '/settings/general/woocommerce_currency');
  expect(settings.body['value']).toBe('EUR');
  const status = await ask(woo, keys, '/system_status');
  expect(status.body['environment']).toMatchObject({ version: '11.0.1' });
});

test('coupons keep their code in lower case and end by the site’s clock', async () => {
  const woo = await wooForTest({ timeZone: 'Europe/Berlin' });
  const body = { code: 'SPRING10', amount: '10', discount_type: 'percent', date_expires: '2026-12-24T00:00:00' };
  const keys = woo.createKey();
  const answer = await ask(woo, keys, '/coupons', { method: 'POST', body });
  expect(answer.body).toMatchObject({ code: 'spring10', amount: '10.00', date_expires_gmt: '2026-12-23T23:00:00' });
  const twice = await ask(woo, keys, '/coupons', { method: 'POST', body });
  expect(twice.body).toMatchObject({ code: 'woocommerce_rest_coupon_code_already_exists' });
});

test('a security plugin answers with a page, and a slow host with patience', async () => {
  const woo = await wooForTest();
  woo.faults.blockRest = true;
  const blocked = await fetch(`${woo.url}/wp-json/wc/v3/orders`);
  expect(blocked.status).toBe(403);
  expect(blocked.headers.get('content-type')).toContain('text/html');
  woo.faults.blockRest = false;
  woo.faults.slowMs = 60_000;
  const given = fetch(`${woo.url}/wp-json/`, { signal: AbortSignal.timeout(200) });
  await expect(given).rejects.toThrow();
});
