import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findOfferCode } from '#app/domains/order-offers/index.ts';
import { applyEvents } from '#app/flows/apply-events.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import forgetOfferCodes from '#app/flows/forget-offer-codes.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import type { PlatformEvent } from '#app/platforms/platform.ts';
import type { SandboxOrder } from '#sandbox/shopify/model.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { extensionToken, type OfferStore, startOfferStore, variantOf } from './offer-store.ts';

// What somebody tries who wants more than one discount for a purchase, and what happens when the store is in trouble.

let shop: OfferStore;
let trouble: Error | null = null;

beforeAll(async () => {
  shop = await startOfferStore((real) => (ref, code) => (trouble ? Promise.reject(trouble) : real(ref, code)));
});
afterAll(() => shop.store.close());
beforeEach(async () => {
  trouble = null;
  await shop.settings({ active: true, discountBps: 1000, hours: 24 });
});

const { now } = Date;
const hoursAgo = (hours: number) => new Date(now() - hours * 3_600_000);
const codeOf = (order: { id: string }) =>
  shop.services.db.inShop(shop.shopId, (scope) => findOfferCode(scope, order.id));
const inStore = (code: string | undefined) => shop.codes().some((one) => one.code === code);
const discountIn = (link: URL | null) => link?.searchParams.get('discount') ?? null;

async function apply(event: PlatformEvent): Promise<void> {
  const connected = await findConnectedShop(shop.services, shop.shopId);
  if (!connected) throw new Error('the shop is gone');
  const told = { key: `event ${String(now())}`, event, finished: new Set<string>(), triggeredAt: null };
  const { failures } = await applyEvents(shop.services, connected, [told], () => Promise.resolve());
  expect(failures.size).toBe(0);
}

/** The order with its line as a webhook brings it. */
const changed = (order: SandboxOrder, more: object = {}): PlatformEvent => ({
  type: 'order-changed',
  id: order.id,
  updatedAt: null,
  order: {
    ...platformOrder({ id: order.id, placedAt: new Date(order.createdAt), updatedAt: new Date(now() + 60_000) }),
    lines: [lineOf(0)],
    ...more,
  },
});
const lineOf = (refundedQuantity: number) => ({
  ...{ id: '1', productId: shop.bought.id, variantId: null, title: 'x', quantity: 1, unitPriceMinor: 100 },
  ...{ discountMinor: 0, refundedQuantity, bundleId: null, source: null },
});

describe('somebody else’s order', () => {
  it('is not found by naming everything that the store sells', async () => {
    const order = shop.placeOrder();
    await shop.mirror(order);
    const bought = [...new Set([shop.bought.id, ...Array.from({ length: 199 }, (_, at) => String(1000 + at))])];
    for (const surface of ['thank-you', 'order-status'])
      expect((await shop.ask(shop.page(order, { surface, bought }))).offer).toBeNull();
  });

  it('is not found either before it has arrived here: the store is asked at the click', async () => {
    const order = shop.placeOrder();
    const bought = [shop.bought.id, ...Array.from({ length: 50 }, (_, at) => String(1000 + at))];
    const { offer } = await shop.ask(shop.page(order, { bought }));
    const before = shop.codes().length;
    expect(discountIn((await shop.click(offer)).link)).toBeNull();
    expect(shop.codes()).toHaveLength(before);
  });

  it('stays somebody else’s for one who replays the page of the buyer under another name', async () => {
    const order = shop.placeOrder();
    const { offer } = await shop.ask(shop.page(order), extensionToken({ customerId: '72' }));
    await shop.mirror(order, { customerId: '71' });
    expect(discountIn((await shop.click(offer)).link)).toBeNull();
  });
});

