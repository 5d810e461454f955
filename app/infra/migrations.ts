import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { applyMigrations, takeTurn } from './apply-migrations.ts';
import { inTransaction, type Patience, patiently, type Say, usualPatience } from './lock-patience.ts';
import { readMigrations } from './migration-files.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const migrationsFolder = path.join(root, 'prisma/migrations');
const filters = { externalTables: [], externalEnums: [] };

type Engine = Awaited<ReturnType<typeof engineModule.SchemaEngine.new>>;

let loaded: Promise<void> | null = null;

/** Prisma's own schema engine as WebAssembly: the CLI's native one is a download that a closed network refuses. */
async function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const require = createRequire(import.meta.url);
    const glue = require.resolve('@prisma/schema-engine-wasm');
    const bytes = await readFile(path.join(path.dirname(glue), 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engineModule });
    engineModule.__wbg_set_wasm(instance.exports);
    (instance.exports['__wbindgen_start'] as () => void)();
  })();
  return loaded;
}

async function withEngine<T>(url: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  await loadEngine();
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await engineModule.SchemaEngine.new({ datamodels: await readSchema() }, () => undefined, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

async function readSchema(): Promise<[string, string][]> {
  const folder = path.join(root, 'prisma/schema');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [
      path.join(folder, name),
      await readFile(path.join(folder, name), 'utf8'),
    ]),
  );
}

/** The schema as the newest migration left it, kept beside the migrations. */
export const snapshotFile = path.join(migrationsFolder, 'schema-snapshot.json');

/** All schema files, as they are now. */
export async function readSchemaFiles(): Promise<{ path: string; content: string }[]> {
  return (await readSchema()).map(([file, content]) => ({ path: path.relative(root, file), content }));
}

/**
 * The SQL that leads from the schema of the newest migration to the schema files, or null when they agree.
 * Compares two schemas, so it needs no database; the engine wants one to say which dialect it writes.
 */
export async function planMigration(adminUrl: string): Promise<string | null> {
  const before = JSON.parse(await readFile(snapshotFile, 'utf8').catch(() => '[]')) as {
    path: string;
    content: string;
  }[];
  const files = await readSchemaFiles();
  return withEngine(adminUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: before.length === 0 ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: before },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters,
    });
    return stdout === null || stdout.includes('This is an empty migration') ? null : stdout;
  });
}

/** The role that the app connects as: it owns nothing and is no superuser, so row-level security binds it. */
export interface AppRole {
  readonly name: string;
  readonly password: string;
}

/**
 * Applies what is missing of prisma/migrations (kept in `_prisma_migrations` as Prisma's CLI does), then row-level security,
 * the triggers that note changed products and those that keep the ledger, and the app role's rights. May run any number of
 * times; one process at a time does it, and none waits for a table's lock for long.
 * @param say hears what it waits for
 * @returns the names of the migrations applied now
 * @throws LockNotGiven, MigrationFailed, MigrationUnreadable
 */
export async function migrate(
  adminUrl: string,
  role: AppRole | null,
  say: Say = () => undefined,
  patience: Patience = usualPatience,
): Promise<readonly string[]> {
  const migrations = await readMigrations(migrationsFolder);
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'trellis-migrate' });
  // A connection that is cut tells it by the statement that it cuts.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await takeTurn(client, patience.turnMs, say);
    const applied = await applyMigrations(client, migrations, patience, say);
    const { lockMs, pausesMs } = patience;
    for (const file of ['row-level-security.sql', 'product-changes.sql', 'ledger.sql']) {
      const sql = await readFile(path.join(root, 'prisma', file), 'utf8');
      await patiently(client, { what: file, lockMs, pausesMs }, say, () =>
        inTransaction(client, () => client.query(sql)),
      );
    }
    if (role)
      await patiently(client, { what: 'The rights of the app’s role', lockMs, pausesMs }, say, () =>
        grantRole(client, role),
      );
    return applied;
  } finally {
    await client.end();
  }
}

async function grantRole(client: pg.Client, role: AppRole): Promise<void> {
  const name = client.escapeIdentifier(role.name);
  const exists = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role.name]);
  const verb = exists.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(
    `${verb} ROLE ${name} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD ${client.escapeLiteral(role.password)}`,
  );
  await client.query(`GRANT USAGE ON SCHEMA public TO ${name}`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`);
  await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name}`);
  // For ANALYZE after an import; the privilege came with PostgreSQL 17, before it statistics wait for autovacuum.
  const version = await client.query<{ n: number }>(`SELECT current_setting('server_version_num')::int AS n`);
  if ((version.rows[0]?.n ?? 0) >= 170_000)
    await client.query(`GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO ${name}`);
  // The queue keeps its own tables in its own schema and migrates them itself; it says CREATE SCHEMA IF NOT
  // EXISTS, for which PostgreSQL wants the right to create schemas even where there is nothing to create.
  await client.query(`CREATE SCHEMA IF NOT EXISTS bullmq AUTHORIZATION ${name}`);
  const database = await client.query<{ name: string }>('SELECT current_database() AS name');
  await client.query(`GRANT CREATE ON DATABASE ${client.escapeIdentifier(database.rows[0]?.name ?? '')} TO ${name}`);
}
