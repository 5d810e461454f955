import { expect, test } from 'vitest';
import { matrixOfRow } from '#app/domains/incentives/index.ts';
import type { ExportResource, Platform, PlatformRecord, ShopRef } from '#app/platforms/platform.ts';

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
  /** puts our companion into the store, unknown to us; false where the platform needs none */
  installCompanion(state: 'missing' | 'waiting' | 'ready'): boolean;
}

const resources: readonly ExportResource[] = ['products', 'customers', 'orders'];

const idOf = (record: PlatformRecord): string => {
  if (record.resource === 'products') return record.product.id;
  return record.resource === 'customers' ? record.customer.id : record.order.id;
};

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

  test.each(resources)('exports every record of %s once, and goes on after any number of them', async (resource) => {
    const all = (await exportAll(resource)).map(idOf);
    expect([...all].sort()).toEqual([...open().ids[resource]].sort());
    expect((await exportAll(resource, 7)).map(idOf)).toEqual(all.slice(7));
  });

  test.each(resources)('reads one of %s just as the export holds it', async (resource) => {
    const { platform, shop } = open();
    const [record] = await exportAll(resource);
    if (!record) throw new Error('the store is empty');
    expect(await platform.readOne(shop, resource, idOf(record))).toEqual(record);
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
    expect(await platform.findMissing(shop, resource, [...there, '999999999'])).toEqual(['999999999']);
    expect(await platform.findMissing(shop, resource, [])).toEqual([]);
  });

  test('what is taken out of the store is gone', async () => {
    const { platform, shop, ids, removeCustomer } = open();
    const id = ids.customers.at(-1) ?? '';
    removeCustomer(id);
    expect(await platform.findMissing(shop, 'customers', [id])).toEqual([id]);
    expect(await platform.readOne(shop, 'customers', id)).toBeNull();
  });

  test('publishing twice leaves what publishing once did; a product that is gone does not hold up the others', async () => {
    const { platform, shop, ids, publishedOn } = open();
    const [first = '', second = '', third = ''] = ids.products;
    const entries = [
      { productId: '999999999', together: [first], similar: [], bundles: [] },
      { productId: first, together: [second, third], similar: [third], bundles: [] },
    ];
    const before = publishedOn(first);
    await platform.publishProducts(shop, entries);
    const once = publishedOn(first);
    expect(once).not.toEqual(before);
    await platform.publishProducts(shop, entries);
    expect(publishedOn(first)).toEqual(once);
    await platform.publishProducts(shop, [{ productId: first, together: [], similar: [], bundles: [] }]);
    expect(publishedOn(first)).toEqual(before);
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

  test('customers get tags of ours and lose them; a repetition changes nothing, and who is not there is told', async () => {
    const { platform, shop, ids, tagsOn } = open();
    const [first = '', second = ''] = ids.customers;
    const before = tagsOn(first);
    const tagging = (customerId: string, add: string[], remove: string[], all: string[]) => ({
      ...{ customerId, add, remove, all },
    });
    const both = ['At risk', 'Größte'];
    for (const _time of ['first', 'again']) {
      const given = [first, second].map((id) => tagging(id, both, [], both));
      expect(await platform.tagCustomers(shop, given)).toEqual(new Map());
      expect([...tagsOn(first)].sort()).toEqual([...before, ...both].sort());
    }
    for (const _time of ['first', 'again']) {
      const refused = await platform.tagCustomers(shop, [
        tagging('999999999999', both, [], both),
        tagging(first, [], ['At risk'], ['Größte']),
      ]);
      expect([...refused.keys()]).toEqual(['999999999999']);
      expect([...tagsOn(first)].sort()).toEqual([...before, 'Größte'].sort());
      expect(tagsOn(second)).toEqual(expect.arrayContaining(both));
    }
    expect(await platform.tagCustomers(shop, [tagging(first, [], ['Größte'], [])])).toEqual(new Map());
    expect(tagsOn(first)).toEqual(before);
    expect(await platform.tagCustomers(shop, [])).toEqual(new Map());
  });

  // The companion that is put in anew has forgotten all that was published, so one test follows it from its beginning.
  test('the companion is found, handed the connection once, and takes what is published; a store that lost it says so', async () => {
    const { platform, shop, ids, installCompanion, publishedSettings, discountConfigs } = open();
    const settings = (holdoutBps: number) => ({
      ...{ shopId: shop.shopId, holdoutBps, salt: 'salt', popular: ids.products.slice(0, 2) },
      ...{ goals: [], signalsEndpoint: 'https://app.example.com/signals', tests: [] },
      changes: [{ subject: 'widget:cart', change: { title: 'Before you go' } }],
    });
    const discount = (configs: string[]) => ({
      ...{ title: 'Trellis bundles', configs, startsAt: new Date('2026-01-01') },
      combinesWith: matrixOfRow({ order: false, product: false, shipping: true }),
    });
    const look = async (renew = false) => {
      const found = await platform.checkCompanion(shop, { renew });
      return found && [found.companion.state, found.handedOver];
    };
    if (installCompanion('missing')) {
      const absent = { name: 'CompanionAbsent', state: 'missing' };
      expect(await look()).toEqual(['missing', false]);
      await expect(platform.publishStorefront(shop, settings(0))).rejects.toMatchObject(absent);
      await expect(platform.publishDiscount(shop, discount(['{"a":1}']))).rejects.toMatchObject(absent);
      await expect(platform.publishDiscount(shop, discount([]))).rejects.toMatchObject(absent);
      installCompanion('waiting');
      expect(await look()).toEqual(['waiting', false]);
      await expect(platform.publishStorefront(shop, settings(0))).rejects.toMatchObject({ state: 'waiting' });
      expect(platform.capabilitiesOf(null).lacks).toBe('missing');
      installCompanion('ready');
      expect(await look()).toEqual(['connected', true]);
      expect(await look()).toEqual(['connected', false]);
      expect(await look(true)).toEqual(['connected', false]);
    } else {
      expect([await look(), await look(true), platform.capabilitiesOf(null).lacks]).toEqual([null, null, null]);
    }

    await platform.publishStorefront(shop, settings(500));
    const once = publishedSettings();
    expect(once).toMatchObject({ shopId: shop.shopId, holdoutBps: 500, changes: settings(0).changes });
    await platform.publishStorefront(shop, settings(500));
    expect(publishedSettings()).toEqual(once);
    await platform.publishStorefront(shop, settings(700));
    expect(publishedSettings()).toMatchObject({ holdoutBps: 700 });

    const { discountId } = await platform.publishDiscount(shop, discount(['{"a":1}', '{"b":2}']));
    expect(discountId).not.toBeNull();
    expect(discountConfigs()).toEqual(['{"a":1}', '{"b":2}']);
    expect(await platform.publishDiscount(shop, discount(['{"a":1}', '{"b":2}']))).toEqual({ discountId });
    // One that shrank leaves nothing behind that would still be read.
    expect(await platform.publishDiscount(shop, discount(['{"c":3}']))).toEqual({ discountId });
    expect(discountConfigs()).toEqual(['{"c":3}']);
    for (const _time of ['first', 'again']) {
      expect(await platform.publishDiscount(shop, discount([]))).toEqual({ discountId: null });
      expect(discountConfigs()).toEqual([]);
    }
    expect(publishedSettings()).toMatchObject({ holdoutBps: 700 });
  });
}
