import { afterEach, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import { completenessReport } from '#app/flows/completeness-report.ts';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import importShop from '#app/flows/import-shop.ts';
import processInbox from '#app/flows/process-inbox.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startReconciliation } from '#app/flows/start-runs.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import type { DeliveryLog } from '#sandbox/woocommerce/webhooks/queue.ts';
import { startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';
import { contextAhead } from './healing.ts';
import { ordersOfMirror, ordersOfSite } from './woo-oracle.ts';
import { busySite } from './woo-shoppers.ts';

let store: WooTestStore;
afterEach(() => store.close());

const minuteMs = 60_000;
/** WP-Cron sends once a minute, our schedule reconciles every ten. */
const minutes = 60;

/**
 * What comes to us of each order, noted without looking at the app: of each version the first way counts, of an order
 * with several versions every way that one of them came. What was
 * told to be in the trash comes back by being told so, or by reconciliation.
 */
function createLog() {
  const known = new Map<number, string>();
  const buried = new Set<number>();
  const ways = { webhook: new Set<number>(), reconciliation: new Set<number>() };
  let slowest = 0;
  const look = (way: keyof typeof ways, id: number, now: number) => {
    const order = store.woo.store.orders.get(id);
    if (!order || order.status === 'trash' || known.get(id) === order.updatedAt) return;
    known.set(id, order.updatedAt);
    ways[way].add(id);
    slowest = Math.max(slowest, (now - Date.parse(order.updatedAt)) / 1000);
  };
  return {
    imported: () => {
      for (const { id, updatedAt } of store.woo.store.orders.values()) known.set(id, updatedAt);
    },
    told: (deliveries: readonly DeliveryLog[], now: number) => {
      for (const { topic, status, resourceId } of deliveries) {
        if (status !== 200 || !topic.startsWith('order.')) continue;
        const refunded = store.woo.store.refundsOf(resourceId).length > 0;
        const inTrash = store.woo.store.orders.get(resourceId)?.status === 'trash';
        if (topic === 'order.deleted' || (inTrash && !refunded)) buried.add(resourceId);
        // Refunds are read from the store, which says by itself that the order is there.
        else if (topic === 'order.restored' || refunded) buried.delete(resourceId);
        if (!buried.has(resourceId)) look('webhook', resourceId, now);
      }
    },
    reconciled: (now: number) => {
      // What lies in the trash still stays buried, so that coming out of it has to be told, or found by the next one.
      for (const { id, status } of store.woo.store.orders.values()) {
        if (status !== 'trash') buried.delete(id);
        look('reconciliation', id, now);
      }
    },
    sums: () => ({
      orders: new Set([...ways.webhook, ...ways.reconciliation]).size,
      reconciliation: ways.reconciliation.size,
      slowest,
    }),
  };
}

async function connect(): Promise<ShopId> {
  const { services } = store.test;
  const key = store.woo.createKey();
  const keys = { consumerKey: key.consumer_key, consumerSecret: key.consumer_secret };
  const connected = await connectByKeys(services, store.woo.url, keys);
  if (!connected.ok) throw new Error(connected.code);
  const shopId = await services.db.asSystem(async ({ tx }) => toShopId((await tx.shop.findFirstOrThrow()).id));
  const [run] = await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'import' }));
  await importShop({ shopId, runId: run?.id ?? '' }, contextAhead(services));
  return shopId;
}

test(`30 % of the webhooks lost, 10 % doubled, all out of order, twice switched off: no order is missing, and the report tells it as it was (seed ${String(chaosSeed)})`, async () => {
  const random = seededRandom(chaosSeed);
  let now = Date.parse('2026-11-20T08:00:00Z');
  store = await startWooTestStore({
    seed: chaosSeed % 100_000,
    size: { products: 12, customers: 15, orders: 30, days: 60 },
    foreignOrders: 0,
    clock: () => new Date(now),
  });
  const { woo, test } = store;
  const { services } = test;
  const shopId = await connect();
  const missing = async () => {
    const [site, mirror] = [ordersOfSite(woo.store), await ordersOfMirror(services, shopId)];
    const ids = new Set([...Object.keys(site), ...Object.keys(mirror)]);
    const text = (facts: unknown) => JSON.stringify(facts);
    return [...ids].filter((id) => text(site[id]) !== text(mirror[id])).map((id) => [id, site[id], mirror[id]]);
  };
  expect(await missing()).toEqual([]);

  Object.assign(woo.faults, { webhookDrop: 0.3, webhookDuplicate: 0.1, webhookReorder: true });
  const log = createLog();
  log.imported();
  const ofOrders = () => [...woo.store.webhooks.values()].filter(({ topic }) => topic.startsWith('order.'));
  let switchedOff = 0;
  const somethingHappens = busySite(woo, random);
  for (let minute = 1; minute <= minutes; minute += 1) {
    // Somebody's cleaning-up plugin spoils the secret: each delivery is refused until WooCommerce gives up.
    if (minute === 12 || minute === 33)
      for (const webhook of ofOrders()) woo.store.put('webhooks', { ...webhook, secret: 'spoilt', failureCount: 4 });
    for (let event = 0; event < 2; event += 1) {
      somethingHappens();
      now += minuteMs / 2;
    }
    const lastTold = woo.webhooks.log.at(-1);
    await woo.webhooks.run();
    await processInbox({ shopId }, contextAhead(services));
    log.told(woo.webhooks.log.slice(lastTold ? woo.webhooks.log.indexOf(lastTold) + 1 : 0), now);
    if (minute % 10 !== 0) continue;
    switchedOff += ofOrders().filter(({ status }) => status === 'disabled').length;
    const run = await startReconciliation(services, shopId);
    // What was deleted without a word is looked for once a day: here at the end.
    if (minute === minutes)
      await services.db.inShop(shopId, (scope) => mergePlatformState(scope, { comparedAt: new Date(0).toISOString() }));
    await reconcileShop({ shopId, runId: run.id }, contextAhead(services));
    log.reconciled(now);
  }
  expect(await missing()).toEqual([]);

  const report = await services.db.inShop(shopId, async (scope) =>
    completenessReport(scope, await readShop(scope), { webhookRetries: false }, { window: '24h', now: new Date(now) }),
  );
  const sums = log.sums();
  expect(switchedOff).toBeGreaterThanOrEqual(2);
  expect(sums.reconciliation).toBeGreaterThan(10);
  const orders = report.resources.find(({ resource }) => resource === 'orders');
  expect(orders).toMatchObject({
    arrived: sums.orders,
    refilled: sums.reconciliation,
    slowestSeconds: sums.slowest,
  });
  expect(report.webhooksMended).toBeGreaterThanOrEqual(2);
  expect(report.problems).toEqual(['late', 'webhooks']);
  expect(report.checkedUntil).toEqual(new Date(now));
});
