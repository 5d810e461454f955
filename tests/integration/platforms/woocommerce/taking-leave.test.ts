import { afterAll, beforeAll, expect, test } from 'vitest';
import { disconnectStore } from '#app/flows/disconnect-store.ts';
import { readLeave } from '#app/flows/leave-progress.ts';
import leaveStore from '#app/flows/leave-store.ts';
import sweep from '#app/flows/sweep.ts';
import { readAccess } from '#app/platforms/woocommerce/auth/store.ts';
import { leaveStore as leaveWooStore } from '#app/platforms/woocommerce/leave-store.ts';
import { readPlugin } from '#sandbox/woocommerce/plugin/state.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;

beforeAll(async () => {
  store = await startWooTestStore();
});
afterAll(() => store.close());

test('a leave whose job is lost is found again; who comes back while the store is being cleared keeps the new keys', async () => {
  const { services } = store.test;
  const shopId = await connectedStore(store);
  const asked: string[] = [];
  const away = { ...services.queue, enqueue: () => Promise.reject(new Error('the queue is away')) };
  await disconnectStore({ ...services, queue: away }, shopId);
  const sweepAfter = async (minutes: number) => {
    const now = new Date(Date.now() + minutes * 60_000);
    const enqueue = (job: { id: string }) => Promise.resolve(void asked.push(job.id));
    const late = { ...services, clock: { now: () => now }, queue: { ...services.queue, enqueue } };
    await sweep({}, { services: late, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
    return asked.splice(0).filter((id) => id === 'shop.leave').length;
  };
  expect([await sweepAfter(5), await sweepAfter(20)]).toEqual([0, 1]);
  const leave = { services, attempt: 1, lastAttempt: false, signal: new AbortController().signal };
  const readKeys = () => services.db.inShop(shopId, (scope) => readAccess(scope, services.secrets));

  const comeBack = async () => void (await connectedStore(store));
  const returning = { clear: comeBack, isClear: () => Promise.resolve(false) };
  expect(await leaveWooStore(services, { shopId }, returning, { force: true, repeated: false })).toEqual({
    cleared: true,
  });
  await leaveStore({ shopId }, leave);
  expect(await readKeys()).not.toBeNull();

  const ticket = await disconnectStore(services, shopId);
  const seen = async (what = ticket) => (await readLeave(services, what))?.state ?? null;
  expect(await seen()).toBe('under-way');
  await leaveStore({ shopId }, leave);
  expect([await readKeys(), await sweepAfter(20)]).toEqual([null, 0]);
  expect([await seen(), await seen(ticket.slice(0, -4)), await seen('')]).toEqual(['cleared', null, null]);
  const tomorrow = { ...services, clock: { now: () => new Date(Date.now() + 25 * 3_600_000) } };
  expect(await readLeave(tomorrow, ticket)).toBeNull();

  // A store that cannot be cleared any more says so.
  const keys = await connectedStore(store).then(readKeys);
  expect(keys).not.toBeNull();
  for (const id of [...store.woo.store.keys.keys()]) store.woo.store.remove('keys', id);
  const second = await disconnectStore(services, shopId);
  expect(await seen()).toBe('under-way');
  await leaveStore({ shopId }, { ...leave, lastAttempt: true });
  expect(await seen(second)).toBe('not-cleared');
  await connectedStore(store);
  expect(await seen(second)).toBeNull();
});

test('taking leave in Trellis leaves no webhook, no key, no code and no offer behind; a try whose answer was lost counts', async () => {
  const { services } = store.test;
  const site = store.woo.store;
  store.woo.setPlugin('ready');
  for (const { id } of [...site.keys.values()]) site.remove('keys', id);
  const shopId = await connectedStore(store);
  const ref = { shopId, domain: new URL(store.woo.url).host };
  const { woocommerce } = services.platforms;
  if (!woocommerce) throw new Error('no adapter');
  await woocommerce.checkCompanion(ref, { renew: true });
  await woocommerce.keepWebhooks(ref);
  const [product] = [...site.products.values()];
  const now = Date.now();
  await woocommerce.makeOfferCode(ref, {
    ...{ code: 'THX-LEAVING', title: 'Thank you', discountBps: 1000, variantIds: [String(product?.id)] },
    ...{ startsAt: new Date(now), endsAt: new Date(now + 3_600_000), besideShipping: true },
  });
  const left = () => [site.webhooks.size, site.keys.size, readPlugin(site)?.connection ?? null, site.coupons.size];
  const coupons = site.coupons.size;
  expect(
    left()
      .slice(0, 2)
      .every((count) => Number(count) > 0),
  ).toBe(true);
  await disconnectStore(services, shopId);
  const leave = (repeated: boolean) => woocommerce.leaveStore(ref, { force: false, repeated });
  const keys = await services.db.inShop(shopId, ({ tx }) =>
    tx.woocommerceStore.findUniqueOrThrow({ where: { shopId } }),
  );
  expect(await leave(false)).toEqual({ cleared: true });
  expect(left()).toEqual([0, 0, null, coupons - 1]);
  // As if the store had done it all, and its answer had been lost.
  const { shopId: _own, ...data } = keys;
  await services.db.inShop(shopId, ({ tx }) => tx.woocommerceStore.update({ where: { shopId }, data }));
  expect(await leave(true)).toEqual({ cleared: true });
});
