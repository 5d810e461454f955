import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyProxy } from '#app/platforms/shopify/hmac.ts';
import { proxySignature } from '#sandbox/shopify/storefront/proxy-signature.ts';
import { createTestStorefront, now, product } from './fixture.ts';

describe('signature', () => {
  const query = (customer: string) =>
    new URLSearchParams(
      `extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=${customer}&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555`,
    );

  it.each([
    ['1', '4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb'],
    ['', 'e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb'],
  ])('matches the vector of the documentation for customer "%s"', (customer, expected) => {
    expect(proxySignature(query(customer), 'hush')).toBe(expected);
  });
});

describe('app proxy', () => {
  let server: ReturnType<typeof serve>;
  let appUrl = '';
  const seen: { url: URL; cookie: string | undefined; body: string }[] = [];

  beforeAll(async () => {
    const app = new Hono();
    app.all('/proxy/*', async (c) => {
      seen.push({ url: new URL(c.req.url), cookie: c.req.header('cookie'), body: await c.req.text() });
      return c.json({ suggestions: [] }, 200, { 'set-cookie': 'a=b', 'x-inner': 'secret' });
    });
    await new Promise<void>((ready) => {
      server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => ready());
    });
    appUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(
    () =>
      new Promise<void>((done) => {
        server.close(() => done());
      }),
  );

  it('signs who is asking in a way that the app accepts, and lets no cookie through', async () => {
    const browser = (await createTestStorefront([product(1, '1.00')], { appUrl })).browser();
    await browser.post('/account/login', new URLSearchParams({ email: 'anna@example.com' }));
    const response = await browser.get('/apps/trellis/cart?products=1,2&limit=4');
    expect([response.status, response.headers.get('set-cookie'), response.headers.get('x-inner')]).toEqual([
      200,
      null,
      null,
    ]);
    const request = seen.at(-1);
    expect([request?.url.pathname, request?.cookie, request?.url.searchParams.get('products')]).toEqual([
      '/proxy/cart',
      undefined,
      '1,2',
    ]);
    expect(verifyProxy(request?.url.search.slice(1) ?? '', 'hush', now)).toMatchObject({
      ok: true,
      shopDomain: 'test-shop.myshopify.com',
      customerId: '71',
    });
  });

  it("never forwards a shopper's own idea of who is asking", async () => {
    const browser = (await createTestStorefront([product(1, '1.00')], { appUrl })).browser();
    await browser.get('/apps/trellis/cart?logged_in_customer_id=71&shop=other.myshopify.com&signature=00&timestamp=1');
    const query = seen.at(-1)?.url.searchParams;
    expect([query?.getAll('logged_in_customer_id'), query?.getAll('shop')]).toEqual([
      [''],
      ['test-shop.myshopify.com'],
    ]);
    expect(verifyProxy(query?.toString() ?? '', 'hush', now)).toMatchObject({ ok: true, customerId: null });
  });

  it('passes a body on', async () => {
    const browser = (await createTestStorefront([product(1, '1.00')], { appUrl })).browser();
    await browser.post('/apps/trellis/thing', { a: 1 });
    expect(seen.at(-1)?.body).toBe('{"a":1}');
  });

  it('answers 502 while the app is down and 404 where it is not installed', async () => {
    const down = (await createTestStorefront([product(1, '1.00')], { appUrl: 'http://127.0.0.1:9' })).browser();
    expect((await down.get('/apps/trellis/cart')).status).toBe(502);
    const without = (await createTestStorefront([product(1, '1.00')], { appUrl, installed: false })).browser();
    expect((await without.get('/apps/trellis/cart')).status).toBe(404);
  });
});
