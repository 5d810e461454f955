import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBundle, deleteBundle, getAnyBundle, setBundleStatus } from '#app/domains/bundles/index.ts';
import { saveChoice } from '#app/domains/deliveries/index.ts';
import { findSplitTest, readTestsIn, type SplitTestResult } from '#app/domains/experiments/index.ts';
import { changeExperiment, saveExperiment } from '#app/flows/change-experiment.ts';
import { saveBundle } from '#app/flows/save-bundle.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { Platform } from '#app/platforms/platform.ts';
import type { BundleId, ShopId } from '#app/shared/ids.ts';
import { form, valueOf } from '#tests/integration/bundles/shop.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { insertShop } from '#tests/setup/services.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { atCheckout, halves, insertDraft, losing, onPages, publishNow } from './published-tests.ts';

// Starts, stops and changes of a price test that meet each other, a publication under way, or an answer that is lost.

let store: TestStore;
let services: Services;
let shopId: ShopId;
let products: string[];
let bundle: BundleId;

beforeAll(async () => {
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  const sellable = [...store.sandbox.store.products.values()].filter((one) => !one.isGiftCard).slice(0, 2);
  products = sellable.map((one) => one.id);
  await seedProducts(
    store.test.database,
    shopId,
    sellable.map(({ id }) => ({ id, variants: [{ id: `${id}1`, priceMinor: 2000, costMinor: 500 }] })),
  );
});
afterAll(() => store.close());
beforeEach(async () => {
  services = store.test.services;
  await inShop(async (scope) => {
    await scope.tx.splitTest.deleteMany({});
    await scope.tx.bundle.updateMany({ data: { deletedAt: new Date() } });
    const made = await createBundle(
      scope,
      form({ items: products.map((productId) => ({ productId, variantId: null, quantity: 1 })) }),
      { now: new Date(), newId: randomUUID },
    );
    if (!made.ok) throw new Error(JSON.stringify(made));
    bundle = made.value.id;
  });
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => store.test.services.db.inShop(shopId, work);
const percent = (basisPoints: number) => ({ type: 'percentage' as const, basisPoints });
const draft = async (basisPoints = 2500, subject = bundle as string): Promise<string> => {
  const saved = await saveExperiment(
    services,
    shopId,
    null,
    halves('Price of the set', { type: 'price', id: subject }, { values: [percent(basisPoints)] }),
  );
  if (!saved.ok) throw new Error(JSON.stringify(saved));
  return saved.value.id;
};
/** A draft of the subject whatever the form thinks of it now. */
const draftOf = (subject: string) => inShop((scope) => insertDraft(scope, subject, percent(3000)));
const change = (id: string, intent: 'start' | 'stop' | 'apply' | 'delete', shop = shopId): Promise<SplitTestResult> =>
  changeExperiment(services, shop, id, { intent, arm: 'b' });

const publish = (): Promise<void> => publishNow(services, shopId);

describe('starts and stops that meet', () => {
  it('of two tests of one price that start at once, one runs', async () => {
    const ids = await Promise.all([draft(2000), draft(2500), draft(3000)]);
    const started = await Promise.all(ids.map((id) => change(id, 'start')));
    expect(started.filter((one) => one.ok)).toHaveLength(1);
    for (const refused of started.filter((one) => !one.ok)) expect(refused).toMatchObject({ code: 'same-subject' });
    await publish();
    expect(atCheckout(store)).toHaveLength(1);
  });

  it('one test that is started twice at once starts once', async () => {
    const id = await draft();
    const started = await Promise.all([change(id, 'start'), change(id, 'start')]);
    expect(started.map((one) => (one.ok ? 'started' : one.code)).sort()).toEqual(['started', 'wrong-state']);
  });

  it('a draft that is changed while it starts runs as one or the other, never as a mixture', async () => {
    const other = await inShop(async (scope) => {
      const items = products.map((productId) => ({ productId, variantId: null, quantity: 2 }));
      const made = await createBundle(scope, form({ title: 'Other', items }), { now: new Date(), newId: randomUUID });
      if (!made.ok) throw new Error(JSON.stringify(made));
      return made.value.id;
    });
    const id = await draft();
    const before = await inShop((scope) => findSplitTest(scope, id));
    const widget = { ...before, ...halves('T', { type: 'widget', id: 'cart' }, { hide: true }) };
    await Promise.all([
      change(id, 'start'),
      saveExperiment(services, shopId, id, widget),
      saveExperiment(services, shopId, id, { ...before, subject: { type: 'price', id: other } }),
    ]);
    const after = await inShop((scope) => findSplitTest(scope, id));
    // A widget's test is exposed by any product, a bundle's by its own products.
    if (after?.state === 'running') expect(after.productIds).toEqual(after.subject.type === 'widget' ? [] : products);
  });

  it('is stopped while its start is published: the last word stands in the store', async () => {
    const id = await draft();
    await change(id, 'start');
    const { shopify } = store.test.services.platforms;
    if (!shopify) throw new Error('there is no adapter');
    const slow: Platform = {
      ...shopify,
      async publishDiscount(ref, discount) {
        const done = await shopify.publishDiscount(ref, discount);
        services = store.test.services;
        await change(id, 'stop');
        // A second publication does not overtake the first.
        await expect(publish()).rejects.toThrow('at work');
        return done;
      },
    };
    services = { ...store.test.services, platforms: { ...store.test.services.platforms, shopify: slow } };
    await publish();
    services = store.test.services;
    await publish();
    expect(atCheckout(store)).toEqual([]);
    expect(onPages(store)).toEqual({ tests: [], versions: false });
  });
});

describe('an answer of the store that is lost', () => {
  it.each(['publishDiscount', 'publishProducts', 'publishStorefront'] as const)(
    'of %s, and the test stopped before the next try: nothing of it stays in the store',
    async (call) => {
      await publish();
      const id = await draft();
      await change(id, 'start');
      services = losing(store, call);
      await expect(publish()).rejects.toThrow('lost');
      expect(atCheckout(store)).toHaveLength(1);
      services = store.test.services;
      await change(id, 'stop');
      await publish();
      expect(atCheckout(store)).toEqual([]);
      expect(onPages(store)).toEqual({ tests: [], versions: false });
    },
  );
});

describe('the bundle of a running test', () => {
  it.each<[string, (scope: ShopScope) => Promise<unknown>]>([
    ['deleted', (scope: ShopScope) => deleteBundle(scope, bundle, { now: new Date() })],
    ['paused', (scope: ShopScope) => setBundleStatus(scope, bundle, 'paused', { now: new Date() })],
  ])('is %s: no version of its price is charged, and the test can be stopped', async (_what, act) => {
    const id = await draft();
    await change(id, 'start');
    await publish();
    expect(atCheckout(store)).toHaveLength(1);
    await inShop(act);
    await publish();
    expect(atCheckout(store)).toEqual([]);
    expect(onPages(store).versions).toBe(false);
    expect(await change(id, 'stop')).toMatchObject({ ok: true });
  });

  it('is deleted: no version is applied to it any more', async () => {
    const id = await draft();
    await change(id, 'start');
    await inShop((scope) => deleteBundle(scope, bundle, { now: new Date() }));
    expect(await change(id, 'apply')).toMatchObject({ ok: false, code: 'subject-gone' });
    expect((await inShop((scope) => findSplitTest(scope, id)))?.state).toBe('running');
    expect(await change(await draftOf(bundle), 'start')).toMatchObject({ ok: false });
  });

  it('keeps its price and its parts, also where the editor was open before; its title may change', async () => {
    const id = await draft();
    await change(id, 'start');
    const items = products.map((productId) => ({ productId, variantId: null, quantity: 1 }));
    const save = (values: Parameters<typeof form>[0], revision: number) =>
      inShop((scope) =>
        saveBundle(
          scope,
          { id: bundle, revision, form: form({ items, ...values }) },
          { now: new Date(), newId: randomUUID },
        ),
      );
    expect(await save({ discount: percent(2500) }, 1)).toMatchObject({
      code: 'invalid',
      fields: { 'discount.basisPoints': expect.stringContaining('testing the price') },
    });
    expect(await save({ items: items.map((item) => ({ ...item, quantity: 2 })) }, 1)).toMatchObject({
      code: 'invalid',
      fields: { items: expect.any(String) },
    });
    expect(await save({ title: 'Another title' }, 1)).toMatchObject({ ok: true });
    await change(id, 'stop');
    expect(await save({ discount: percent(2500) }, 2)).toMatchObject({ ok: true });
  });

  it('becomes a product of the store, which has one price: it waits until the test is over', async () => {
    const id = await draft();
    await change(id, 'start');
    await inShop((scope) => saveChoice(scope, bundle, 'native'));
    const second = await draftOf(bundle);
    expect(await change(second, 'start')).toMatchObject({ ok: false, code: 'price-refused' });
    await inShop(({ tx }) => tx.bundleDelivery.deleteMany({}));
  });
});

describe('a bundle with steps', () => {
  const items = () => products.map((productId) => ({ productId, variantId: null, quantity: 1, role: 'part' as const }));
  const formOf = (...steps: readonly number[]) => ({
    ...form(),
    kind: 'quantity-breaks' as const,
    items: items(),
    terms: { per: 'mixed' as const, tiers: steps.map((bps, at) => ({ units: at + 2, value: percent(bps) })) },
  });
  const context = () => ({ now: new Date(), newId: randomUUID });

  it('is tested step by step: at the checkout, on the pages, and as it is applied; meanwhile its steps stay', async () => {
    const made = await inShop(async (scope) => valueOf(await createBundle(scope, formOf(500, 1000), context())));
    const { id } = made;
    const tested = async (...values: number[]): Promise<SplitTestResult> =>
      saveExperiment(services, shopId, null, halves('Steps', { type: 'price', id }, { values: values.map(percent) }));
    expect(await tested(1000)).toMatchObject({ fields: { 'arms.1.change.values': expect.any(String) } });
    expect(await tested(1000, 900)).toMatchObject({ fields: { 'arms.1.change.values.1': expect.any(String) } });
    const saved = await tested(1500, 2500);
    if (!saved.ok) throw new Error(JSON.stringify(saved));
    expect(await change(saved.value.id, 'start')).toMatchObject({ ok: true, value: { productIds: products } });
    await publish();
    expect(atCheckout(store)).toMatchObject([
      { bundleId: id, arms: [{ values: [] }, { values: [percent(1500), percent(2500)] }] },
    ]);
    expect(onPages(store).versions).toBe(true);
    const edit = formOf(600, 1000);
    expect(await inShop((scope) => saveBundle(scope, { id, revision: 1, form: edit }, context()))).toMatchObject({
      fields: { 'terms.tiers': expect.stringContaining('testing the price') },
    });
    expect(await change(saved.value.id, 'apply')).toMatchObject({ ok: true });
    const after = await inShop((scope) => getAnyBundle(scope, id, new Date()));
    expect(after).toMatchObject({ value: { bundle: { terms: formOf(1500, 2500).terms, discount: percent(2500) } } });
  });

  it('has its title tested, and is seen on the pages of what is bought', async () => {
    const [buy, get] = items();
    if (!buy || !get) throw new Error('no products');
    const terms = { buyUnits: 1, getUnits: 1, value: percent(1000), timesPerOrder: 1 };
    const deal = {
      ...form(),
      kind: 'buy-x-get-y' as const,
      items: [
        { ...buy, role: 'buy' },
        { ...get, role: 'get' },
      ],
      terms,
    };
    const made = await inShop(async (scope) => valueOf(await createBundle(scope, deal, context())));
    const saved = await saveExperiment(
      services,
      shopId,
      null,
      halves('Title', { type: 'bundle', id: made.id }, { title: 'Take two' }),
    );
    if (!saved.ok) throw new Error(JSON.stringify(saved));
    expect(await change(saved.value.id, 'start')).toMatchObject({ value: { productIds: [buy.productId] } });
    expect(await change(saved.value.id, 'apply')).toMatchObject({ ok: true });
    expect(await inShop((scope) => getAnyBundle(scope, made.id, new Date()))).toMatchObject({
      value: { bundle: { title: 'Take two', terms } },
    });
  });
});

describe('another shop', () => {
  it('neither starts, stops, applies nor deletes it', async () => {
    const other = await insertShop(store.test.database, { domain: `${randomUUID()}.myshopify.com` });
    const id = await draft();
    await change(id, 'start');
    for (const intent of ['start', 'stop', 'apply', 'delete'] as const)
      expect(await change(id, intent, other)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await inShop((scope) => readTestsIn(scope, ['running']))).toHaveLength(1);
    // Nor is a bundle of this shop anything that the other could test.
    const theirs = await saveExperiment(
      services,
      other,
      null,
      halves('T', { type: 'price', id: bundle }, { values: [percent(2500)] }),
    );
    expect(theirs).toMatchObject({ ok: false, code: 'price-refused' });
  });
});

it('is refused once a cost has risen between draft and start', async () => {
  const id = await draft(3000);
  await inShop(({ tx }) => tx.variant.updateMany({ data: { costMinor: 1600n } }));
  try {
    expect(await change(id, 'start')).toMatchObject({ ok: false, code: 'price-refused' });
  } finally {
    await inShop(({ tx }) => tx.variant.updateMany({ data: { costMinor: 500n } }));
  }
});
