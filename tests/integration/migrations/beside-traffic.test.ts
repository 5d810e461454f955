import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyMigrations, MigrationFailed, takeTurn } from '#app/infra/apply-migrations.ts';
import { LockNotGiven, type Patience } from '#app/infra/lock-patience.ts';
import { besideTraffic, toMigration } from '#app/infra/migration-files.ts';
import { dogged, hasty, index, type Used, until, usedDatabase } from './server.ts';

let used: Used;
beforeEach(async () => {
  used = await usedDatabase();
});
afterEach(async () => used.drop());

const migration = toMigration('20990101000000_index', index);

async function apply(patience: Patience, migrations = [migration], say: (words: string) => void = () => undefined) {
  return applyMigrations(await used.connect(), migrations, patience, say);
}

const built = () =>
  used.ask<{ oid: number; valid: boolean }>(
    `SELECT i.indexrelid::int AS oid, i.indisvalid AS valid FROM pg_index i
     WHERE i.indrelid = 'used'::regclass AND NOT i.indisprimary`,
  );

const noted = () =>
  used.ask<{ done: boolean; steps: number }>(
    `SELECT finished_at IS NOT NULL AS done, applied_steps_count AS steps FROM "_prisma_migrations"
     WHERE migration_name = $1`,
    [migration.name],
  );

/** A transaction that has written and stands open: an index waits for it. */
async function openWriter() {
  const writer = await used.connect();
  await writer.query('BEGIN');
  await writer.query(`UPDATE used SET kind = 'changed' WHERE id = 1`);
  return writer;
}

/** The connection that builds an index and waits for older transactions. */
async function builder(): Promise<number> {
  let pid = 0;
  await until(async () => {
    const [row] = await used.ask<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
         AND query LIKE 'CREATE INDEX CONCURRENTLY%'`,
    );
    pid = row?.pid ?? 0;
    return pid !== 0;
  });
  return pid;
}

it('an index is built while others write', async () => {
  const writer = await openWriter();
  const applied = apply(dogged);
  await builder();
  await used.ask(`INSERT INTO used SELECT n, 'late' FROM generate_series(3001, 3100) n`);
  await writer.query('COMMIT');
  expect(await applied).toEqual([migration.name]);
  expect(await built()).toMatchObject([{ valid: true }]);
  expect(await noted()).toEqual([{ done: true, steps: 1 }]);
  expect(await apply(hasty), 'once').toEqual([]);
});

it('where a transaction never ends it gives up, and begins anew the next time', async () => {
  const writer = await openWriter();
  const said: string[] = [];
  await expect(apply(hasty, [migration], (words) => said.push(words))).rejects.toThrow(LockNotGiven);
  expect(said.length).toBeGreaterThanOrEqual(2);
  expect(await noted()).toEqual([{ done: false, steps: 0 }]);
  await writer.query('ROLLBACK');
  expect(await apply(hasty)).toEqual([migration.name]);
  expect(await built()).toMatchObject([{ valid: true }]);
  expect(await noted()).toEqual([{ done: true, steps: 1 }]);
});

it('cut off while it was built, the invalid index is dropped and built anew', async () => {
  const writer = await openWriter();
  const applied = apply(dogged);
  const cut = expect(applied).rejects.toThrow(MigrationFailed);
  await used.ask('SELECT pg_terminate_backend($1)', [await builder()]);
  await cut;
  const [left] = await built();
  expect(left?.valid).toBe(false);
  await writer.query('COMMIT');
  expect(await apply(hasty)).toEqual([migration.name]);
  const now = await built();
  expect(now).toMatchObject([{ valid: true }]);
  expect(now[0]?.oid).not.toBe(left?.oid);
});

it('killed between the index and the note of it, the index stands and is noted', async () => {
  const writer = await openWriter();
  const child = spawn(
    process.execPath,
    [
      path.resolve(import.meta.dirname, '../../chaos/children/migrate.ts'),
      used.database.adminUrl,
      migration.name,
      index,
    ],
    { stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  const pid = await builder();
  child.kill('SIGKILL');
  await exited;
  await writer.query('COMMIT');
  // The server does not notice before it has built it and wants to say so.
  await until(async () => (await used.ask('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).length === 0);
  const [left] = await built();
  expect(left?.valid).toBe(true);
  expect(await noted()).toEqual([{ done: false, steps: 0 }]);

  const client = await used.connect();
  await takeTurn(client, dogged.turnMs, () => undefined);
  expect(await applyMigrations(client, [migration], hasty, () => undefined)).toEqual([migration.name]);
  expect(await built()).toEqual([left]);
  expect(await noted()).toEqual([{ done: true, steps: 1 }]);
});

it('an index that cannot be leaves none that refuses rows', async () => {
  const unique = toMigration(
    '20990101000000_unique',
    `${besideTraffic}\nCREATE UNIQUE INDEX CONCURRENTLY "used_kind_key" ON "used"("kind");`,
  );
  await expect(apply(hasty, [unique])).rejects.toThrow(
    /^Migration 20990101000000_unique: could not create unique index/,
  );
  expect(await built()).toEqual([]);
});

it('does not take an index of that name for its own that was there before it', async () => {
  await used.ask('CREATE INDEX used_kind_idx ON used (id)');
  await expect(apply(hasty)).rejects.toThrow(/already exists/);
});

it('an index gives way to its successor, however often it is begun', async () => {
  await used.ask('CREATE INDEX used_old_idx ON used (id)');
  const swap = toMigration(
    '20990101000000_swap',
    `${index}\nDROP INDEX CONCURRENTLY "used_old_idx";\nCREATE INDEX CONCURRENTLY "used_both_idx" ON "used"("kind", "id");`,
  );
  // Begun, and both of the first done.
  await used.ask(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('x', 'x', '20990101000000_swap')`,
  );
  await used.ask('CREATE INDEX used_kind_idx ON used (kind)');
  await used.ask('DROP INDEX used_old_idx');
  const [first] = await built();
  expect(await apply(hasty, [swap])).toEqual([swap.name]);
  const now = await built();
  expect(now).toHaveLength(2);
  expect(now).toContainEqual(first);
});

it('two processes at once do it once, and neither waits for the other for ever', async () => {
  const migrateOnce = async () => {
    const client = await used.connect();
    await takeTurn(client, dogged.turnMs, () => undefined);
    const applied = await applyMigrations(client, [migration], dogged, () => undefined);
    await client.end();
    return applied;
  };
  const writer = await openWriter();
  const both = Promise.all([migrateOnce(), migrateOnce()]);
  await builder();
  await writer.query('COMMIT');
  expect((await both).flat()).toEqual([migration.name]);
  expect(await built()).toMatchObject([{ valid: true }]);
});
