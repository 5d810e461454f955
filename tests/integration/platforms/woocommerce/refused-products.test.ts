import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRuns, type RunKind } from '#app/domains/activity/index.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import importShop from '#app/flows/import-shop.ts';
import publishShop from '#app/flows/publish-shop.ts';
import recommendForShop from '#app/flows/recommend-for-shop.ts';
import { startRun } from '#app/flows/start-run.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { readPlugin } from '#sandbox/woocommerce/plugin/state.ts';
import { contextAhead } from '#tests/chaos/healing.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
let shopId: ShopId;

const handlers = { import: importShop, recommend: recommendForShop, publish: publishShop } as const;
async function doRun(kind: keyof typeof handlers & RunKind, services: Services = store.test.services) {
  const run = await startRun(services, shopId, kind);
  await handlers[kind]({ shopId, runId: run.id }, contextAhead(services));
  return (await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 20, kind }))).find(
    ({ id }) => id === run.id,
  );
}

beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 10, customers: 12, orders: 40, days: 60 } });
  store.woo.setPlugin('ready');
  shopId = await connectedStore(store);
  await doRun('import');
  const connected = await findConnectedShop(store.test.services, shopId);
  if (!connected) throw new Error('not connected');
  await lookForCompanion(store.test.services, connected, { renew: true });
  await doRun('recommend');
});
afterAll(() => store.close());

/** The store's own plugin vetoes the saving of one product, as WooCommerce tells it inside a 200. */
function vetoing(vetoed: string): Services {
  const { services } = store.test;
  const { woocommerce } = services.platforms;
  if (!woocommerce) throw new Error('no adapter');
  const publishProducts: typeof woocommerce.publishProducts = async (shop, entries) => {
    const rest = entries.filter(({ productId }) => productId !== vetoed);
    const refused = await woocommerce.publishProducts(shop, rest);
    return rest.length === entries.length ? refused : new Map([...refused, [vetoed, 'Invalid or duplicated SKU.']]);
  };
  return { ...services, platforms: { ...services.platforms, woocommerce: { ...woocommerce, publishProducts } } };
}

const marked = () =>
  [...store.woo.store.products.values()].flatMap(({ id, metaData }) =>
    metaData.some(({ key }) => key.startsWith('_trellis_')) ? [String(id)] : [],
  );

test('a product that the store refuses holds up neither other pages nor the settings, is named, and is tried again', async () => {
  const [first] = [...store.woo.store.products.values()];
  if (!first) throw new Error('no products');
  const vetoed = String(first.id);
  for (const _time of ['first', 'again']) {
    const run = await doRun('publish', vetoing(vetoed));
    expect(run).toMatchObject({ status: 'succeeded', error: null, result: { refused: 1 } });
    expect(run?.result['refusals']).toEqual([`${first.name}: Invalid or duplicated SKU.`]);
    expect(marked()).not.toContain(vetoed);
    expect(marked().length).toBeGreaterThan(3);
    expect(readPlugin(store.woo.store)?.storefront).toMatchObject({ shopId });
  }
  const healed = await doRun('publish');
  expect(healed).toMatchObject({ status: 'succeeded', result: { changed: 1 } });
  expect(healed?.result).not.toHaveProperty('refused');
  expect(marked()).toContain(vetoed);
});
