import { readFile } from 'node:fs/promises';
import { besideTraffic, readMigrations, tablesHeldForIndexes } from '#app/infra/migration-files.ts';
import { migrationsFolder, readSchemaFiles, snapshotFile } from '#app/infra/migrations.ts';

/** Fails when a schema file was changed without a migration. Layout and comments may differ. */
const essence = (files: readonly { path: string; content: string }[]): string =>
  files
    .map(({ content }) =>
      content
        .replace(/\/\/.*$/gm, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .join('\n');
const before = JSON.parse(await readFile(snapshotFile, 'utf8')) as { path: string; content: string }[];
if (essence(before) !== essence(await readSchemaFiles())) {
  console.error(
    'prisma/schema differs from the newest migration: run `npm run db:migration NAME` and commit what it writes.',
  );
  process.exit(1);
}

/** Older ones were applied as they are. */
const besideFrom = '20261124';
for (const migration of await readMigrations(migrationsFolder)) {
  const held = migration.name < besideFrom ? [] : tablesHeldForIndexes(migration);
  if (held.length === 0) continue;
  console.error(
    `${migration.name} builds an index of ${held.join(', ')} while nobody can write there: put it into a migration of its own that begins with "${besideTraffic}", as CREATE INDEX CONCURRENTLY (docs/deploy.md).`,
  );
  process.exit(1);
}
