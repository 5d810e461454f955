import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import importShop from '#app/flows/import-shop.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startReconciliation } from '#app/flows/start-runs.ts';
import type { JobContext } from '#app/infra/jobs.ts';
import { type Platform, PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;

const context = (values: Partial<JobContext> = {}): JobContext => ({
  services: store.test.services,
  attempt: 1,
  lastAttempt: false,
  signal: new AbortController().signal,
  ...values,
});

beforeAll(async () => {
  store = await startTestStore({ size: { products: 40, customers: 120, orders: 350, days: 200 } });
  const installed = await installedStore(store);
  ({ shopId } = installed);
  await importShop({ shopId, runId: installed.importRun }, context());
  // From here on nobody tells us anything.
  store.sandbox.shop().faults.webhookDrop = 1;
});
afterAll(() => store.close());

const held = () =>
  store.test.services.db.inShop(shopId, async ({ tx }) => ({
    products: (await tx.product.findMany({ where: { shopId, deletedAt: null } })).map((row) => row.id).sort(),
    customers: (await tx.customer.findMany({ where: { shopId } })).map((row) => row.id).sort(),
    orders: (await tx.order.findMany({ where: { shopId } })).map((row) => row.id).sort(),
    people: new Set((await tx.order.findMany({ where: { shopId } })).flatMap((row) => row.customerId ?? [])),
  }));
const inStore = (table: 'products' | 'customers' | 'orders') => [...store.sandbox.store[table].keys()].sort();

async function reconcile(values: Partial<JobContext> = {}): Promise<Readonly<Record<string, unknown>>> {
  const run = await startReconciliation(store.test.services, shopId);
  await reconcileShop({ shopId, runId: run.id }, context(values));
  const [last] = await store.test.services.db.inShop(shopId, (scope) =>
    listRuns(scope, { limit: 1, kind: 'reconcile' }),
  );
  return last?.result ?? {};
}

/** A clock that is ahead of ours. */
const later = (hours: number) => ({
  services: { ...store.test.services, clock: { now: () => new Date(Date.now() + hours * 3_600_000) } },
});

// Each goes on from what the one before left.
describe('records deleted without a word', { shuffle: false }, () => {
  test('what was deleted without a word is found, once a day, and goes on where it was interrupted', async () => {
    expect(await reconcile()).toMatchObject({ deleted: 0 });
    const { store: shop } = store.sandbox;
    const pick = (table: 'products' | 'customers' | 'orders', count: number) =>
      inStore(table)
        .filter((_, index) => index % 7 === 0)
        .slice(0, count);
    const gone = { products: pick('products', 3), customers: pick('customers', 10), orders: pick('orders', 40) };
    for (const id of gone.products) shop.remove('products', id);
    for (const id of gone.orders) shop.remove('orders', id);
    for (const id of gone.customers) shop.remove('customers', id);

    // Within the day nothing is looked for.
    expect(await reconcile()).toMatchObject({ deleted: 0 });
    expect((await held()).orders).toHaveLength(inStore('orders').length + 40);

    const { shopify } = store.test.services.platforms;
    if (!shopify) throw new Error('no adapter');
    let calls = 0;
    const breaking: Platform = {
      ...shopify,
      compare: async (...args) => {
        calls += 1;
        if (calls > 4) throw new PlatformUnavailable('down', 1);
        return shopify.compare(...args);
      },
    };
    const tomorrow = later(24);
    const services = { ...tomorrow.services, platforms: { ...tomorrow.services.platforms, shopify: breaking } };
    await expect(reconcile({ services })).rejects.toBeInstanceOf(PlatformUnavailable);
    expect(await reconcile(tomorrow)).toMatchObject({ deleted: 53 });
    const { people, ...records } = await held();
    expect(records).toEqual({
      products: inStore('products'),
      customers: inStore('customers'),
      orders: inStore('orders'),
    });
    // The orders of a deleted customer stay, without the person.
    expect(gone.customers.filter((id) => people.has(id))).toEqual([]);
  });

  test('where old orders are hidden from us, none is taken for deleted', async () => {
    const { sandbox } = store;
    const { installation } = sandbox.store;
    if (!installation) throw new Error('not installed');
    sandbox.store.setInstallation({
      ...installation,
      scopes: installation.scopes.filter((scope) => scope !== 'read_all_orders'),
    });
    const before = await held();
    const { shopify } = store.test.services.platforms;
    const { domain } = await store.test.services.db.inShop(shopId, readShop);
    await shopify?.readShop({ shopId, domain });
    expect(await reconcile(later(72))).toMatchObject({ deleted: 0 });
    expect((await held()).orders).toEqual(before.orders);
  });
});
