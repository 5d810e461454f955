import { expect, test } from 'vitest';
import type { ExportResource, Platform, PlatformOrder, PlatformRecord, ShopRef } from '#app/platforms/platform.ts';
import { paidForLine } from '#app/shared/kept-goods.ts';
import { codesConformance } from './codes.ts';
import { publishingConformance } from './publishing.ts';

/** A store that an adapter is tried on, and what is known to be in it. */
export interface PlatformUnderTest {
  readonly platform: Platform;
  readonly shop: ShopRef;
  /** ids that the store holds */
  readonly ids: Readonly<Record<ExportResource, readonly string[]>>;
  /** a topic that says that an order changed */
  readonly orderTopic: string;
  /** changes a product's title in the store, as the merchant would */
  renameProduct(id: string, title: string): Promise<void>;
  /** takes a customer out of the store for good */
  removeCustomer(id: string): void;
  /** tags of ours, and what else is kept in their place, on a customer in the store */
  tagsOn(id: string): readonly string[];
  /** what the store holds of ours for the page of a product */
  publishedOn(id: string): unknown;
  /** what the store holds of ours for all pages, as it was published; null where nothing was */
  publishedSettings(): unknown;
  /** the configurations that the store reduces carts by now, in their order */
  discountConfigs(): readonly string[];
  /** the merchant makes a code of their own in the store */
  ownCode(code: string): void;
  /** texts of all codes that the store knows, capital letters */
  codesInStore(): readonly string[];
  /** has the store sell with tax in its prices, with tax added at the checkout, or without any */
  sellWith(tax: 'inclusive' | 'exclusive' | 'none'): void;
  /** gives back of an order a unit of its first line, its shipping, or 1.00 more than these come to, as the merchant would */
  refund(orderId: string, back: { readonly unit?: true; readonly shipping?: true; readonly beyond?: true }): void;
  /** the rate of its tax, basis points of the price without it, which all its orders bear */
  readonly taxBps: number;
  /** puts our companion into the store, unknown to us; false where the platform needs none */
  installCompanion(state: 'missing' | 'waiting' | 'ready'): boolean;
}

const resources: readonly ExportResource[] = ['products', 'customers', 'orders'];

const idOf = (record: PlatformRecord): string => {
  if (record.resource === 'products') return record.product.id;
  return record.resource === 'customers' ? record.customer.id : record.order.id;
};

/** Without by which clock it was shown: each answer is dated anew. */
const contentOf = ({ aheadMs: _, ...record }: PlatformRecord) => record;

