import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  applySplitTest,
  assignmentsOf,
  createSplitTest,
  readShopExperiments,
  startSplitTest,
} from '#app/domains/experiments/index.ts';
import { findOfferCode } from '#app/domains/order-offers/index.ts';
import { mergePlatformState } from '#app/domains/shops/index.ts';
import forgetOfferCodes from '#app/flows/forget-offer-codes.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { SandboxOrder } from '#sandbox/shopify/model.ts';
import { insertShop } from '#tests/setup/services.ts';
import { extensionToken, minorOf, type OfferStore, startOfferStore, variantOf } from './offer-store.ts';

let shop: OfferStore;
beforeAll(async () => {
  shop = await startOfferStore();
});
afterAll(() => shop.store.close());
beforeEach(async () => {
  shop.told.length = 0;
  await shop.settings({ active: true, discountBps: 1000, hours: 24 });
  // A test that failed half-way must not hold out the visitors of the next one.
  await shop.holdOut(0);
});

describe('what is shown', () => {
  it('three products at most, none of them bought, the discount where the margin allows it', async () => {
    const { offer } = await shop.ask(shop.page(shop.placeOrder()));
    expect(offer?.products.map((one) => one.productId)).toEqual(shop.others.slice(0, 3).map((one) => one.id));
    const price = minorOf(shop.others[0] ?? shop.bought);
    const [first, second, third] = offer?.products ?? [];
    expect(first?.offerPrice?.minor).toBe(price - Math.floor((price * 1000 + 5000) / 10_000));
    expect(second?.offerPrice).not.toBeNull();
    expect(third?.offerPrice).toBeNull();
    expect(offer?.discount?.basisPoints).toBe(1000);
  });

  it('at their price where the merchant gives no discount; nothing where it is off', async () => {
    await shop.settings({ active: true, discountBps: 0, hours: 24 });
    const { offer } = await shop.ask(shop.page(shop.placeOrder()));
    expect([offer?.discount, offer?.products.every((one) => one.offerPrice === null)]).toEqual([null, true]);
    expect((await shop.click(offer)).link?.searchParams.has('discount')).toBe(false);
    await shop.settings({ active: false, discountBps: 1000, hours: 24 });
    expect((await shop.ask(shop.page(shop.placeOrder()))).offer).toBeNull();
  });

  it('nothing to visitors who are held out, by the order’s own mark', async () => {
    await shop.holdOut(5000);
    const visitors = Array.from({ length: 30 }, () => randomUUID());
    const shown: boolean[] = [];
    for (const visitorId of visitors)
      shown.push((await shop.ask(shop.page(shop.placeOrder(), { visitorId }))).offer !== null);
    expect(new Set(shown)).toEqual(new Set([true, false]));
    const held = visitors[shown.indexOf(false)]!;
    const seen = visitors[shown.indexOf(true)]!;
    const order = shop.placeOrder(held);
    await shop.mirror(order, { visitorId: held });
    expect((await shop.ask(shop.page(order, { visitorId: seen }))).offer).toBeNull();
    expect(shop.told.every((one) => one.visitorId !== held)).toBe(true);
  });

  it('nothing to visitors of the version without it, who see the rest; to everybody once that version is applied', async () => {
    const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => shop.services.db.inShop(shop.shopId, work);
    const form = {
      ...{ title: 'After the purchase', subject: { type: 'widget', id: 'after-purchase' } },
      arms: [
        { key: 'a', share: 5_000, change: {} },
        { key: 'b', share: 5_000, change: { hide: true } },
      ],
      ...{ trafficBps: 10_000, layer: '', effectBps: 500 },
    };
    const context = { now: new Date(), productIds: [], marginBps: 4_000 };
    const test = await inShop(async (scope) => {
      const made = await createSplitTest(scope, form, { id: randomUUID(), salt: 'after', now: context.now });
      if (!made.ok) throw new Error(made.message);
      const started = await startSplitTest(scope, made.value.id, context);
      if (!started.ok) throw new Error(started.message);
      return started.value;
    });
    const experiments = await inShop(readShopExperiments);
    const armOf = (visitor: string) => assignmentsOf(experiments, visitor)[0]?.arm;
    for (const visitorId of Array.from({ length: 12 }, () => randomUUID())) {
      const { offer } = await shop.ask(shop.page(shop.placeOrder(), { visitorId }));
      expect(offer === null, visitorId).toBe(armOf(visitorId) === 'b');
    }
    expect((await shop.ask(shop.page(shop.placeOrder()))).offer).not.toBeNull();
    await inShop((scope) =>
      applySplitTest(scope, test.id, { arm: 'b', now: context.now, carryOut: () => Promise.resolve(null) }),
    );
    expect((await shop.ask(shop.page(shop.placeOrder()))).offer).toBeNull();
    await inShop((scope) => scope.tx.splitTest.deleteMany({}));
  });

  it('tells impressions and clicks once, with consent only', async () => {
    const order = shop.placeOrder();
    const visitorId = randomUUID();
    const { offer } = await shop.ask(shop.page(order, { visitorId }));
    await shop.ask(shop.page(order, { visitorId }));
    expect((await shop.click(offer)).status).toBe(303);
    await shop.ask(shop.page(shop.placeOrder()));
    expect(new Set(shop.told.map((one) => `${one.kind} ${one.surface} ${one.productId} ${one.id}`)).size).toBe(4);
    expect(shop.told.map((one) => one.kind)).toEqual([...Array.from({ length: 6 }, () => 'impression'), 'click']);
  });
});

