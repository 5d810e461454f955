import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashEmail } from '#app/domains/customers/index.ts';
import { mergePlatformState } from '#app/domains/shops/index.ts';
import importShop from '#app/flows/import-shop.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startRun } from '#app/flows/start-run.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { contextAhead } from '#tests/chaos/healing.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

/** More than a reconciliation looks at one by one. */
const manyCustomers = 5_050;

let store: WooTestStore;
let shopId: ShopId;

const runs = { import: importShop, reconcile: reconcileShop } as const;
async function doRun(kind: keyof typeof runs): Promise<void> {
  const { services } = store.test;
  const run = await startRun(services, shopId, kind);
  await runs[kind]({ shopId, runId: run.id }, contextAhead(services));
}

const addressOf = (id: number) =>
  store.test.services.db.inShop(
    shopId,
    async ({ tx }) =>
      (await tx.customer.findUniqueOrThrow({ where: { shopId_id: { shopId, id: String(id) } } })).emailHash,
  );
/** Who of the customers was written how often is told by the transaction that did it last. */
const writes = () =>
  store.test.services.db.inShop(
    shopId,
    ({ tx }) => tx.$queryRaw<{ id: string; by: string }[]>`SELECT id, xmin::text AS by FROM customer ORDER BY id`,
  );
beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 4, customers: 5, orders: 10, days: 30 } });
  const { store: site } = store.woo;
  const one = [...site.customers.values()].find(({ role }) => role === 'customer');
  if (!one) throw new Error('no customers');
  for (let count = 0; count < manyCustomers; count += 1) {
    const createdAt = new Date(Date.UTC(2020, 0, 1, 0, count)).toISOString();
    site.put('customers', { ...one, id: site.nextId(), email: `shopper-${count}@example.com`, createdAt });
  }
  shopId = await connectedStore(store);
  await doRun('import');
  await doRun('reconcile');
});
afterAll(() => store.close());

test('in a store of very many customers a change that no webhook told is found by the daily comparison', async () => {
  const { services } = store.test;
  const { store: site } = store.woo;
  // Nobody registered earlier: the newest are always looked at.
  const before = site.customerByEmail('shopper-0@example.com');
  if (!before) throw new Error('no customer');
  const email = 'somebody.else@example.com';
  site.put('customers', { ...before, email, updatedAt: site.stamp() });

  await doRun('reconcile');
  expect(await addressOf(before.id)).toBe(hashEmail(services.secrets, before.email));
  const known = await writes();

  const comparedAt = new Date(0).toISOString();
  await services.db.inShop(shopId, (scope) => mergePlatformState(scope, { comparedAt }));
  await doRun('reconcile');
  expect(await addressOf(before.id)).toBe(hashEmail(services.secrets, email));
  // Everybody else is as before and costs no write.
  const now = await writes();
  expect(now.filter(({ by }, index) => by !== known[index]?.by).map(({ id }) => id)).toEqual([String(before.id)]);
});
