import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { ensureDatabase, startEmbeddedPostgres } from '#app/infra/embedded-postgres.ts';
import { freePort } from '#scripts/free-port.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { adminUrl: string; port: number; rolePassword: string };
  }
}

/** One PostgreSQL for the whole run with a migrated template; every test file clones its own database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trellis-test-'));
  const server = await startEmbeddedPostgres({
    dataFolder: folder,
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    durable: false,
  });
  const rolePassword = randomBytes(12).toString('hex');
  const adminUrl = server.url('postgres');
  await ensureDatabase(adminUrl, 'trellis_template');
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, '../../scripts/db-migrate.ts')], {
    env: {
      ...process.env,
      DATABASE_ADMIN_URL: server.url('trellis_template'),
      DATABASE_URL: `postgresql://trellis_app:${rolePassword}@127.0.0.1/trellis_template`,
    },
  });
  project.provide('postgres', { adminUrl, port: server.port, rolePassword });
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
