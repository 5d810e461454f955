import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureDatabase, startEmbeddedPostgres } from '#app/infra/embedded-postgres.ts';
import { freePort } from '#scripts/free-port.ts';
import { guardedFolder } from '#scripts/testing/guarded-folder.ts';

export interface TemporaryPostgres {
  /** the migrated database, as the app's role */
  readonly url: string;
  /** the same as the superuser */
  readonly adminUrl: string;
  /** ends it (SIGINT rolls open transactions back, SIGQUIT is a crash) and starts it again on the same data */
  restart(signal: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL with a migrated database, on a free port, which leaves nothing behind.
 * @param purpose names the database and the folder
 * @param durable with fsync, as in production; without it everything is faster
 */
export async function startTemporaryPostgres(purpose: string, durable: boolean): Promise<TemporaryPostgres> {
  const folder = await guardedFolder(purpose, 'data/postmaster.pid');
  const options = {
    dataFolder: path.join(folder.path, 'data'),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    durable,
  };
  let server = await startEmbeddedPostgres(options);
  const database = `trellis_${purpose}`;
  await ensureDatabase(server.url('postgres'), database);
  const adminUrl = server.url(database);
  const password = randomBytes(12).toString('hex');
  const url = `postgresql://trellis_app:${password}@127.0.0.1:${String(options.port)}/${database}`;
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, '../db-migrate.ts')], {
    env: { ...process.env, DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: url },
  });
  return {
    url,
    adminUrl,
    async restart(signal) {
      process.kill(server.pid, signal);
      await server.exited;
      server = await startEmbeddedPostgres(options);
    },
    async stop() {
      await server.stop();
      await folder.remove();
    },
  };
}
