import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '#app/generated/prisma/client.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { isUuid } from '#app/shared/ids.ts';
import { withRepetition } from './transaction-conflict.ts';

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

export interface InShopOptions {
  readonly timeoutMs?: number;
  /**
   * The work does nothing but read and write in its transaction, so that it may be run again, three times in all: where
   * PostgreSQL ended it for a deadlock or what another transaction wrote, or it threw a `TransactionConflict`.
   */
  readonly repeatable?: boolean;
}

export interface Database {
  /** Runs `work` in one transaction bound to the shop. Serialisation is PostgreSQL's READ COMMITTED. */
  inShop<T>(shopId: ShopId, work: (scope: ShopScope) => Promise<T>, options?: InShopOptions): Promise<T>;
  /** Runs `work` in one transaction that sees all shops. Say why at the call. */
  asSystem<T>(work: (scope: SystemScope) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
  /**
   * Counts tables anew for the planner, after much was written at once: until autovacuum comes by, a shop that is new
   * counts as empty, and sums over its orders may be taken in the wrong order. What somebody else is counting is left to
   * them.
   */
  refreshStatistics(tables: readonly string[]): Promise<void>;
  /** Plain pg pool for COPY, streams and the hot intake path. Bind the shop yourself with `bindShop`. */
  readonly pool: pg.Pool;
  /**
   * Connections that hold a lock of a session while work goes on. Apart from `pool`, so that locks within locks never take
   * the connections that the work under them waits for.
   */
  readonly lockPool: pg.Pool;
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

/** Whose transaction Prisma is about to begin, which it does out of our sight. */
const beginning = new AsyncLocalStorage<ShopId | '*' | null>();

/** As many locks as a job takes within each other. */
const LOCKS_DEEP = 3;

/**
 * Opens the pools and Prisma on one connection string. Nothing connects before the first query.
 * @param maxWaitMs for a connection
 */
export function openDatabase(url: string, poolSize = 10, maxWaitMs = 15_000): Database {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, connectionTimeoutMillis: maxWaitMs });
  // A dropped idle connection (a restart of PostgreSQL) must not end the process; the next query reconnects.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // Nor may one that drops while it is checked out: its user learns of it from the next query.
    client.on('error', () => undefined);
    bindAtBegin(client);
  });
  const lockPool = new pg.Pool({
    connectionString: url,
    max: poolSize * LOCKS_DEEP,
    connectionTimeoutMillis: maxWaitMs,
  });
  lockPool.on('error', () => undefined);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) }),
  });

  async function run<T>(shop: ShopId | '*', work: (tx: Tx) => Promise<T>, timeoutMs: number): Promise<T> {
    if (shop !== '*' && !isUuid(shop)) throw new Error('not a shop id');
    return beginning.run(shop, () =>
      prisma.$transaction((tx) => beginning.run(null, () => work(tx)), { timeout: timeoutMs, maxWait: maxWaitMs }),
    );
  }

  async function inShop<T>(
    shopId: ShopId,
    work: (scope: ShopScope) => Promise<T>,
    { timeoutMs = 30_000, repeatable = false }: InShopOptions = {},
  ): Promise<T> {
    const once = () => run(shopId, (tx) => work({ shopId, tx }), timeoutMs);
    return repeatable ? withRepetition(once) : once();
  }

  return {
    pool,
    lockPool,
    inShop,
    async refreshStatistics(tables) {
      await pool.query(`ANALYZE (SKIP_LOCKED) ${tables.map((table) => pg.escapeIdentifier(table)).join(', ')}`);
    },
    asSystem: (work, options) => run('*', (tx) => work({ tx }), options?.timeoutMs ?? 30_000),
    async close() {
      await prisma.$disconnect();
      await Promise.all([pool, lockPool].map((one) => one.end().catch(() => undefined)));
    },
  };
}

/** Sends what binds a transaction to its shop along with what begins it, instead of as a message of its own. */
function bindAtBegin(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  Object.assign(client, {
    query(config: unknown, ...rest: unknown[]) {
      const shop = beginning.getStore();
      if (!shop || typeof config !== 'object' || !config || !('text' in config) || config.text !== 'BEGIN')
        return query(config, ...rest);
      return query({ ...config, text: `BEGIN; SELECT set_config('app.shop_id', '${shop}', true)` }, ...rest);
    },
  });
}

/**
 * A statement that begins with such a comment as `prepare ledger_open` is planned once on each connection, under that name; others
 * whenever they are asked.
 */
const nameOf = (sql: string): string => /^\s*\/\* prepare (\w+) \*\//.exec(sql)?.[1] ?? '';
