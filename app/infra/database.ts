import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '#app/generated/prisma/client.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { isUuid } from '#app/shared/ids.ts';

/** A transaction handle. Only store files and infra touch it. */
export type Tx = Prisma.TransactionClient;

/** What every store function takes first: a transaction in which row-level security is bound to one shop. */
export interface ShopScope {
  readonly shopId: ShopId;
  readonly tx: Tx;
}

/** A transaction that sees every shop: sweepers, schedules, intake. */
export interface SystemScope {
  readonly tx: Tx;
}

export interface Database {
  /** Runs `work` in one transaction bound to the shop. Serialisation is PostgreSQL's READ COMMITTED. */
  inShop<T>(shopId: ShopId, work: (scope: ShopScope) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
  /** Runs `work` in one transaction that sees all shops. Say why at the call. */
  asSystem<T>(work: (scope: SystemScope) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
  /** Plain pg pool for COPY, streams and the hot intake path. Bind the shop yourself with `bindShop`. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * Binds a plain pg client's current transaction to a shop, or to all shops with '*'. To be called right
 * after BEGIN; the setting ends with the transaction.
 */
export async function bindShop(client: pg.ClientBase, shopId: ShopId | '*'): Promise<void> {
  if (shopId !== '*' && !isUuid(shopId)) throw new Error('not a shop id');
  await client.query(`SELECT set_config('app.shop_id', $1, true)`, [shopId]);
}

/** Opens the pool and Prisma on one connection string. Nothing connects before the first query. */
export function openDatabase(url: string, poolSize = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, connectionTimeoutMillis: 15_000 });
  // A dropped idle connection (a restart of PostgreSQL) must not end the process; the next query reconnects.
  pool.on('error', () => undefined);
  // Nor may one that drops while it is checked out: its user learns of it from the next query.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });

  async function run<T>(shop: ShopId | '*', work: (tx: Tx) => Promise<T>, timeoutMs: number): Promise<T> {
    return prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT set_config('app.shop_id', ${shop}, true)`;
        return work(tx);
      },
      { timeout: timeoutMs, maxWait: 15_000 },
    );
  }

  return {
    pool,
    inShop: (shopId, work, options) => run(shopId, (tx) => work({ shopId, tx }), options?.timeoutMs ?? 30_000),
    asSystem: (work, options) => run('*', (tx) => work({ tx }), options?.timeoutMs ?? 30_000),
    async close() {
      await prisma.$disconnect();
      await pool.end().catch(() => undefined);
    },
  };
}
