import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Patience } from '#app/infra/lock-patience.ts';
import { besideTraffic } from '#app/infra/migration-files.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';

/** A database with a table that others use while migrations want its locks. */
export interface Used {
  readonly database: TestDatabase;
  /** another connection, as the tables' owner */
  connect(): Promise<pg.Client>;
  /** what one statement answers */
  ask<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

export async function usedDatabase(): Promise<Used> {
  const database = await createTestDatabase();
  const open: pg.Client[] = [];
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: database.adminUrl });
    // Some are ended from the other side.
    client.on('error', () => undefined);
    await client.connect();
    open.push(client);
    return client;
  };
  const asking = await connect();
  await asking.query(`CREATE TABLE used (id int PRIMARY KEY, kind text NOT NULL)`);
  await asking.query(`INSERT INTO used SELECT n, 'kind ' || n % 7 FROM generate_series(1, 2000) n`);
  return {
    database,
    connect,
    ask: async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      (await asking.query<Row>(sql, [...values])).rows,
    async drop() {
      await Promise.all(open.map((client) => client.end().catch(() => undefined)));
      await database.drop();
    },
  };
}

export const index = `${besideTraffic}\nCREATE INDEX CONCURRENTLY "used_kind_idx" ON "used"("kind");\n`;

/** As in production, but quick to lose. */
export const hasty: Patience = { lockMs: 200, besideLockMs: 400, pausesMs: [50, 50], turnMs: 300 };
/** As in production, but quick to come again. */
export const dogged: Patience = {
  lockMs: 200,
  besideLockMs: 60_000,
  pausesMs: Array<number>(400).fill(50),
  turnMs: 60_000,
};

/** Waits until something is so. */
export async function until(so: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await so())) {
    if (performance.now() > end) throw new Error('It did not come to that.');
    await sleep(20);
  }
}
