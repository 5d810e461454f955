import pg from 'pg';
import { applyMigrations, takeTurn } from '#app/infra/apply-migrations.ts';
import { usualPatience } from '#app/infra/lock-patience.ts';
import { toMigration } from '#app/infra/migration-files.ts';

/** Applies one migration, to be killed meanwhile. Arguments: the database, the migration's name, its SQL. */
const [url = '', name = '', sql = ''] = process.argv.slice(2);
const client = new pg.Client({ connectionString: url, application_name: 'to-be-killed' });
await client.connect();
await takeTurn(client, usualPatience.turnMs, () => undefined);
await applyMigrations(client, [toMigration(name, sql)], usualPatience, () => undefined);
await client.end();
