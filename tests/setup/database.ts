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
  /** closes this side's connections and lets the database stand, for others to be copies of it */
  leave(): Promise<void>;
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database of its own, or a copy of another that nobody is connected to any more. Call `drop` in
 * `afterAll`.
 */
export async function createTestDatabase(copyOf?: Pick<TestDatabase, 'url' | 'adminUrl'>): Promise<TestDatabase> {
  const template = copyOf ?? inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(template.adminUrl, async (client) => {
    // Cloning locks the template: clones of parallel workers queue here instead of failing.
    await client.query(`SELECT pg_advisory_lock(42)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(template.url).pathname.slice(1)}`);
    // Rights on the database itself are not cloned with it.
    await client.query(`GRANT CREATE ON DATABASE ${name} TO trellis_app`);
  });
  const url = inDatabase(template.url, name);
  // A machine that many share may stand still for a while.
  const db = openDatabase(url, 5, 90_000);
  let left: Promise<void> | null = null;
  const leave = () => (left ??= db.close());
  return {
    db,
    url,
    adminUrl: inDatabase(template.adminUrl, name),
    leave,
    async drop() {
      await leave();
      await asAdmin(template.adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

function inDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}

/** Works from the database `postgres`: a template cannot be cloned while somebody is connected to it. */
async function asAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inDatabase(url, 'postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
