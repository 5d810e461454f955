import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyMigrations, MigrationFailed, takeTurn } from '#app/infra/apply-migrations.ts';
import { LockNotGiven, type Patience } from '#app/infra/lock-patience.ts';
import { toMigration } from '#app/infra/migration-files.ts';
import { migrate } from '#app/infra/migrations.ts';
import { dogged, hasty, type Used, usedDatabase } from './server.ts';

let used: Used;
beforeEach(async () => {
  used = await usedDatabase();
});
afterEach(async () => used.drop());

const column = toMigration('20990101000000_column', 'ALTER TABLE "used" ADD COLUMN "seen" int;');

async function apply(
  migrations: Parameters<typeof applyMigrations>[1],
  patience: Patience,
  say = (): void => undefined,
) {
  return applyMigrations(await used.connect(), migrations, patience, say);
}

const columns = async () =>
  (
    await used.ask<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'used' ORDER BY 1`,
    )
  ).map(({ name }) => name);

const notes = () =>
  used.ask<{ name: string; done: boolean; steps: number; checksum: string }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS done, applied_steps_count AS steps, checksum
     FROM "_prisma_migrations" WHERE migration_name LIKE '2099%' ORDER BY 1`,
  );

describe('a migration that wants a lock which another connection holds', () => {
  it('gives up with the name of who holds it, and leaves nothing behind', async () => {
    const reader = await used.connect();
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM used');
    const [{ pid }] = (await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows as [{ pid: number }];
    const said: string[] = [];
    const failed = applyMigrations(await used.connect(), [column], hasty, (words) => said.push(words));
    await expect(failed).rejects.toThrow(LockNotGiven);
    await expect(failed).rejects.toThrow(
      new RegExp(`^Migration 20990101000000_column asked 3 times .*process ${String(pid)}, idle in transaction`),
    );
    expect(said).toHaveLength(2);
    expect(await columns()).toEqual(['id', 'kind']);
    expect(await notes()).toEqual([]);

    await reader.query('COMMIT');
    expect(await apply([column], hasty)).toEqual([column.name]);
    expect(await columns()).toEqual(['id', 'kind', 'seen']);
  });

  it('comes again until it is free, and holds nobody up for longer than it waits', async () => {
    const [reader, other] = [await used.connect(), await used.connect()];
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM used');
    let tries = 0;
    const applied = applyMigrations(await used.connect(), [column], dogged, () => {
      tries += 1;
      if (tries === 3) void reader.query('COMMIT');
    });
    let done = false;
    void applied.then(() => (done = true));
    const waited: number[] = [];
    while (!done) {
      const began = performance.now();
      await other.query('SELECT count(*) FROM used');
      waited.push(performance.now() - began);
    }
    expect(await applied).toEqual([column.name]);
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(await notes()).toEqual([{ name: column.name, done: true, steps: 1, checksum: column.checksum }]);
    // It queues behind the migration, which waits 200 ms; the rest is room for a machine that many share.
    expect(Math.max(...waited)).toBeLessThan(2_000);
    expect(await apply([column], hasty), 'once').toEqual([]);
  });

  it('is there whole or not at all', async () => {
    const broken = toMigration('20990101000000_two', `${column.sql}\nALTER TABLE "missing" ADD COLUMN "a" int;`);
    await expect(apply([broken], hasty)).rejects.toThrow(MigrationFailed);
    await expect(apply([broken], hasty)).rejects.toThrow(/^Migration 20990101000000_two: .*missing/);
    expect(await columns()).toEqual(['id', 'kind']);
    expect(await notes()).toEqual([]);
    expect(await apply([toMigration(broken.name, column.sql)], hasty), 'put right').toEqual([broken.name]);
  });
});

it('waits for another process that migrates, and not for ever', async () => {
  const [first, second] = [await used.connect(), await used.connect()];
  await takeTurn(first, hasty.turnMs, () => undefined);
  const said: string[] = [];
  await expect(takeTurn(second, hasty.turnMs, (words) => said.push(words))).rejects.toThrow(LockNotGiven);
  expect(said).toHaveLength(1);
  const turn = takeTurn(second, dogged.turnMs, () => undefined);
  await first.end();
  await turn;
});

it('a migration that an earlier version left half done is for a person to look at', async () => {
  await used.ask(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('x', 'x', '${column.name}')`);
  await expect(apply([column], hasty)).rejects.toThrow(/begun by an earlier version.*UPDATE "_prisma_migrations"/);
  await used.ask(`UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE id = 'x'`);
  expect(await apply([column], hasty), 'as Prisma’s CLI says that it was undone').toEqual([column.name]);
});

describe('the whole schema', () => {
  it('is left alone where it is as it should be: who reads or writes is not waited for', async () => {
    const reader = await used.connect();
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM shop');
    await reader.query('SELECT count(*) FROM "order"');
    const said: string[] = [];
    const say = (words: string) => said.push(words);
    expect(await migrate(used.database.adminUrl, null, say, hasty)).toEqual([]);
    expect(said).toEqual([]);
    await reader.query('COMMIT');
  });

  it.each([
    'ALTER POLICY shop_isolation ON "order" USING (true)',
    'ALTER POLICY shop_isolation ON "order" TO trellis_app',
    'ALTER POLICY shop_isolation ON "order" WITH CHECK (true)',
    'DROP POLICY shop_isolation ON "order"',
    'ALTER TABLE "order" NO FORCE ROW LEVEL SECURITY',
    'ALTER TABLE "order" DISABLE ROW LEVEL SECURITY',
    'ALTER TABLE "shop" DISABLE ROW LEVEL SECURITY',
  ])('is put right after %s', async (change) => {
    const state = () =>
      used.ask(
        `SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, p.polname, p.polroles, p.polcmd, p.polpermissive,
           pg_get_expr(p.polqual, p.polrelid) AS rule, p.polwithcheck FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
         WHERE c.relname IN ('order', 'shop') AND c.relkind = 'r' ORDER BY 1`,
      );
    const before = await state();
    await used.ask(change);
    expect(await state()).not.toEqual(before);
    await migrate(used.database.adminUrl, null, () => undefined, hasty);
    expect(await state()).toEqual(before);
  });
});
