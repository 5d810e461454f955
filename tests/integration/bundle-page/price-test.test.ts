import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundlePage, forgetBundlePages, liquidWriter, type PageAsk } from '#app/flows/bundle-page.ts';
import { changeExperiment, saveExperiment } from '#app/flows/change-experiment.ts';
import { saveBundle } from '#app/flows/save-bundle.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { makeSet, teaForTwo } from './tea-for-two.ts';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(() => test.dispose());

const experiment = (bundleId: string) => ({
  title: 'Autumn',
  subject: { type: 'price', id: bundleId },
  arms: [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change: { values: [{ type: 'percentage', basisPoints: 2000 }] } },
  ],
  trafficBps: 10_000,
  layer: '',
  effectBps: 1_000,
});

/** A shop with a set at 10 % off 30.00 whose discount is compared with 20 %. */
async function shopWithTest() {
  const { services } = test;
  const shopId = await insertShop(test.database, { currency: 'EUR' });
  await seedProducts(test.database, shopId, [
    { id: '1', variants: [{ id: '11', priceMinor: 1000, costMinor: 100 }] },
    { id: '2', variants: [{ id: '21', priceMinor: 2000, costMinor: 100 }] },
    { id: '3', variants: [{ id: '31', priceMinor: 500, costMinor: 100 }] },
  ]);
  const bundle = await makeSet(test, shopId);
  const saved = await saveExperiment(services, shopId, null, experiment(bundle.id));
  if (!saved.ok) throw new Error(JSON.stringify(saved));
  const change = (intent: 'start' | 'stop') => changeExperiment(services, shopId, saved.value.id, { intent, arm: '' });
  const page = async (
    ask: Omit<Extract<PageAsk, { type: 'bundle' }>, 'pathPrefix'> | { type: 'items'; items: string[] },
  ) => {
    await forgetBundlePages(services, shopId);
    return (await bundlePage(services, shopId, { ...ask, pathPrefix: '/apps/trellis' }, liquidWriter)).text;
  };
  return { shopId, bundle, test: saved.value.id, change, page };
}
const pricesIn = (liquid: string): string[] => [...new Set(liquid.match(/\d+\.\d\d/g) ?? [])].sort();

it('shows each version’s price on one page that all visitors share, only while the test runs', async () => {
  const shop = await shopWithTest();
  const ask = { type: 'bundle' as const, name: shop.bundle.id };
  expect(pricesIn(await shop.page(ask))).not.toContain('24.00');
  expect(await shop.change('start')).toMatchObject({ ok: true });
  const running = await shop.page(ask);
  expect(pricesIn(running)).toEqual(expect.arrayContaining(['27.00', '24.00', '6.00', '3.00']));
  expect(running).toContain(`[data-trellis-arms~="${shop.test}:b"]:has(#trellis-config)`);
  // What is the same for everybody, search engines among them, is what somebody without an id pays.
  expect(running).toContain('content="27.00"');
  // A page that somebody put together is priced as its cart will be.
  const items = await shop.page({ type: 'items', items: ['1', '2', '3'] });
  expect(pricesIn(items)).toEqual(expect.arrayContaining(['32.00', '29.00']));
  expect(await shop.page({ type: 'items', items: ['3', '1'] })).toContain('data-arm');
  expect(await shop.change('stop')).toMatchObject({ ok: true });
  const stopped = await shop.page(ask);
  expect(stopped).not.toContain('data-arm');
  expect(pricesIn(stopped)).not.toContain('24.00');
});

it('keeps a tested title as it is until the test is stopped', async () => {
  const shop = await shopWithTest();
  const titled = await saveExperiment(test.services, shop.shopId, null, {
    ...experiment(shop.bundle.id),
    subject: { type: 'bundle', id: shop.bundle.id },
    arms: [
      { key: 'a', share: 5000, change: {} },
      { key: 'b', share: 5000, change: { title: 'Tea time' } },
    ],
  });
  if (!titled.ok) throw new Error(JSON.stringify(titled));
  const change = (intent: 'start' | 'stop') =>
    changeExperiment(test.services, shop.shopId, titled.value.id, { intent, arm: '' });
  const save = (part: object) =>
    test.services.db.inShop(shop.shopId, (scope) =>
      saveBundle(
        scope,
        { id: shop.bundle.id, revision: shop.bundle.revision, form: { ...teaForTwo, ...part } },
        { now: new Date(), newId: randomUUID },
      ),
    );
  expect(await change('start')).toMatchObject({ ok: true });
  expect(await save({ title: 'Tea' })).toMatchObject({
    code: 'invalid',
    fields: { title: 'An experiment is testing the title of this bundle. Stop it before you change this' },
  });
  expect(await save({ discount: { type: 'percentage', basisPoints: 500 } })).toMatchObject({ ok: true });
  expect(await change('stop')).toMatchObject({ ok: true });
});
