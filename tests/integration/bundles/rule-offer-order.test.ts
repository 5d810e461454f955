import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addRun } from '#app/domains/activity/index.ts';
import { readBundleSales } from '#app/domains/insights/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import processInbox from '#app/flows/process-inbox.ts';
import publishBundles from '#app/flows/publish-bundles.ts';
import { changingRules, saveRule } from '#app/flows/rule-offers.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { parseDecimal } from '#app/shared/money.ts';
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

it('a rule "if X suggest Y at 20 % off" is charged at the checkout, credited to its lines, and stands in the numbers', async () => {
  const sellable = [...store.sandbox.store.products.values()].filter(
    ({ isGiftCard, status, variants: [variant] }) =>
      !isGiftCard && status === 'ACTIVE' && (variant?.inventoryQuantity ?? 0) > 1,
  );
  const [asked, suggested, other] = sellable;
  const [first, second, third] = [asked, suggested, other].map((product) => product?.variants[0]);
  if (!asked || !suggested || !first || !second || !third) throw new Error('too few products');
  const { currency } = await inShop(readShop);
  const minor = (price: string): number => parseDecimal(price, currency);
  await seedProducts(
    store.test.database,
    shopId,
    [asked, suggested].map(({ id, variants }) => ({
      id,
      variants: variants.map((one) => ({ id: one.id, priceMinor: minor(one.price), costMinor: 1 })),
    })),
  );
  const rule = await changingRules(() =>
    inShop((scope) =>
      saveRule(
        scope,
        {
          id: null,
          revision: 0,
          form: {
            title: 'Goes well with it',
            action: 'suggest',
            status: 'on',
            surfaces: ['cart'],
            target: { kind: 'products', ids: [suggested.id] },
            condition: { kind: 'products', ids: [asked.id] },
            strengthPercent: 0,
            savingBps: 2000,
            bundleId: null,
            startsAt: null,
            endsAt: null,
          },
        },
        { now: new Date(), newId: randomUUID },
      ),
    ),
  );
  if (!rule.ok) throw new Error(JSON.stringify(rule));
  const run = await inShop((scope) => addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now: new Date() }));
  await publishBundles({ shopId, runId: run.id }, asJob());

  const shopper = visitorOf(store.sandbox.url);
  await shopper.post('/cart/add.js', { items: [{ id: first.id }, { id: second.id }, { id: third.id }] });
  const buyer = {
    email: 'anna@example.com',
    first_name: 'Anna',
    last_name: 'Adams',
    address: 'Road 1',
    zip: '10115',
    city: 'Berlin',
    card: '1',
  };
  const before = new Set(store.sandbox.store.orders.keys());
  await shopper.form('/checkout', buyer);
  const order = [...store.sandbox.store.orders.values()].find(({ id }) => !before.has(id));
  const off = Math.round(minor(second.price) * 0.2);
  expect(order && minor(order.totalDiscounts)).toBe(off);
  expect(order?.discountApplications.map(({ title }) => title)).toEqual(['Goes well with it']);

  await waitFor(async () => {
    await processInbox({ shopId }, asJob());
    return inShop(({ tx }) => tx.order.findFirst({ where: { shopId, id: order?.id ?? '' } }));
  }, 'the order');
  const lines = await inShop(({ tx }) => tx.orderLine.findMany({ where: { shopId, orderId: order?.id ?? '' } }));
  const bundleOf = new Map(lines.map((line) => [line.productId, line.bundleId]));
  expect(bundleOf.get(suggested.id)).toBe(rule.value.id);
  expect(bundleOf.get(other?.id ?? '')).toBeNull();
  const sales = await inShop((scope) =>
    readBundleSales(scope, { from: new Date(0), to: new Date(Date.now() + 60_000), currency, timeZone: 'UTC' }),
  );
  const credited = lines.filter(({ bundleId }) => bundleId === rule.value.id);
  const paid = (variant: typeof first) => minor(variant.price);
  const whole = credited.some(({ productId }) => productId === asked.id) ? paid(first) + paid(second) : paid(second);
  expect(sales).toEqual([
    { bundleId: rule.value.id, title: 'Goes well with it', orders: 1, revenueMinor: whole - off },
  ]);
});
