import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureDatabase, startEmbeddedPostgres } from '#app/infra/embedded-postgres.ts';
import { freePort } from '#scripts/free-port.ts';

export interface BenchDatabase {
  /** as the app's role */
  readonly url: string;
  /** as the superuser */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** A migrated PostgreSQL of its own, durable as in production: numbers without fsync would flatter everybody. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trellis-bench-'));
  const password = randomBytes(12).toString('hex');
  const server = await startEmbeddedPostgres({
    dataFolder: folder,
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    durable: true,
  });
  const guard = spawn(process.execPath, [path.join(import.meta.dirname, 'guard.ts'), String(server.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  await ensureDatabase(server.url('postgres'), 'trellis_bench');
  const adminUrl = server.url('trellis_bench');
  const url = `postgresql://trellis_app:${password}@127.0.0.1:${String(server.port)}/trellis_bench`;
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, '../../scripts/db-migrate.ts')], {
    env: { NODE_ENV: 'production', DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: url },
  });
  return {
    url,
    adminUrl,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
      guard.stdin.end('done');
    },
  };
}
