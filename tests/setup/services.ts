import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '#app/infra/clock.ts';
import { type Config, readConfig } from '#app/infra/config.ts';
import { createServices, type PlatformDependencies, type ProcessServices } from '#app/infra/create-services.ts';
import { bindShop } from '#app/infra/database.ts';
import type { Platform, PlatformKind } from '#app/platforms/platform.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';

export const testApiKey = 'test-api-key';
export const testApiSecret = 'test-api-secret';

export interface TestServices extends ProcessServices {
  readonly database: TestDatabase;
  readonly config: Config;
  /** Closes everything and lets the database stand, for others to begin with a copy of it. */
  leave(): Promise<void>;
  /** Closes everything and drops the database. */
  dispose(): Promise<void>;
}

export interface TestServicesOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly platforms?: (dependencies: PlatformDependencies) => Record<PlatformKind, Platform | null>;
  /** share another's database, as a second process would */
  readonly database?: TestDatabase;
  /** begin with a copy of the database that others have left; what they sealed can be read */
  readonly copyOf?: TestServices;
}

/** The real services on a fresh database: real PostgreSQL, real queue on it, cache in memory. */
export async function createTestServices(options: TestServicesOptions = {}): Promise<TestServices> {
  const database = options.database ?? (await createTestDatabase(options.copyOf?.database));
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SHOPIFY_API_KEY: testApiKey,
    SHOPIFY_API_SECRET: testApiSecret,
    SHOPIFY_APP_URL: 'http://127.0.0.1:3000',
    ENCRYPTION_KEYS: options.copyOf?.config.ENCRYPTION_KEYS ?? `test:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const services = createServices(
    config,
    'test',
    options.platforms ?? (() => ({ shopify: null, woocommerce: null })),
    options.clock ? { clock: options.clock } : {},
  );
  let closed: Promise<void> | null = null;
  const close = () => (closed ??= services.close());
  return {
    ...services,
    database,
    config,
    async leave() {
      await close();
      await database.leave();
    },
    async dispose() {
      await close();
      if (!options.database) await database.drop();
    },
  };
}

/** Inserts a shop as the installation would have left it. */
export async function insertShop(
  database: TestDatabase,
  values: { platform?: PlatformKind; domain?: string; currency?: string; timeZone?: string } = {},
): Promise<ShopId> {
  const shopId = toShopId(randomUUID());
  const client = await database.db.pool.connect();
  try {
    await client.query('BEGIN');
    await bindShop(client, '*');
    await client.query(
      `INSERT INTO shop (id, platform, domain, name, currency, time_zone, installed_at, updated_at)
       VALUES ($1, $5, $2, 'Test store', $3, $4, now(), now())`,
      [
        shopId,
        values.domain ?? `${shopId.slice(0, 8)}.myshopify.com`,
        values.currency ?? 'USD',
        values.timeZone ?? 'UTC',
        values.platform ?? 'shopify',
      ],
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return shopId;
}
