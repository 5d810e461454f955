import { readFile } from 'node:fs/promises';
import { readSchemaFiles, snapshotFile } from '#app/infra/migrations.ts';

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
