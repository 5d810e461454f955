import { randomUUID } from 'node:crypto';
import { recordDeliveries } from '#app/domains/inbox/index.ts';
import processInbox from '#app/flows/process-inbox.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { testDomain, type TestStore } from './shopify.ts';

/** A verified message of the test store, stored and worked off. */
export async function deliver(
  { test: { services } }: TestStore,
  shopId: ShopId,
  topic: string,
  body: unknown,
  triggeredAt = new Date(),
): Promise<void> {
  await recordDeliveries(services.db.pool, [
    {
      platform: 'shopify',
      deliveryId: randomUUID(),
      shopDomain: testDomain,
      topic,
      apiVersion: '2026-10',
      triggeredAt,
      body: JSON.stringify(body),
    },
  ]);
  await processInbox({ shopId }, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
}

/** The tenant of the test store, or null. */
export const readTestShop = (store: TestStore) =>
  store.test.services.db.asSystem(({ tx }) => tx.shop.findFirst({ where: { domain: testDomain } }));

/** Names of the tables with rows that still name the shop, seen from behind row-level security. */
export async function tablesNaming(store: TestStore, shopId: ShopId): Promise<string[]> {
  return store.test.services.db.asSystem(async ({ tx }) => {
    const tables = await tx.$queryRaw<
      { name: string }[]
    >`SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop_id'`;
    const left: string[] = [];
    for (const { name } of tables) {
      const rows = await tx.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM "${name}" WHERE shop_id = '${shopId}' LIMIT 1`);
      if (rows.length > 0) left.push(name);
    }
    return left;
  });
}