/** What every adapter must do alike. `open` gives the same store to every test. */
export function platformConformance(open: () => PlatformUnderTest): void {
  async function exportAll(resource: ExportResource, skip = 0): Promise<PlatformRecord[]> {
    const { platform, shop } = open();
    const token = await platform.startExport(shop, resource, null);
    for (;;) {
      const state = await platform.pollExport(shop, token);
      if (state.status === 'failed') throw new Error(state.reason);
      if (state.status === 'ready') break;
    }
    const records: PlatformRecord[] = [];
    for await (const record of platform.readExport(shop, token, skip)) records.push(record);
    return records;
  }

  test('tells the store’s name, currency, time zone and scopes', async () => {
    const { platform, shop } = open();
    const profile = await platform.readShop(shop);
    expect(profile.currency).toMatch(/^[A-Z]{3}$/);
    expect(() => new Intl.DateTimeFormat('en', { timeZone: profile.timeZone })).not.toThrow();
    expect(profile.scopes.length).toBeGreaterThan(0);
  });

  test('tells whether the store’s prices contain tax', async () => {
    const { platform, shop, sellWith } = open();
    const told = async (tax: Parameters<typeof sellWith>[0]) => {
      sellWith(tax);
      return (await platform.readShop(shop)).taxesIncluded;
    };
    expect([await told('exclusive'), await told('inclusive')]).toEqual([false, true]);
    // Without any tax there is nothing that prices could contain, as far as the store can tell.
    expect(await told('none')).not.toBe(true);
    sellWith('exclusive');
  });

  test('orders tell the rate of their tax', async () => {
    open().sellWith('exclusive');
    const told = (await exportAll('orders')).map((record) => record.resource === 'orders' && record.order.taxBps);
    expect([...new Set(told)]).toEqual([open().taxBps]);
  });

  test('orders tell what delivering them cost', async () => {
    const orders = (await exportAll('orders')).flatMap((record) => (record.resource === 'orders' ? record.order : []));
    const paid = orders.map(({ shipping }) => shipping?.paidMinor ?? -1);
    expect(Math.min(...paid)).toBe(0);
    expect(Math.max(...paid)).toBeGreaterThan(0);
  });

  test('of what was given back tells what was on goods that stay', async () => {
    const { platform, shop, refund } = open();
    const all = (await exportAll('orders')).flatMap((record) => (record.resource === 'orders' ? [record.order] : []));
    const fresh = all.filter(
      ({ refundedMinor, cancelledAt, lines, totalMinor }) =>
        refundedMinor === 0 && cancelledAt === null && totalMinor > 1_000 && lines.length > 1,
    );
    const shipped = ({ totalMinor, lines }: PlatformOrder) =>
      totalMinor > lines.reduce((sum, line) => sum + paidForLine(line), 0);
    const told = async (order: PlatformOrder | undefined, back: Parameters<typeof refund>[1]) => {
      if (!order) throw new Error('no such order in the store');
      refund(order.id, back);
      const record = await platform.readOne(shop, 'orders', order.id);
      if (record?.resource !== 'orders') throw new Error('no order');
      const { refundedMinor, goodwillMinor, lines } = record.order;
      return { refunded: refundedMinor > 0, goodwillMinor, units: lines[0]?.refundedQuantity };
    };
    expect(fresh.every(({ goodwillMinor }) => goodwillMinor === 0)).toBe(true);
    const [a, b] = fresh.filter((order) => !shipped(order));
    const [c, d] = fresh.filter(shipped);
    expect(await told(a, { unit: true })).toEqual({ refunded: true, goodwillMinor: 0, units: 1 });
    expect(await told(b, { beyond: true })).toEqual({ refunded: true, goodwillMinor: 100, units: 0 });
    expect(await told(c, { shipping: true })).toEqual({ refunded: true, goodwillMinor: 0, units: 0 });
    expect(await told(d, { unit: true, shipping: true, beyond: true })).toMatchObject({ goodwillMinor: 100, units: 1 });
  });

  test.each(resources)('exports every record of %s once, and goes on after any number of them', async (resource) => {
    const all = (await exportAll(resource)).map(idOf);
    expect([...all].sort()).toEqual([...open().ids[resource]].sort());
    expect((await exportAll(resource, 7)).map(idOf)).toEqual(all.slice(7));
  });

  test.each(resources)('reads one of %s just as the export holds it', async (resource) => {
    const { platform, shop } = open();
    const [record] = await exportAll(resource);
    if (!record) throw new Error('the store is empty');
    const read = await platform.readOne(shop, resource, idOf(record));
    expect(read && contentOf(read)).toEqual(contentOf(record));
  });

  test.each(resources)('one of %s that is not there is null', async (resource) => {
    const { platform, shop } = open();
    expect(await platform.readOne(shop, resource, '999999999999999999')).toBeNull();
  });

  test('amounts are whole minor units and lines add up to the subtotal', async () => {
    for (const record of await exportAll('orders')) {
      if (record.resource !== 'orders') throw new Error('not an order');
      const { order } = record;
      const amounts = [
        order.subtotalMinor,
        order.discountMinor,
        order.totalMinor,
        order.refundedMinor,
        ...order.lines.map((line) => line.unitPriceMinor),
      ];
      expect(amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
      expect(order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)).toBe(order.subtotalMinor);
    }
  });

  test('tells what changed since a moment, and nothing older', async () => {
    const { platform, shop, ids, renameProduct } = open();
    const since = new Date(Date.now() - 1_000);
    const id = ids.products[3] ?? '';
    await renameProduct(id, 'A new name');
    const { records, next } = await platform.readChanges(shop, 'products', since, null);
    expect(records.map(idOf)).toContain(id);
    expect(records.length).toBeLessThan(ids.products.length);
    expect(next).toBeNull();
    expect(records.find((record) => idOf(record) === id)).toMatchObject({ product: { title: 'A new name' } });
  });

  test('an unknown topic means nothing, a body that is no JSON is refused', () => {
    const { platform, orderTopic } = open();
    expect(platform.parseWebhook('no/such-topic', '{}')).toBeNull();
    expect(() => platform.parseWebhook(orderTopic, '{"id":')).toThrow(
      expect.objectContaining({ name: 'PlatformRefusal' }),
    );
  });

  test('a webhook names the record that it is about', () => {
    const { platform, orderTopic } = open();
    expect(platform.parseWebhook(orderTopic, '{"id":820982911946154508}')).toEqual({
      type: 'order-changed',
      id: '820982911946154508',
      updatedAt: null,
      order: null,
    });
    expect(platform.parseWebhook('constructor', '{}')).toBeNull();
  });

  test.each(resources)('of %s tells which are gone, and of those that are there none', async (resource) => {
    const { platform, shop, ids } = open();
    const there = ids[resource].slice(4, 30);
    const { missing, seen } = await platform.compare(shop, resource, [...there, '999999999']);
    expect(missing).toEqual(['999999999']);
    for (const record of seen) {
      const read = await platform.readOne(shop, resource, idOf(record));
      expect(contentOf(record)).toEqual(read && contentOf(read));
    }
    expect(await platform.compare(shop, resource, [])).toEqual({ missing: [], seen: [] });
  });

  test('what is taken out of the store is gone', async () => {
    const { platform, shop, ids, removeCustomer } = open();
    const id = ids.customers.at(-1) ?? '';
    removeCustomer(id);
    expect((await platform.compare(shop, 'customers', [id])).missing).toEqual([id]);
    expect(await platform.readOne(shop, 'customers', id)).toBeNull();
  });

  test('a code for one order is made once, stands open, and is taken away', async () => {
    const { platform, shop, ids } = open();
    const products = await exportAll('products');
    const record = products.find((one) => one.resource === 'products' && one.product.id === ids.products[0]);
    const variantIds =
      record?.resource === 'products' ? record.product.variants.slice(0, 1).map((variant) => variant.id) : [];
    const now = Date.now();
    const offer = {
      code: 'THANKS-7KQ2',
      title: 'Thank you',
      discountBps: 1250,
      variantIds,
      startsAt: new Date(now - 60_000),
      endsAt: new Date(now + 3_600_000),
      besideShipping: true,
    };
    expect(await platform.readOfferCode(shop, offer.code)).toBe('gone');
    const made = await platform.makeOfferCode(shop, offer);
    expect(await platform.makeOfferCode(shop, offer)).toEqual(made);
    expect(await platform.readOfferCode(shop, offer.code)).toBe('open');
    await platform.removeOfferCode(shop, offer.code);
    await platform.removeOfferCode(shop, offer.code);
    expect(await platform.readOfferCode(shop, offer.code)).toBe('gone');
  });

  codesConformance(open);
  publishingConformance(open);
}
