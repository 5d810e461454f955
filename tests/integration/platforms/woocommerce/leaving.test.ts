import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import { hashEmail } from '#app/domains/customers/index.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { capabilitiesOfShop, findConnectedShop } from '#app/flows/connected-shop.ts';
import { disconnectStore } from '#app/flows/disconnect-store.ts';
import eraseLeftShop from '#app/flows/erase-left-shop.ts';
import forgetOldRecords from '#app/flows/forget-old-records.ts';
import importShop from '#app/flows/import-shop.ts';
import publishShop from '#app/flows/publish-shop.ts';
import recommendForShop from '#app/flows/recommend-for-shop.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startRun } from '#app/flows/start-run.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import { saveAccess } from '#app/platforms/woocommerce/auth/store.ts';
import { signPluginCall } from '#app/platforms/woocommerce/plugin/signature.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { readPlugin } from '#sandbox/woocommerce/plugin/state.ts';
import { contextAhead } from '#tests/chaos/healing.ts';
import { insertShop } from '#tests/setup/services.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
let shopId: ShopId;

const runs = {
  import: importShop,
  publish: publishShop,
  recommend: recommendForShop,
  reconcile: reconcileShop,
} as const;
async function doRun(kind: keyof typeof runs): Promise<Run | undefined> {
  const { services } = store.test;
  const run = await startRun(services, shopId, kind);
  await runs[kind]({ shopId, runId: run.id }, contextAhead(services));
  return (await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 20, kind }))).find(
    ({ id }) => id === run.id,
  );
}
async function look(): Promise<void> {
  const connected = await findConnectedShop(store.test.services, shopId);
  if (connected) await lookForCompanion(store.test.services, connected, { renew: true });
}

beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 10, customers: 12, orders: 40, days: 60 } });
  store.woo.setPlugin('ready');
  shopId = await connectedStore(store);
  await doRun('import');
  await look();
});
afterAll(() => store.close());

test('a plugin that is taken away without a word: the rest goes on, the merchant is told, and a new one is told everything', async () => {
  const { services } = store.test;
  const shop = () => services.db.inShop(shopId, readShop);
  const marked = () =>
    [...store.woo.store.products.values()].filter(({ metaData }) =>
      metaData.some(({ key }) => key.startsWith('_trellis_')),
    ).length;
  await doRun('recommend');
  await doRun('publish');
  expect(readPlugin(store.woo.store)?.storefront).not.toBeNull();
  const published = marked();
  expect(published).toBeGreaterThan(0);

  store.woo.setPlugin('missing');
  await services.db.inShop(shopId, (scope) => mergePlatformState(scope, { storefrontDigest: 'of other settings' }));
  expect(await doRun('publish')).toMatchObject({ status: 'succeeded', error: null });
  expect((await shop()).platformState.companion?.state).toBe('missing');
  expect(capabilitiesOfShop(services, await shop())).toMatchObject({ lacks: 'missing', discountEngine: 'none' });
  expect(await doRun('reconcile')).toMatchObject({ status: 'succeeded', error: null });

  store.woo.setPlugin('ready');
  expect(await doRun('reconcile')).toMatchObject({ status: 'succeeded' });
  expect((await shop()).platformState.companion?.state).toBe('connected');
  const [waiting] = await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'publish' }));
  expect(waiting?.status).toBe('queued');
  await publishShop({ shopId, runId: waiting?.id ?? '' }, contextAhead(services));
  expect(readPlugin(store.woo.store)?.storefront).toMatchObject({ shopId });
  expect(marked()).toBe(published);
});

