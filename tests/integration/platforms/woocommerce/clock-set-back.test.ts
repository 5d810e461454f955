import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashEmail } from '#app/domains/customers/index.ts';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import importShop from '#app/flows/import-shop.ts';
import processInbox from '#app/flows/process-inbox.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startRun } from '#app/flows/start-run.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { contextAhead } from '#tests/chaos/healing.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

const hourMs = 3_600_000;
let store: WooTestStore;
let shopId: ShopId;
/** by the real one, so that hours can pass */
let laterMs = 0;

const runs = { import: importShop, reconcile: reconcileShop } as const;
async function doRun(kind: keyof typeof runs): Promise<void> {
  const { services } = store.test;
  const run = await startRun(services, shopId, kind);
  await runs[kind]({ shopId, runId: run.id }, contextAhead(services));
}

/** What the store has to tell reaches the inbox. */
async function tell(): Promise<void> {
  await store.woo.webhooks.run();
  expect(await waiting()).toBeGreaterThan(0);
}
const waiting = () =>
  store.test.services.db.asSystem(({ tx }) => tx.webhookInbox.count({ where: { status: 'pending' } }));
async function settle(): Promise<void> {
  await processInbox({ shopId }, contextAhead(store.test.services));
  expect(await waiting()).toBe(0);
}

beforeAll(async () => {
  const clock = () => new Date(Date.now() + laterMs);
  store = await startWooTestStore({ size: { products: 8, customers: 8, orders: 24, days: 30 }, clock });
  shopId = await connectedStore(store);
  await doRun('import');
});
afterAll(() => store.close());
beforeEach(async () => {
  // Webhooks of earlier tests are over, and the clock is as the app knows it.
  store.woo.faults.clockOffsetMs = 0;
  await store.woo.webhooks.run();
  await settle();
  laterMs += 24 * hourMs;
  await doRun('reconcile');
});

const site = () => store.woo.store;
const moved = (ms: number) => (store.woo.faults.clockOffsetMs = ms);
const inShop = <T>(read: Parameters<typeof store.test.services.db.inShop<T>>[1]) =>
  store.test.services.db.inShop(shopId, read);
const one = <T>(rows: ReadonlyMap<number, T>, which: (row: T) => boolean): T => {
  const found = [...rows.values()].filter(which).at(-1);
  if (found === undefined) throw new Error('there is none');
  return found;
};

/** Changes one record, as often as asked; what of it is held then is told by `held`, and what it should be by its number. */
interface Changeable {
  change(time: number): void;
  held(): Promise<string>;
  wanted(time: number): string;
}

function changeable(kind: 'order' | 'product' | 'customer'): Changeable {
  if (kind === 'product') {
    const { id } = one(site().products, ({ status }) => status === 'publish');
    const wanted = (time: number) => `Name ${time}`;
    return {
      change(time) {
        const product = site().products.get(id);
        if (product) site().put('products', { ...product, name: wanted(time), updatedAt: site().stamp() });
      },
      held: () => inShop(async ({ tx }) => (await tx.product.findFirstOrThrow({ where: { id: String(id) } })).title),
      wanted,
    };
  }
  if (kind === 'customer') {
    const { id } = one(site().customers, ({ role }) => role === 'customer');
    const address = (time: number) => `somebody-${time}@example.com`;
    return {
      change(time) {
        const customer = site().customers.get(id);
        if (customer) site().put('customers', { ...customer, email: address(time), updatedAt: site().stamp() });
      },
      held: () =>
        inShop(async ({ tx }) => {
          const customer = await tx.customer.findFirstOrThrow({ where: { id: String(id) } });
          const contact = await tx.mailContact.findFirstOrThrow({ where: { customerId: String(id) } });
          return contact.emailHash === customer.emailHash ? (customer.emailHash ?? '') : 'two different addresses';
        }),
      wanted: (time) => hashEmail(store.test.services.secrets, address(time)) ?? '',
    };
  }
  const { id } = one(site().orders, ({ status }) => status === 'completed' || status === 'processing');
  const stateOf = (time: number) => (time % 2 === 0 ? 'cancelled' : 'completed');
  return {
    change(time) {
      const order = site().orders.get(id);
      if (order) site().put('orders', { ...order, status: stateOf(time), updatedAt: site().stamp() });
    },
    held: () =>
      inShop(async ({ tx }) => {
        const { cancelledAt } = await tx.order.findFirstOrThrow({ where: { id: String(id) } });
        return cancelledAt === null ? 'completed' : 'cancelled';
      }),
    wanted: stateOf,
  };
}

const kinds = ['order', 'product', 'customer'] as const;
const setBacks = [
  { what: 'three hours ahead and set right', ahead: 3 * hourMs, then: 0 },
  { what: 'right and set three hours back', ahead: 0, then: -3 * hourMs },
  { what: 'ten minutes ahead and set right', ahead: 600_000, then: 0 },
];
const cases = kinds.flatMap((kind) => setBacks.map((how) => ({ kind, ...how })));

test.each(cases)('a change of a $kind that no webhook told, clock $what', async ({ kind, ahead, then }) => {
  const record = changeable(kind);
  moved(ahead);
  record.change(1);
  await doRun('reconcile');
  expect(await record.held()).toBe(record.wanted(1));
  moved(then);
  record.change(2);
  await doRun('reconcile');
  expect(await record.held()).toBe(record.wanted(2));
  // Seen once more it is what it was, and changes go on.
  await doRun('reconcile');
  expect(await record.held()).toBe(record.wanted(2));
  record.change(3);
  await doRun('reconcile');
  expect(await record.held()).toBe(record.wanted(3));
});

test.each(kinds)('a change of a %s is found although nobody looked until the difference had passed', async (kind) => {
  const record = changeable(kind);
  moved(600_000);
  record.change(1);
  await doRun('reconcile');
  moved(0);
  record.change(2);
  laterMs += hourMs;
  await doRun('reconcile');
  expect(await record.held()).toBe(record.wanted(2));
});

test.each(['product', 'customer'] as const)('a %s that a webhook speaks of is what it is now', async (kind) => {
  const record = changeable(kind);
  moved(hourMs);
  record.change(1);
  await doRun('reconcile');
  moved(0);
  record.change(2);
  await tell();
  await settle();
  expect(await record.held()).toBe(record.wanted(2));
});

test('an older order in a webhook changes nothing, whatever the clock did', async () => {
  const record = changeable('order');
  for (const [ahead, time] of [
    [0, 1],
    [hourMs, 3],
    [0, 5],
  ] as const) {
    moved(ahead);
    record.change(time + 1);
    await tell();
    // It waits in the inbox while the next change is read.
    laterMs += 1_000;
    record.change(time + 2);
    await doRun('reconcile');
    await settle();
    expect(await record.held()).toBe(record.wanted(time + 2));
  }
});

test('of many customers the daily comparison finds a change of before and after', async () => {
  const record = changeable('customer');
  moved(hourMs);
  record.change(1);
  await doRun('reconcile');
  moved(0);
  record.change(2);
  // As if nobody had looked: the list of changes knows nothing of it.
  const { clockSkewMs } = (await inShop(readShop)).platformState;
  expect(clockSkewMs).toBeGreaterThan(hourMs / 2);
  await inShop((scope) => mergePlatformState(scope, { comparedAt: new Date(0).toISOString() }));
  await doRun('reconcile');
  expect(await record.held()).toBe(record.wanted(2));
  const { platformState } = await inShop(readShop);
  expect(platformState.clockSkewMs).toBe(0);
  expect(platformState.clockSetBack).toBeDefined();
});
