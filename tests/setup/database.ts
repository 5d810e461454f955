import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '#app/infra/database.ts';

export interface TestDatabase {
  readonly db: Database;
  /** as the app's role */
  readonly url: string;
  /** as the superuser, for looking behind row-level security */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database of its own. Call `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, port, rolePassword } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, async (client) => {
    // Cloning locks the template: clones of parallel workers queue here instead of failing.
    await client.query(`SELECT pg_advisory_lock(42)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE trellis_template`);
    // Rights on the database itself are not cloned with it.
    await client.query(`GRANT CREATE ON DATABASE ${name} TO trellis_app`);
  });
  const url = `postgresql://trellis_app:${rolePassword}@127.0.0.1:${port}/${name}`;
  const db = openDatabase(url, 5);
  const own = new URL(adminUrl);
  own.pathname = `/${name}`;
  return {
    db,
    url,
    adminUrl: own.href,
    async drop() {
      await db.close();
      await asAdmin(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