test('webhooks that a first try has mended are told by the try that ends, once', async () => {
  const { services } = store.test;
  await doRun('reconcile');
  const [first, second] = [...store.woo.store.webhooks.values()];
  if (!first || !second) throw new Error('no webhooks');
  store.woo.store.put('webhooks', { ...first, status: 'disabled', failureCount: 6 });
  store.woo.store.remove('webhooks', second.id);
  const run = await startRun(services, shopId, 'reconcile');
  const woocommerce = services.platforms.woocommerce;
  if (!woocommerce) throw new Error('no adapter');
  const readChanges = () => Promise.reject(new PlatformUnavailable('The store could not answer: 503', 1));
  const broken = { ...services, platforms: { ...services.platforms, woocommerce: { ...woocommerce, readChanges } } };
  const ids = { shopId, runId: run.id };
  await expect(reconcileShop(ids, contextAhead(broken))).rejects.toBeInstanceOf(PlatformUnavailable);
  await reconcileShop(ids, contextAhead(services));
  const [told] = await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'reconcile' }));
  expect(told).toMatchObject({ status: 'succeeded', result: { webhooks: 2 } });
});

test('whom WordPress erases is forgotten here: the person and what leads to them, no sum and nobody else', async () => {
  const { services } = store.test;
  const read = () =>
    services.db.inShop(shopId, async ({ tx }) => ({
      customers: await tx.customer.findMany({ where: { shopId }, orderBy: { id: 'asc' } }),
      orders: await tx.order.findMany({ where: { shopId }, orderBy: { id: 'asc' } }),
    }));
  const before = await read();
  const own = before.orders.find(({ customerId }) => customerId !== null);
  const guest = before.orders.find(({ customerId }) => customerId === null);
  const person = store.woo.store.customers.get(Number(own?.customerId));
  if (!own || !guest || !person) throw new Error('nobody to forget');
  await services.db.inShop(shopId, ({ tx }) =>
    tx.order.updateMany({ where: { id: guest.id }, data: { visitorId: 'v' } }),
  );
  const forget = (body: unknown) => {
    const { connection } = readPlugin(store.woo.store) ?? {};
    const text = JSON.stringify(body);
    const call = { time: String(Math.floor(Date.now() / 1000)), method: 'POST', target: '/plugin/woocommerce/forget' };
    const signature = signPluginCall(connection?.secret ?? '', { ...call, body: Buffer.from(text) });
    return fetch(`${store.appUrl}${call.target}`, {
      method: 'POST',
      body: text,
      headers: { 'x-trellis-shop': shopId, 'x-trellis-time': call.time, 'x-trellis-signature': signature },
    });
  };
  const sent = { customerId: String(person.id), email: person.email, orderIds: [own.id, guest.id] };
  for (const times of ['once', 'twice']) expect([times, (await forget(sent)).status]).toEqual([times, 200]);
  const after = await read();
  const hash = hashEmail(services.secrets, person.email);
  expect(after.customers).toEqual(
    before.customers.filter(({ id, emailHash }) => id !== String(person.id) && emailHash !== hash),
  );
  expect(after.orders.map(({ totalMinor }) => totalMinor)).toEqual(before.orders.map(({ totalMinor }) => totalMinor));
  const belongs = ({ id, customerId }: (typeof before.orders)[number]) =>
    customerId === String(person.id) || id === guest.id;
  expect(after.orders.filter((_, at) => before.orders[at] && belongs(before.orders[at]))).toEqual(
    before.orders
      .filter(belongs)
      .map((order) => ({ ...order, customerId: null, visitorId: null, country: null, region: null })),
  );
  expect(after.orders.filter(({ customerId }) => customerId !== null)).toEqual(
    before.orders.filter((order) => order.customerId !== null && !belongs(order)),
  );
  for (const wrong of [{}, { ...sent, orderIds: ['x'] }, { ...sent, customerId: 'x' }, []])
    expect((await forget(wrong)).status).toBe(400);
});

