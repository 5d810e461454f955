import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '#app/infra/database.ts';
import { type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '#app/infra/embedded-postgres.ts';
import { freePort } from '#scripts/free-port.ts';
import type { TestDatabase } from '#tests/setup/database.ts';

export interface OwnPostgres {
  readonly database: TestDatabase;
  /** orderly (open transactions are rolled back) or as after a crash (recovery on the next start), then up again */
  restart(how: 'orderly' | 'crash'): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL that only this test uses, durable as in production, with a migrated database. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'trellis-chaos-'));
  const options = { dataFolder, port: await freePort(), password: randomBytes(12).toString('hex'), durable: true };
  let server: EmbeddedPostgres = await startEmbeddedPostgres(options);
  const name = 'chaos';
  await ensureDatabase(server.url('postgres'), name);
  const adminUrl = server.url(name);
  const url = `postgresql://trellis_app:${randomBytes(12).toString('hex')}@127.0.0.1:${String(server.port)}/${name}`;
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, '../../scripts/db-migrate.ts')], {
    env: { ...process.env, DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: url },
  });
  const db = openDatabase(url, 5);
  return {
    database: { db, url, adminUrl, drop: () => db.close() },
    async restart(how) {
      if (how === 'crash') process.kill(server.pid, 'SIGQUIT');
      else await server.stop();
      await server.exited;
      server = await startEmbeddedPostgres(options);
    },
    async stop() {
      await db.close();
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
