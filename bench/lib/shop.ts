import { randomBytes, randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { BenchDatabase } from './database.ts';

export const apiSecret = randomBytes(16).toString('hex');
export const apiKey = 'bench';
export const domain = 'bench.myshopify.com';

/** Settings of a process under test. */
export function appEnvironment(database: BenchDatabase): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    SHOPIFY_API_KEY: apiKey,
    SHOPIFY_API_SECRET: apiSecret,
    SHOPIFY_APP_URL: 'http://127.0.0.1:3000',
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'error',
  };
}

/** An installed shop, empty. */
export async function createBenchShop(database: BenchDatabase): Promise<{ db: Database; shopId: ShopId }> {
  const db = openDatabase(database.url, 4);
  const shopId = toShopId(randomUUID());
  // As the system: the shop is not there yet to be bound to.
  await db.asSystem(({ tx }) =>
    tx.shop.create({ data: { id: shopId, platform: 'shopify', domain, name: 'Bench', installedAt: new Date() } }),
  );
  return { db, shopId };
}
