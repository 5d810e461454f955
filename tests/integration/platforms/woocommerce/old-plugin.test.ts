import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OfferTerms } from '#app/domains/personal-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { changeExperiment, saveExperiment } from '#app/flows/change-experiment.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { capabilitiesOfShop, findConnectedShop } from '#app/flows/connected-shop.ts';
import { saveOffer } from '#app/flows/personal-offers/merchant.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { changePlugin, readPlugin } from '#sandbox/woocommerce/plugin/state.ts';
import { winBack } from '#tests/integration/personal-offers/offer-shop.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
let shopId: ShopId;

beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 4, customers: 2, orders: 2, days: 10 } });
  store.woo.setPlugin('ready');
  shopId = await connectedStore(store);
});
afterAll(() => store.close());
beforeEach(() => useContract(2));

/** The plugin in the store speaks this contract, and was looked for. */
async function useContract(contract: number): Promise<void> {
  changePlugin(store.woo.store, { contract });
  const connected = await findConnectedShop(store.test.services, shopId);
  if (connected) await lookForCompanion(store.test.services, connected, { renew: true });
}
const standing = async () => {
  const shop = await store.test.services.db.inShop(shopId, readShop);
  const can = capabilitiesOfShop(store.test.services, shop);
  return { state: shop.platformState.companion?.state, lacks: can?.lacks, behind: can?.behind };
};

const gift = { type: 'percentage', sizes: [1000], on: 'everything', productIds: [] } as const satisfies object;
const save = (id: string | null, change: OfferTerms['gift'], revision = 0) =>
  saveOffer(store.test.services, shopId, id, {
    ...{ title: 'Come back', revision },
    terms: { ...winBack, gift: change },
  });
const bounded = { ...gift, productIds: [], sizes: [1000], mostMinor: 500 };
const unbounded = { ...gift, productIds: [], sizes: [1000] };

const experiment = (id: string) => ({
  ...{ title: `About ${id}`, subject: { type: 'widget', id }, layer: '', effectBps: 1000, trafficBps: 10_000 },
  arms: [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change: { hide: true } },
  ],
});
const saveTest = (subject: string, id: string | null = null) =>
  saveExperiment(store.test.services, shopId, id, experiment(subject));
const refusal = {
  ok: false,
  code: 'invalid',
  fields: { 'subject.id': expect.stringContaining('Update it') as string },
};

test('a plugin of the contract before goes on with everything, and its merchant is told to update it', async () => {
  await useContract(1);
  expect(await standing()).toEqual({ state: 'connected', lacks: null, behind: true });
  expect(readPlugin(store.woo.store)?.connection).toMatchObject({ shopId });
  const shop = await store.test.services.db.inShop(shopId, readShop);
  const { capabilities } = store.test.services.platforms.woocommerce ?? {};
  expect(capabilitiesOfShop(store.test.services, shop)).toEqual({ ...capabilities, lacks: null, behind: true });
  await useContract(2);
  expect(await standing()).toEqual({ state: 'connected', lacks: null, behind: false });
});

test('one of none at all is too old for everything', async () => {
  await useContract(0);
  expect(await standing()).toEqual({ state: 'outdated', lacks: 'outdated', behind: true });
});

test('“At most” is saved only where the plugin can keep it', async () => {
  await useContract(1);
  expect(await save(null, bounded)).toMatchObject({
    ...{ ok: false, code: 'old-plugin', message: expect.stringContaining('Update the plugin') as string },
  });
  const plain = await save(null, unbounded);
  if (!plain.ok) throw new Error(plain.message);
  expect(await save(plain.value.id, bounded, 1)).toMatchObject({ ok: false, code: 'old-plugin' });
  await useContract(2);
  expect(await save(null, bounded)).toMatchObject({ ok: true });
});

test('the panel after adding is tested only where the plugin says that it asks for it', async () => {
  const { services } = store.test;
  const draft = await saveTest('after');
  if (!draft.ok) throw new Error(draft.message);
  await useContract(1);
  expect(await saveTest('after')).toMatchObject(refusal);
  expect(await saveTest('after', draft.value.id)).toMatchObject(refusal);
  // A draft of a time with another plugin.
  expect(await changeExperiment(services, shopId, draft.value.id, { intent: 'start', arm: '' })).toMatchObject(refusal);
  expect(await saveTest('cart')).toMatchObject({ ok: true });
  await useContract(2);
  const started = await changeExperiment(services, shopId, draft.value.id, { intent: 'start', arm: '' });
  expect(started).toMatchObject({ ok: true, value: { state: 'running' } });
  await changeExperiment(services, shopId, draft.value.id, { intent: 'stop', arm: '' });
});