describe('the code', () => {
  it('is one for an order, however often and however much at once it is asked for', async () => {
    const order = shop.placeOrder();
    const before = shop.codes().length;
    const { offer } = await shop.ask(shop.page(order));
    const clicks = await Promise.all(Array.from({ length: 10 }, (_one, index) => shop.click(offer, index % 2)));
    const given = new Set(clicks.map((one) => one.link?.searchParams.get('discount')));
    expect([given.size, shop.codes().length - before]).toEqual([1, 1]);
    const made = shop.codes().at(-1);
    expect(made).toMatchObject({
      usageLimit: 1,
      value: { percentage: 0.1 },
      combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
      variantIds: shop.others.slice(0, 2).map((one) => variantOf(one).id),
    });
    expect(Date.parse(made?.endsAt ?? '') - Date.parse(order.createdAt)).toBe(24 * 3_600_000);
  });

  it('stands beside free shipping only where a goal’s leaves what it takes off', async () => {
    const { services } = shop.store.test;
    const beside = async (leftBps: number) => {
      const change = {
        discountDigest: 'published',
        leftToOwnCodes: [leftBps, 0, 0, 0] as [number, number, number, number],
      };
      await services.db.inShop(shop.shopId, (scope) => mergePlatformState(scope, change));
      const { offer } = await shop.ask(shop.page(shop.placeOrder()));
      await shop.click(offer);
      return shop.codes().at(-1)?.combinesWith.shippingDiscounts;
    };
    expect([await beside(999), await beside(1000)]).toEqual([false, true]);
  });

  it('gives the promised price in a new cart, once', async () => {
    const order = shop.placeOrder();
    const { offer } = await shop.ask(shop.page(order));
    const { status, link } = await shop.click(offer);
    expect(status).toBe(303);
    const first = await fetch(link ?? '', { redirect: 'manual', headers: { referer: `${shop.store.sandbox.url}/` } });
    const opened = await fetch(first.headers.get('location') ?? '', { redirect: 'manual' });
    const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const cart = (await (await fetch(`${shop.store.sandbox.url}/cart.js`, { headers: { cookie } })).json()) as {
      total_price: number;
      items: { properties: object }[];
    };
    expect(cart.total_price).toBe(offer?.products[0]?.offerPrice?.minor);
    expect(cart.items[0]?.properties).toEqual({ _trellis_source: 'thank-you' });
    const form = new URLSearchParams({
      email: 'g@example.com',
      first_name: 'G',
      last_name: 'H',
      address: 'A 1',
      zip: '1',
      city: 'B',
      card: '1',
    });
    const paid = await fetch(`${shop.store.sandbox.url}/checkout`, {
      method: 'POST',
      headers: { cookie },
      body: form,
      redirect: 'manual',
    });
    expect(paid.headers.get('location')).toMatch(/^\/thank-you\//);
    const placed = shop.store.sandbox.store.orders.get(
      (paid.headers.get('location') ?? '').slice('/thank-you/'.length),
    );
    expect(placed?.discountApplications).toMatchObject([{ kind: 'CODE', targetClass: 'PRODUCT' }]);
    // The state of a code is remembered for a moment; a question after that sees that it is used.
    await shop.store.test.services.cache.delete(`order-offer-code:${shop.shopId}:${shop.codes().at(-1)?.code ?? ''}`);
    expect((await shop.click(offer)).link?.searchParams.has('discount')).toBe(false);
    const again = await shop.ask(shop.page(order, { bought: [shop.bought.id, '1'] }));
    expect([again.offer?.discount, again.offer?.products.length]).toEqual([null, 3]);
  });

  it.each<[string, (order: SandboxOrder) => Promise<unknown>, object?]>([
    ['an order that does not exist', async (order) => shop.store.sandbox.store.remove('orders', order.id)],
    ['a cancelled order', (order) => shop.mirror(order, { cancelledAt: new Date() })],
    ['an old order', (order) => shop.mirror(order, { placedAt: new Date(Date.now() - 25 * 3_600_000) })],
    ['other products than were bought', (order) => shop.mirror(order, { lines: [] })],
    ['an offer that was switched off', () => shop.settings({ active: false, discountBps: 1000, hours: 24 })],
    ['an offer that was changed', () => shop.settings({ active: true, discountBps: 500, hours: 24 })],
  ])('is not given for %s', async (_name, change) => {
    const order = shop.placeOrder();
    const before = shop.codes().length;
    const { offer } = await shop.ask(shop.page(order));
    expect(offer?.discount).not.toBeNull();
    await change(order);
    const { status, link } = await shop.click(offer);
    expect([status, link?.searchParams.has('discount'), shop.codes().length - before]).toEqual([303, false, 0]);
  });

  it('is not given to another customer, nor for the order of another shop', async () => {
    const order = shop.placeOrder();
    await shop.mirror(order, { customerId: '71' });
    expect((await shop.ask(shop.page(order), extensionToken({ customerId: '72' }))).offer).toBeNull();
    expect((await shop.ask(shop.page(order), extensionToken({ customerId: '71' }))).offer?.discount).not.toBeNull();
    const other = await insertShop(shop.store.test.database, { domain: 'other.myshopify.com' });
    const foreign = { ...shop.placeOrder(), id: '99887766' };
    await shop.mirror(foreign, {}, other);
    const answer = await shop.ask(shop.page(foreign, { surface: 'order-status' }));
    expect([answer.status, answer.offer?.discount]).toEqual([200, null]);
  });

  it('on the order status page once the order has arrived', async () => {
    const order = shop.placeOrder();
    const status = shop.page(order, { surface: 'order-status' });
    expect((await shop.ask(status)).offer?.discount).toBeNull();
    await shop.mirror(order);
    const { offer } = await shop.ask(status);
    expect(offer?.discount?.until).toBe(new Date(Date.parse(order.createdAt) + 24 * 3_600_000).toISOString());
    const properties = (await shop.click(offer)).link?.searchParams.get('properties') ?? '';
    expect(JSON.parse(Buffer.from(properties, 'base64url').toString())).toEqual({ _trellis_source: 'order-status' });
  });

  it.each([
    ['nothing', ''],
    ['a changed ticket', 'x'],
    ['a long one', 'x'.repeat(9000)],
  ])('is not given for %s', async (_name, ticket) => {
    const { offer } = await shop.ask(shop.page(shop.placeOrder()));
    const text = ticket === 'x' ? `${offer?.products[0]?.ticket.slice(0, -4) ?? ''}AAAA` : ticket;
    const response = await shop.app.request(`/checkout/offers/${encodeURIComponent(text)}`);
    expect(response.status).toBeGreaterThanOrEqual(404);
    expect(response.headers.get('location')).toBeNull();
  });
});

describe('codes that are over', () => {
  it('leave the store and our records when no order of their time can earn another, the others stay', async () => {
    const [old, young] = [shop.placeOrder(), shop.placeOrder()];
    for (const order of [old, young]) await shop.click((await shop.ask(shop.page(order))).offer);
    const { db } = shop.store.test.services;
    const codeOf = (order: { id: string }) => db.inShop(shop.shopId, (scope) => findOfferCode(scope, order.id));
    const [gone, kept] = [await codeOf(old), await codeOf(young)];
    await db.inShop(shop.shopId, ({ tx }) =>
      tx.orderOffer.updateMany({
        where: { orderId: old.id },
        data: { endsAt: new Date(Date.now() - 721 * 3_600_000) },
      }),
    );
    const { services } = shop.store.test;
    for (const _time of ['first', 'again'])
      await forgetOfferCodes({}, { services, signal: new AbortController().signal });
    const left = shop.codes().map((one) => one.code);
    expect([left.includes(gone?.code ?? ''), left.includes(kept?.code ?? '')]).toEqual([false, true]);
    expect([await codeOf(old), (await codeOf(young))?.code]).toEqual([null, kept?.code]);
  });
});
