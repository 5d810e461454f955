import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBundle } from '#app/domains/bundles/index.ts';
import { findSplitTest, readTestsIn } from '#app/domains/experiments/index.ts';
import { saveExperiment } from '#app/flows/change-experiment.ts';
import type { Platform } from '#app/platforms/platform.ts';
import type { BundleId } from '#app/shared/ids.ts';
import { form, valueOf } from '#tests/integration/bundles/shop.ts';
import { insertShop } from '#tests/setup/services.ts';
import { openPriceTests, percent, type PriceTests } from './price-tests.ts';
import { atCheckout, halves, losing, onPages } from './published-tests.ts';

// Starts, stops and changes of a price test that meet each other, a publication under way, or an answer that is lost.

let tests: PriceTests;
let bundle: BundleId;
beforeAll(async () => {
  tests = await openPriceTests();
});
afterAll(() => tests.store.close());
beforeEach(async () => {
  bundle = await tests.beginAnew();
});

describe('starts and stops that meet', () => {
  it('of two tests of one price that start at once, one runs', async () => {
    const ids = await Promise.all([
      tests.draft(bundle, percent(2000)),
      tests.draft(bundle, percent(2500)),
      tests.draft(bundle, percent(3000)),
    ]);
    const started = await Promise.all(ids.map((id) => tests.change(id, 'start')));
    expect(started.filter((one) => one.ok)).toHaveLength(1);
    for (const refused of started.filter((one) => !one.ok)) expect(refused).toMatchObject({ code: 'same-subject' });
    await tests.publish();
    expect(atCheckout(tests.store)).toHaveLength(1);
  });

  it('one test that is started twice at once starts once', async () => {
    const id = await tests.draft(bundle, percent(2500));
    const started = await Promise.all([tests.change(id, 'start'), tests.change(id, 'start')]);
    expect(started.map((one) => (one.ok ? 'started' : one.code)).sort()).toEqual(['started', 'wrong-state']);
  });

  it('a draft that is changed while it starts runs as one or the other, never as a mixture', async () => {
    const other = await tests.inShop(async (scope) => {
      const items = tests.products.map((productId) => ({ productId, variantId: null, quantity: 2 }));
      const made = await createBundle(scope, form({ title: 'Other', items }), { now: new Date(), newId: randomUUID });
      return valueOf(made).id;
    });
    const id = await tests.draft(bundle, percent(2500));
    const before = await tests.inShop((scope) => findSplitTest(scope, id));
    const widget = { ...before, ...halves('T', { type: 'widget', id: 'cart' }, { hide: true }) };
    await Promise.all([
      tests.change(id, 'start'),
      saveExperiment(tests.services, tests.shopId, id, widget),
      saveExperiment(tests.services, tests.shopId, id, { ...before, subject: { type: 'price', id: other } }),
    ]);
    const after = await tests.inShop((scope) => findSplitTest(scope, id));
    // A widget's test is exposed by any product, a bundle's by its own products.
    if (after?.state === 'running')
      expect(after.productIds).toEqual(after.subject.type === 'widget' ? [] : tests.products);
  });

  it('is stopped while its start is published: the last word stands in the store', async () => {
    const id = await tests.draft(bundle, percent(2500));
    await tests.change(id, 'start');
    const { shopify } = tests.services.platforms;
    if (!shopify) throw new Error('there is no adapter');
    const slow: Platform = {
      ...shopify,
      async publishDiscount(ref, discount) {
        const done = await shopify.publishDiscount(ref, discount);
        await tests.change(id, 'stop');
        // A second publication does not overtake the first.
        await expect(tests.publish()).rejects.toThrow('at work');
        return done;
      },
    };
    await tests.publish({ ...tests.services, platforms: { ...tests.services.platforms, shopify: slow } });
    await tests.publish();
    expect(atCheckout(tests.store)).toEqual([]);
    expect(onPages(tests.store)).toEqual({ tests: [], versions: false });
  });
});

describe('an answer of the store that is lost', () => {
  it.each(['publishDiscount', 'publishProducts', 'publishStorefront'] as const)(
    'of %s, and the test stopped before the next try: nothing of it stays in the store',
    async (call) => {
      await tests.publish();
      const id = await tests.draft(bundle, percent(2500));
      await tests.change(id, 'start');
      await expect(tests.publish(losing(tests.store, call))).rejects.toThrow('lost');
      expect(atCheckout(tests.store)).toHaveLength(1);
      await tests.change(id, 'stop');
      await tests.publish();
      expect(atCheckout(tests.store)).toEqual([]);
      expect(onPages(tests.store)).toEqual({ tests: [], versions: false });
    },
  );
});

describe('another shop', () => {
  it('neither starts, stops, applies nor deletes it', async () => {
    const other = await insertShop(tests.store.test.database, { domain: `${randomUUID()}.myshopify.com` });
    const id = await tests.draft(bundle, percent(2500));
    await tests.change(id, 'start');
    for (const intent of ['start', 'stop', 'apply', 'delete'] as const)
      expect(await tests.change(id, intent, other)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await tests.inShop((scope) => readTestsIn(scope, ['running']))).toHaveLength(1);
    // Nor is a bundle of this shop anything that the other could test.
    const theirs = await saveExperiment(
      tests.services,
      other,
      null,
      halves('T', { type: 'price', id: bundle }, { values: [percent(2500)] }),
    );
    expect(theirs).toMatchObject({ ok: false, code: 'price-refused' });
  });
});
