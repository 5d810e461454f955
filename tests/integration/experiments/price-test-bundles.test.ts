import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBundle, deleteBundle, getAnyBundle, setBundleStatus } from '#app/domains/bundles/index.ts';
import { saveChoice } from '#app/domains/deliveries/index.ts';
import { findSplitTest, type SplitTestResult } from '#app/domains/experiments/index.ts';
import { saveExperiment } from '#app/flows/change-experiment.ts';
import { saveBundle } from '#app/flows/save-bundle.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { BundleId } from '#app/shared/ids.ts';
import { form, valueOf } from '#tests/integration/bundles/shop.ts';
import { oneOfEach, openPriceTests, percent, type PriceTests } from './price-tests.ts';
import { atCheckout, halves, insertDraft, onPages } from './published-tests.ts';

// What a test asks of the bundle whose price it tries, and what the bundle's merchant may do meanwhile.

let tests: PriceTests;
let bundle: BundleId;
beforeAll(async () => {
  tests = await openPriceTests();
});
afterAll(() => tests.store.close());
beforeEach(async () => {
  bundle = await tests.beginAnew();
});

/** A draft of the subject whatever the form thinks of it now. */
const draftOf = (subject: string) => tests.inShop((scope) => insertDraft(scope, subject, percent(3000)));

describe('the bundle of a running test', () => {
  it.each<[string, (scope: ShopScope) => Promise<unknown>]>([
    ['deleted', (scope: ShopScope) => deleteBundle(scope, bundle, { now: new Date() })],
    ['paused', (scope: ShopScope) => setBundleStatus(scope, bundle, 'paused', { now: new Date() })],
  ])('is %s: no version of its price is charged, and the test can be stopped', async (_what, act) => {
    const id = await tests.draft(bundle, percent(2500));
    await tests.change(id, 'start');
    await tests.publish();
    expect(atCheckout(tests.store)).toHaveLength(1);
    await tests.inShop(act);
    await tests.publish();
    expect(atCheckout(tests.store)).toEqual([]);
    expect(onPages(tests.store).versions).toBe(false);
    expect(await tests.change(id, 'stop')).toMatchObject({ ok: true });
  });

  it('is deleted: no version is applied to it any more', async () => {
    const id = await tests.draft(bundle, percent(2500));
    await tests.change(id, 'start');
    await tests.inShop((scope) => deleteBundle(scope, bundle, { now: new Date() }));
    expect(await tests.change(id, 'apply')).toMatchObject({ ok: false, code: 'subject-gone' });
    expect((await tests.inShop((scope) => findSplitTest(scope, id)))?.state).toBe('running');
    expect(await tests.change(await draftOf(bundle), 'start')).toMatchObject({ ok: false });
  });

  it('keeps its price and its parts, also where the editor was open before; its title may change', async () => {
    const id = await tests.draft(bundle, percent(2500));
    await tests.change(id, 'start');
    const items = oneOfEach(tests.products);
    const save = (values: Parameters<typeof form>[0], revision: number) =>
      tests.inShop((scope) =>
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
    await tests.change(id, 'stop');
    expect(await save({ discount: percent(2500) }, 2)).toMatchObject({ ok: true });
  });

  it('becomes a product of the store, which has one price: it waits until the test is over', async () => {
    const id = await tests.draft(bundle, percent(2500));
    await tests.change(id, 'start');
    await tests.inShop((scope) => saveChoice(scope, bundle, 'native'));
    const second = await draftOf(bundle);
    expect(await tests.change(second, 'start')).toMatchObject({ ok: false, code: 'price-refused' });
    await tests.inShop(({ tx }) => tx.bundleDelivery.deleteMany({}));
  });
});

describe('a bundle with steps', () => {
  const items = () =>
    tests.products.map((productId) => ({ productId, variantId: null, quantity: 1, role: 'part' as const }));
  const formOf = (...steps: readonly number[]) => ({
    ...form(),
    kind: 'quantity-breaks' as const,
    items: items(),
    terms: { per: 'mixed' as const, tiers: steps.map((bps, at) => ({ units: at + 2, value: percent(bps) })) },
  });
  const context = () => ({ now: new Date(), newId: randomUUID });

  it('is tested step by step: at the checkout, on the pages, and as it is applied; meanwhile its steps stay', async () => {
    const made = await tests.inShop(async (scope) => valueOf(await createBundle(scope, formOf(500, 1000), context())));
    const { id } = made;
    const tested = async (...values: number[]): Promise<SplitTestResult> =>
      saveExperiment(
        tests.services,
        tests.shopId,
        null,
        halves('Steps', { type: 'price', id }, { values: values.map(percent) }),
      );
    expect(await tested(1000)).toMatchObject({ fields: { 'arms.1.change.values': expect.any(String) } });
    expect(await tested(1000, 900)).toMatchObject({ fields: { 'arms.1.change.values.1': expect.any(String) } });
    const saved = await tested(1500, 2500);
    if (!saved.ok) throw new Error(JSON.stringify(saved));
    expect(await tests.change(saved.value.id, 'start')).toMatchObject({
      ok: true,
      value: { productIds: tests.products },
    });
    await tests.publish();
    expect(atCheckout(tests.store)).toMatchObject([
      { bundleId: id, arms: [{ values: [] }, { values: [percent(1500), percent(2500)] }] },
    ]);
    expect(onPages(tests.store).versions).toBe(true);
    const edit = formOf(600, 1000);
    expect(await tests.inShop((scope) => saveBundle(scope, { id, revision: 1, form: edit }, context()))).toMatchObject({
      fields: { 'terms.tiers': expect.stringContaining('testing the price') },
    });
    expect(await tests.change(saved.value.id, 'apply')).toMatchObject({ ok: true });
    const after = await tests.inShop((scope) => getAnyBundle(scope, id, new Date()));
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
    const made = await tests.inShop(async (scope) => valueOf(await createBundle(scope, deal, context())));
    const saved = await saveExperiment(
      tests.services,
      tests.shopId,
      null,
      halves('Title', { type: 'bundle', id: made.id }, { title: 'Take two' }),
    );
    if (!saved.ok) throw new Error(JSON.stringify(saved));
    expect(await tests.change(saved.value.id, 'start')).toMatchObject({ value: { productIds: [buy.productId] } });
    expect(await tests.change(saved.value.id, 'apply')).toMatchObject({ ok: true });
    expect(await tests.inShop((scope) => getAnyBundle(scope, made.id, new Date()))).toMatchObject({
      value: { bundle: { title: 'Take two', terms } },
    });
  });
});

it('is refused once a cost has risen between draft and start', async () => {
  const id = await tests.draft(bundle, percent(3000));
  await tests.inShop(({ tx }) => tx.variant.updateMany({ data: { costMinor: 1600n } }));
  try {
    expect(await tests.change(id, 'start')).toMatchObject({ ok: false, code: 'price-refused' });
  } finally {
    await tests.inShop(({ tx }) => tx.variant.updateMany({ data: { costMinor: 500n } }));
  }
});
