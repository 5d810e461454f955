import { MigrationFailed } from '#app/infra/apply-migrations.ts';
import { LockNotGiven } from '#app/infra/lock-patience.ts';
import { MigrationUnreadable } from '#app/infra/migration-files.ts';
import { migrate } from '#app/infra/migrations.ts';
import { assertPostgresReachable } from '#scripts/supervisor/outside.ts';
import { StartError } from '#scripts/supervisor/state.ts';

/**
 * `npm run db:migrate`: brings the database of DATABASE_ADMIN_URL to the current schema and gives the role of
 * DATABASE_URL its rights on it.
 */
const adminUrl = process.env['DATABASE_ADMIN_URL'];
const appUrl = process.env['DATABASE_URL'];
if (adminUrl === undefined || appUrl === undefined) {
  console.error('Set DATABASE_ADMIN_URL (owner of the tables) and DATABASE_URL (the role that the app runs as).');
  process.exit(2);
}
for (const [variable, url] of Object.entries({ DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: appUrl }))
  if (!/^postgres(ql)?:\/\/./.test(url) || !URL.canParse(url)) {
    console.error(`${variable} must start with postgres://, for example postgres://trellis@localhost:5432/trellis.`);
    process.exit(2);
  }
// The app's role may not exist yet: only the owner must get in.
await assertPostgresReachable(adminUrl, 'DATABASE_ADMIN_URL').catch((error: unknown) => {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
});
const app = new URL(appUrl);
const role = { name: decodeURIComponent(app.username), password: decodeURIComponent(app.password) };
const expected = [LockNotGiven, MigrationFailed, MigrationUnreadable];
const applied = await migrate(adminUrl, role, (words) => {
  console.log(words);
}).catch((error: unknown) => {
  if (!(error instanceof Error) || !expected.some((kind) => error instanceof kind)) throw error;
  console.error(error.message);
  process.exit(1);
});
console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
