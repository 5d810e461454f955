import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { inTransaction, LockNotGiven, type Patience, patiently, type Say } from './lock-patience.ts';
import type { IndexStatement, Migration } from './migration-files.ts';

/** A migration cannot be applied, or one of an earlier version was cut short and nobody can tell how far it came. */
export class MigrationFailed extends Error {}

/** How often it is looked whether the other process is done. */
const lookEveryMs = 500;

/**
 * Waits until no other process migrates this database. It asks again and again: who waits inside a statement has a
 * transaction open, and an index that is built beside the traffic waits for all of those, so that both would wait for ever.
 * @throws LockNotGiven
 */
export async function takeTurn(client: pg.Client, turnMs: number, say: Say): Promise<void> {
  const end = performance.now() + turnMs;
  for (let said = false; ;) {
    const { rows } = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_lock(hashtext('trellis.migrate')) AS mine`,
    );
    if (rows[0]?.mine === true) return;
    if (performance.now() >= end)
      throw new LockNotGiven(
        `Another process has been migrating this database for ${String(Math.round(turnMs / 60_000))} minutes: wait for it, or end it, and migrate again.`,
      );
    if (!said) say('Another process is migrating this database; waiting for it.');
    said = true;
    await sleep(Math.min(lookEveryMs, turnMs));
  }
}

/** The table of Prisma's CLI, so that it still understands what was applied. */
const table = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies migrations that are missing, in order. One is a transaction together with the note of it, so that it is there whole
 * or not at all; one beside the traffic is noted as begun before its first index and as done after its last, and goes on
 * where it was cut short.
 * @returns the names of those applied now
 * @throws LockNotGiven, MigrationFailed
 */
export async function applyMigrations(
  client: pg.Client,
  migrations: readonly Migration[],
  patience: Patience,
  say: Say,
): Promise<string[]> {
  await client.query(table);
  const { rows } = await client.query<{ name: string; done: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS done FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const done = new Set(rows.flatMap((row) => (row.done ? [row.name] : [])));
  const begun = new Set(rows.flatMap((row) => (row.done ? [] : [row.name])));
  const applied: string[] = [];
  for (const migration of migrations.filter(({ name }) => !done.has(name))) {
    const { name } = migration;
    try {
      await apply(client, migration, begun.has(name), patience, say);
    } catch (error) {
      if (error instanceof LockNotGiven || error instanceof MigrationFailed) throw error;
      throw new MigrationFailed(`Migration ${name}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
    applied.push(name);
  }
  return applied;
}

async function apply(
  client: pg.Client,
  migration: Migration,
  begun: boolean,
  patience: Patience,
  say: Say,
): Promise<void> {
  const { name, beside, sql } = migration;
  if (beside) {
    await applyBeside(client, { ...migration, beside }, begun, patience, say);
    return;
  }
  if (begun) throw new MigrationFailed(whatToDo(name));
  const { lockMs, pausesMs } = patience;
  await patiently(client, { what: `Migration ${name}`, lockMs, pausesMs }, say, () =>
    inTransaction(client, async () => {
      await client.query(sql);
      await note(client, migration, true);
    }),
  );
}

async function applyBeside(
  client: pg.Client,
  migration: Migration & { readonly beside: readonly IndexStatement[] },
  begun: boolean,
  { lockMs, besideLockMs, pausesMs }: Patience,
  say: Say,
): Promise<void> {
  if (!begun) await note(client, migration, false);
  const what = `Migration ${migration.name}`;
  let resumed = begun;
  try {
    await patiently(client, { what, lockMs: besideLockMs, pausesMs }, say, async () => {
      const again = resumed;
      resumed = true;
      for (const statement of migration.beside) await runIndexStatement(client, statement, again);
    });
  } catch (error) {
    await dropInvalid(client, migration.beside, lockMs).catch((left: unknown) => {
      say(`${what} left an invalid index, which its next try drops (${String(left)}).`);
    });
    throw error;
  }
  await client.query(
    `UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1
     WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
    [migration.name],
  );
}

/**
 * PostgreSQL leaves an index whose building was cut short as an invalid one, which every write keeps up, which may refuse
 * rows, and which no query uses: it is dropped and built anew.
 * @param resumed this migration was begun before, so that what is there of it is its own
 */
async function runIndexStatement(client: pg.Client, statement: IndexStatement, resumed: boolean): Promise<void> {
  const there = await findIndex(client, statement.index);
  if (statement.kind === 'drop') {
    if (there || !resumed) await client.query(statement.sql);
    return;
  }
  if (there?.valid === true && resumed && there.table === statement.table) return;
  if (there?.valid === false) await dropIndex(client, statement.index);
  await client.query(statement.sql);
}

async function dropInvalid(client: pg.Client, statements: readonly IndexStatement[], lockMs: number): Promise<void> {
  await client.query(`SET lock_timeout = ${String(lockMs)}`);
  for (const { kind, index } of statements)
    if (kind === 'build' && (await findIndex(client, index))?.valid === false) await dropIndex(client, index);
}

const dropIndex = (client: pg.Client, index: string) =>
  client.query(`DROP INDEX CONCURRENTLY ${client.escapeIdentifier(index)}`);

async function findIndex(
  client: pg.Client,
  index: string,
): Promise<{ readonly valid: boolean; readonly table: string } | undefined> {
  const { rows } = await client.query<{ valid: boolean; table: string }>(
    `SELECT i.indisvalid AND i.indisready AS valid, t.relname AS table
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
     WHERE c.relname = $1 AND c.relnamespace = 'public'::regnamespace`,
    [index],
  );
  return rows[0];
}

async function note(client: pg.Client, { name, checksum }: Migration, done: boolean): Promise<void> {
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), CASE WHEN $4 THEN now() END, CASE WHEN $4 THEN 1 ELSE 0 END)`,
    [randomUUID(), checksum, name, done],
  );
}

const whatToDo = (name: string): string =>
  `Migration ${name} was begun by an earlier version of Trellis, which applied one statement after the other, and was cut short. Look how far prisma/migrations/${name}/migration.sql came, do what is missing of it by hand, and say so: UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1 WHERE migration_name = '${name}'. Or undo what is there and DELETE that row. Then migrate again.`;
