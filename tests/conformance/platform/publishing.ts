import { expect, test } from 'vitest';
import { matrixOfRow } from '#app/domains/incentives/index.ts';
import type { PlatformUnderTest } from './suite.ts';

/** What every adapter must do alike with what we put into a store: pages, settings, discounts and tags. */
export function publishingConformance(open: () => PlatformUnderTest): void {
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