test('a shop is kept for thirty days after its merchant took leave, on either platform, and who comes back keeps it', async () => {
  const { services, database } = store.test;
  const shopify = await insertShop(database, { platform: 'shopify' });
  const returned = await insertShop(database, { platform: 'shopify' });
  const recent = await insertShop(database, { platform: 'woocommerce', domain: 'recent.example' });
  const active = await insertShop(database, { platform: 'woocommerce', domain: 'active.example' });
  const left = await insertShop(database, { platform: 'woocommerce', domain: 'left.example' });
  await services.db.inShop(left, async (scope) => {
    await upsertOrders(scope, [platformOrder({ id: '1' })]);
    const access = { address: 'https://left.example', permalinks: 'pretty', keysIn: 'header' } as const;
    const keys = { consumerKey: 'ck_1', consumerSecret: 'cs_1' };
    await saveAccess(scope, services.secrets, { ...access, ...keys }, 'secret', new Date());
  });
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);
  const leave = (id: ShopId, at: Date) =>
    services.db.inShop(id, ({ tx }) =>
      tx.shop.update({ where: { id }, data: { status: 'uninstalled', uninstalledAt: at } }),
    );
  for (const id of [left, shopify, returned]) await leave(id, daysAgo(31));
  await leave(recent, daysAgo(29));

  const asked: ShopId[] = [];
  const enqueue = (_job: unknown, payload: { shopId: ShopId }) => Promise.resolve(void asked.push(payload.shopId));
  const context = contextAhead({ ...services, queue: { ...services.queue, enqueue } as typeof services.queue });
  await forgetOldRecords({}, context);
  expect(new Set(asked)).toEqual(new Set([left, shopify, returned]));

  await services.db.inShop(returned, ({ tx }) =>
    tx.shop.update({ where: { id: returned }, data: { status: 'installed' } }),
  );
  for (const id of [...asked, recent, active]) await eraseLeftShop({ shopId: id }, contextAhead(services));
  const rest = await services.db.asSystem(async ({ tx }) => ({
    shops: (await tx.shop.findMany()).map(({ id }) => id),
    orders: await tx.order.count({ where: { shopId: left } }),
    keys: await tx.woocommerceStore.count({ where: { shopId: left } }),
  }));
  expect(rest).toMatchObject({ orders: 0, keys: 0 });
  expect(new Set(rest.shops)).toEqual(new Set([shopId, returned, recent, active]));
});

test('a key that the merchant revoked between two tries: what still stands in the store is not called cleared', async () => {
  // A store of its own: it is left.
  const own = await startWooTestStore({ size: { products: 2, customers: 2, orders: 0, days: 1 } });
  onTestFinished(() => own.close());
  own.woo.setPlugin('ready');
  const shopId = await connectedStore(own);
  const { services } = own.test;
  const site = own.woo.store;
  const ref = { shopId, domain: new URL(own.woo.url).host };
  const { woocommerce } = services.platforms;
  if (!woocommerce) throw new Error('no adapter');
  await woocommerce.checkCompanion(ref, { renew: true });
  const [product] = [...site.products.values()];
  const now = Date.now();
  await woocommerce.makeOfferCode(ref, {
    ...{ code: 'THX-STAYS', title: 'Thank you', discountBps: 1000, variantIds: [String(product?.id)] },
    ...{ startsAt: new Date(now), endsAt: new Date(now + 3_600_000), besideShipping: true },
  });
  await disconnectStore(services, shopId);
  const leave = (repeated: boolean) => woocommerce.leaveStore(ref, { force: false, repeated });
  own.woo.faults.unavailable = 100;
  await expect(leave(false)).rejects.toBeInstanceOf(PlatformUnavailable);
  own.woo.faults.unavailable = 0;
  for (const { id } of [...site.keys.values()]) site.remove('keys', id);
  expect(await leave(true)).toMatchObject({ cleared: false });
  const offers = [...site.coupons.values()].filter(({ code }) => code.toUpperCase() === 'THX-STAYS');
  expect([readPlugin(site)?.connection?.shopId, offers.length]).toEqual([shopId, 1]);
});
