import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { OrderFileError, readOrderFile } from '#app/infra/order-files/index.ts';
import { StartError } from '#scripts/supervisor/state.ts';

export interface StartSettings {
  readonly port: number;
  readonly sandboxPort: number;
  readonly smtpPort: number;
  readonly wooPort: number;
  readonly reset: boolean;
  readonly ordersFile: string | null;
  readonly development: boolean;
  readonly databaseUrl: string | null;
  readonly databaseAdminUrl: string | null;
  readonly redisUrl: string | null;
}

/** Reads arguments and variables of `npm start`; every mistake is one sentence. */
export async function readSettings(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<StartSettings> {
  const values = parse(argv);
  const port = readPort(env, 'PORT', 3000);
  const sandboxPort = readPort(env, 'SANDBOX_PORT', 4000);
  // Near the end of the range of ports the usual distances lead out of it.
  const smtpPort = readPort(env, 'SANDBOX_SMTP_PORT', sandboxPort + (sandboxPort > 65510 ? -25 : 25));
  const wooPort = readPort(env, 'SANDBOX_WOO_PORT', sandboxPort + (sandboxPort > 65435 ? -100 : 100));
  assertDifferent([
    ['PORT', port],
    ['SANDBOX_PORT', sandboxPort],
    ['SANDBOX_SMTP_PORT', smtpPort],
    ['SANDBOX_WOO_PORT', wooPort],
  ]);
  const databaseUrl = readDatabaseUrl(env, 'DATABASE_URL');
  const databaseAdminUrl = readDatabaseUrl(env, 'DATABASE_ADMIN_URL');
  if (databaseUrl === null && databaseAdminUrl !== null)
    throw new StartError('DATABASE_ADMIN_URL is set without DATABASE_URL: set both or neither.');
  let ordersFile: string | null = null;
  if (values.orders !== undefined) {
    ordersFile = path.resolve(values.orders);
    const readable = await access(ordersFile, constants.R_OK).then(
      () => stat(path.resolve(values.orders ?? '')),
      () => null,
    );
    if (!readable?.isFile()) throw new StartError(`The order file ${values.orders} cannot be read: check the path.`);
  }
  return {
    port,
    sandboxPort,
    smtpPort,
    wooPort,
    reset: values.reset ?? false,
    ordersFile,
    development: values.dev ?? false,
    databaseUrl,
    databaseAdminUrl: databaseAdminUrl ?? databaseUrl,
    redisUrl: env['REDIS_URL'] || null,
  };
}

/**
 * Reads an order file as far as its first usable row, so that one that is none is refused before anything is touched.
 * @throws StartError naming the file as the person at the terminal would
 */
export async function assertOrderFile(file: string): Promise<void> {
  const near = path.relative(process.cwd(), file);
  try {
    for await (const _row of readOrderFile(near.startsWith('..') ? file : near, () => undefined)) return;
  } catch (error) {
    throw error instanceof OrderFileError ? new StartError(error.message) : error;
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { reset: { type: 'boolean' }, orders: { type: 'string' }, dev: { type: 'boolean' } },
      strict: true,
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : 'wrong argument';
    throw new StartError(`${reason}. Known: --reset, --orders FILE.csv`);
  }
}

function readPort(env: Readonly<Record<string, string | undefined>>, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new StartError(`${name} must be a number from 1 to 65535, not "${text}".`);
  }
  return port;
}

function assertDifferent(ports: readonly (readonly [name: string, port: number])[]): void {
  for (const [name, port] of ports) {
    const other = ports.find(([known, its]) => known !== name && its === port);
    if (other) throw new StartError(`${name} and ${other[0]} are both ${port}: they must differ.`);
  }
}

function readDatabaseUrl(env: Readonly<Record<string, string | undefined>>, name: string): string | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  if (/^postgres(ql)?:\/\/./.test(text) && URL.canParse(text)) return text;
  throw new StartError(`${name} must start with postgres://, for example postgres://trellis@localhost:5432/trellis.`);
}

/** @throws StartError naming the port and the variable that moves it */
export async function assertPortFree(port: number, variable: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new StartError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use: stop the other program or set ${variable} to a free one.`
            : `Port ${port} cannot be opened (${error.code ?? 'unknown reason'}): set ${variable} to another one.`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}

/** @throws StartError when less than 300 MB are free where the state lives */
export async function assertDiskSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const megabytes = Math.floor((bavail * bsize) / 1e6);
  if (megabytes < 300)
    throw new StartError(`The disk is nearly full (${megabytes} MB free): Trellis needs at least 300 MB.`);
}
