import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedPostgres } from '#app/infra/embedded-postgres.ts';
import { divideIndexes } from '#app/infra/migration-files.ts';
import { migrationsFolder, planMigration, readSchemaFiles, snapshotFile } from '#app/infra/migrations.ts';
import { freePort } from '#scripts/free-port.ts';
import { guardedFolder } from '#scripts/testing/guarded-folder.ts';

/**
 * `npm run db:migration NAME`: writes the SQL that leads from the migrations to the schema files; indexes of tables that are
 * there already into a migration of their own, which builds them beside the traffic.
 */
const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run db:migration NAME   (lower-case words joined by underscores)');
  process.exit(2);
}
const folder = await guardedFolder('migration', 'data/postmaster.pid');
const server = await startEmbeddedPostgres({
  dataFolder: path.join(folder.path, 'data'),
  port: await freePort(),
  password: 'migration',
  durable: false,
});
try {
  const sql = await planMigration(server.url('postgres'));
  if (sql === null) {
    console.log('Nothing to do: the migrations already say what the schema says.');
  } else {
    const { transaction, beside } = divideIndexes(sql);
    // The indexes come a second after the columns that they are of.
    const parts = [
      { part: transaction, suffix: '', afterMs: 0 },
      { part: beside, suffix: transaction === null ? '' : '_indexes', afterMs: 1_000 },
    ];
    const now = Date.now();
    for (const { part, suffix, afterMs } of parts) {
      if (part === null) continue;
      const stamp = new Date(now + afterMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
      const target = path.join(migrationsFolder, `${stamp}_${name}${suffix}`);
      await mkdir(target, { recursive: true });
      await writeFile(path.join(target, 'migration.sql'), part);
      console.log(`Written: prisma/migrations/${path.basename(target)}/migration.sql. Read it before you commit it.`);
    }
    await writeFile(snapshotFile, `${JSON.stringify(await readSchemaFiles(), null, 1)}\n`);
  }
} finally {
  await server.stop();
  await folder.remove();
}
