import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addRun } from '#app/domains/activity/index.ts';
import { createBundle } from '#app/domains/bundles/index.ts';
import { deleteOrder } from '#app/domains/orders/index.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import processInbox from '#app/flows/process-inbox.ts';
import publishBundles from '#app/flows/publish-bundles.ts';
import { saveRecords } from '#app/flows/save-records.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { visitorOf } from '#tests/integration/codes/code-store.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore, waitFor } from '#tests/setup/shopify.ts';
import { seedProducts } from './catalog.ts';

let store: TestStore;
let shopId: ShopId;
beforeAll(async () => {
  await buildExtensions();
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
});
afterAll(() => store.close());

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => store.test.services.db.inShop(shopId, work);
const asJob = () => ({
  services: store.test.services,
  attempt: 1,
  lastAttempt: true,
  signal: new AbortController().signal,
});
const minor = (price: string): number => Math.round(Number(price) * 100);

const readShipping = ({ tx }: ShopScope, id: string) =>
  tx.order.findFirst({
    where: { shopId, id },
    select: { shippingMinor: true, shippingOffMinor: true, shippingGiftMinor: true },
  });

it('free shipping of a goal is known as ours, by the notice of the order and when the store is asked for it', async () => {
  const cheap = [...store.sandbox.store.products.values()].find(
    ({ isGiftCard, status, publishedAt, variants: [variant] }) =>
      !isGiftCard &&
      status === 'ACTIVE' &&
      publishedAt !== null &&
      minor(variant?.price ?? '0') > 1_000 &&
      minor(variant?.price ?? '0') < 4_000 &&
      (variant?.inventoryQuantity ?? 0) > 5,
  );
  const variant = cheap?.variants[0];
  if (!cheap || !variant) throw new Error('no such product');
  await seedProducts(store.test.database, shopId, [
    {
      id: cheap.id,
      variants: cheap.variants.map((one) => ({ id: one.id, priceMinor: minor(one.price), costMinor: 1 })),
    },
  ]);
  const form = {
    title: 'Delivered for free',
    kind: 'cart-goals',
    ...{ startsAt: null, endsAt: null, status: 'active', items: [] },
    terms: { tiers: [{ thresholdMinor: 500, reward: { type: 'free-shipping' } }] },
  };
  const made = await inShop((scope) => createBundle(scope, form, { now: new Date(), newId: randomUUID }));
  if (!made.ok) throw new Error(JSON.stringify(made));
  const run = await inShop((scope) => addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now: new Date() }));
  await publishBundles({ shopId, runId: run.id }, asJob());

  const shopper = visitorOf(store.sandbox.url);
  await shopper.post('/cart/add.js', { id: variant.id, quantity: 1 });
  const buyer = { first_name: 'Anna', last_name: 'Adams', address: 'Road 1', zip: '10115', city: 'Berlin', card: '1' };
  await shopper.form('/checkout', { email: 'anna@example.com', ...buyer });
  const order = [...store.sandbox.store.orders.values()].at(-1);
  expect(order).toMatchObject({ totalShipping: '0.00', shippingDiscount: { amount: '4.90' } });

  const told = { shippingMinor: 0n, shippingOffMinor: 490n, shippingGiftMinor: 490n };
  const id = order?.id ?? '';
  const heard = await waitFor(async () => {
    await processInbox({ shopId }, asJob());
    return inShop((scope) => readShipping(scope, id));
  }, 'the order');
  expect(heard).toEqual(told);

  await inShop((scope) => deleteOrder(scope, id));
  const connected = await findConnectedShop(store.test.services, shopId);
  const record = await connected?.platform.readOne(connected.ref, 'orders', id);
  if (!record) throw new Error('no such order');
  const coming = { way: 'reconciliation', skewMs: 0, since: null, readAt: new Date() } as const;
  await inShop((scope) => saveRecords(store.test.services, scope, [record], coming));
  expect(await inShop((scope) => readShipping(scope, id))).toEqual(told);
});