describe('one code for one purchase', () => {
  it('also where a token and a page are sent again and again', async () => {
    const order = shop.placeOrder();
    const token = extensionToken();
    const codes = new Set<string | null>();
    for (let time = 0; time < 4; time += 1) {
      const { offer } = await shop.ask(shop.page(order), token);
      for (const _click of ['one', 'two']) codes.add(discountIn((await shop.click(offer)).link));
    }
    expect([...codes]).toEqual([expect.stringMatching(/^THX-/)]);
  });

  it('also where offers last longer from some day on', async () => {
    const order = shop.placeOrder();
    await shop.mirror(order, { placedAt: hoursAgo(23) });
    const first = discountIn((await shop.click((await shop.ask(shop.page(order))).offer)).link);
    expect(first).toMatch(/^THX-/);
    // Three days later, the night's job has gone over it.
    const { db } = shop.services;
    await db.inShop(shop.shopId, ({ tx }) =>
      tx.orderOffer.updateMany({ where: { orderId: order.id }, data: { endsAt: hoursAgo(72) } }),
    );
    await forgetOfferCodes({}, { services: shop.services, signal: new AbortController().signal });
    await shop.settings({ active: true, discountBps: 1000, hours: 720 });
    const before = shop.codes().length;
    const { offer } = await shop.ask(shop.page(order, { bought: [shop.bought.id, '1'] }));
    expect([offer?.discount, discountIn((await shop.click(offer)).link), shop.codes().length]).toEqual([
      null,
      null,
      before,
    ]);
  });

  it.each<[string, (order: SandboxOrder) => PlatformEvent]>([
    ['cancelled', (order) => changed(order, { cancelledAt: new Date() })],
    ['paid back', (order) => changed(order, { totalMinor: 100, refundedMinor: 100 })],
    ['sent back', (order) => changed(order, { lines: [lineOf(1)] })],
    ['deleted', (order) => ({ type: 'order-deleted', id: order.id })],
  ])('and none once it is %s: what was made leaves the store, and no other follows', async (_what, event) => {
    const order = shop.placeOrder();
    await shop.mirror(order);
    const { offer } = await shop.ask(shop.page(order));
    await shop.click(offer);
    const made = await codeOf(order);
    expect(inStore(made?.code)).toBe(true);
    // Twice, because webhooks are.
    for (const _time of ['first', 'again']) await apply(event(order));
    expect(inStore(made?.code)).toBe(false);
    expect(discountIn((await shop.click(offer)).link)).toBeNull();
    expect(await codeOf(order)).toEqual(made);
  });

  it('and it stays where part of the purchase comes back', async () => {
    const order = shop.placeOrder();
    await shop.mirror(order);
    await shop.click((await shop.ask(shop.page(order))).offer);
    await apply(changed(order, { totalMinor: 200, refundedMinor: 100 }));
    expect(inStore((await codeOf(order))?.code)).toBe(true);
  });
});

describe('a store in trouble', () => {
  it('that cannot be reached: the shopper hears when to come back, and gets the promise then', async () => {
    const order = shop.placeOrder();
    const { offer } = await shop.ask(shop.page(order));
    trouble = new PlatformUnavailable('busy', 1000);
    expect(await shop.click(offer)).toEqual({ status: 503, link: null });
    trouble = null;
    expect(discountIn((await shop.click(offer)).link)).toBe((await codeOf(order))?.code);
  });

  it('whose product was deleted a moment ago: the store says so itself, nothing breaks here', async () => {
    const order = shop.placeOrder();
    const { offer } = await shop.ask(shop.page(order));
    const first = shop.others[0] ?? shop.bought;
    const { store } = shop.store.sandbox;
    store.remove('products', first.id);
    try {
      const { status, link } = await shop.click(offer);
      expect([status, discountIn(link)]).toEqual([303, null]);
      const there = await fetch(link ?? '', { redirect: 'follow' });
      expect(there.status).toBe(422);
      expect(await there.text()).not.toContain('    at ');
    } finally {
      store.put('products', first);
    }
  });

  it('whose product has sold out: it is no promise of ours, and the store says so', async () => {
    const order = shop.placeOrder();
    const { offer } = await shop.ask(shop.page(order));
    const first = shop.others[0] ?? shop.bought;
    const { store } = shop.store.sandbox;
    const soldOut = first.variants.map((one) => ({ ...one, inventoryQuantity: 0, inventoryPolicy: 'DENY' as const }));
    store.put('products', { ...first, variants: soldOut });
    try {
      const { status, link } = await shop.click(offer);
      expect([status, link?.pathname]).toEqual([303, expect.stringContaining(`/cart/${variantOf(first).id}:1`)]);
      expect((await fetch(link ?? '', { redirect: 'follow' })).status).toBe(422);
    } finally {
      store.put('products', first);
    }
  });
});
