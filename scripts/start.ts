import { glob, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { MigrationFailed } from '#app/infra/apply-migrations.ts';
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  ensureDatabase,
  startEmbeddedPostgres,
} from '#app/infra/embedded-postgres.ts';
import { ConfigError, readConfig } from '#app/infra/config.ts';
import { LockNotGiven } from '#app/infra/lock-patience.ts';
import { migrate } from '#app/infra/migrations.ts';
import { build } from '#scripts/build.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { packPlugin } from '#scripts/build-plugin.ts';
import { freePort } from '#scripts/free-port.ts';
import { type RunningChild, startChild } from '#scripts/supervisor/children.ts';
import { assertPostgresReachable, assertRedisReachable } from '#scripts/supervisor/outside.ts';
import {
  assertDiskSpace,
  assertOrderFile,
  assertPortFree,
  readSettings,
  type StartSettings,
} from '#scripts/supervisor/settings.ts';
import {
  isAlive,
  type LocalSecrets,
  loadSecrets,
  lockState,
  resetState,
  StartError,
  stateFolder,
  stateName,
} from '#scripts/supervisor/state.ts';

/** `npm start`: one command for the whole product on this machine. */
const started = Date.now();
const say = (text: string): void => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)}s  ${text}`);

interface Running {
  readonly children: RunningChild[];
  postgres: EmbeddedPostgres | null;
  unlock: (() => Promise<void>) | null;
}

const sandboxFolder = path.join(stateFolder, 'sandbox');
const running: Running = { children: [], postgres: null, unlock: null };
let stopping: Promise<void> | null = null;

async function main(): Promise<void> {
  const settings = await readSettings(process.argv.slice(2), process.env);
  await assertPortFree(settings.port, 'PORT');
  await assertPortFree(settings.sandboxPort, 'SANDBOX_PORT');
  await assertPortFree(settings.smtpPort, 'SANDBOX_SMTP_PORT');
  await assertPortFree(settings.wooPort, 'SANDBOX_WOO_PORT');
  // Before a reset takes away what the last start made.
  if (settings.ordersFile !== null) await assertOrderFile(settings.ordersFile);
  running.unlock = await lockState();
  if (settings.reset) {
    say('Removing the data of the last start');
    await stopLeftoverPostgres();
    await resetState();
    running.unlock = await lockState();
  }
  const secrets = await loadSecrets();
  // What web and workers would refuse is better said before anything is started.
  readConfig({ ...process.env, ...environment(settings, secrets, 'postgres://unknown-yet') });
  await assertDiskSpace(stateFolder);
  if (settings.ordersFile !== null) await assertStoreEmpty();
  if (settings.redisUrl !== null) await assertRedisReachable(settings.redisUrl);

  // In development Vite serves the pages; the extensions are files that the sandbox reads.
  if (settings.development) {
    await buildExtensions();
    await packPlugin();
  } else await build((step) => say(`${step} …`));
  const database = await openDatabase(settings, secrets);
  if (stopping) return;
  const env = environment(settings, secrets, database.url);
  if (settings.ordersFile !== null) say('Filling the store from the order file (a large one takes half a minute) …');
  say('Starting the sandbox stores, the app and its workers …');
  const child = (name: string, script: string, watch: boolean) =>
    startChild({ name, script, env, watch: watch && settings.development }, say, (begun) =>
      running.children.push(begun),
    );
  await child('sandbox', 'sandbox/main.ts', false).catch(async (error: unknown) => {
    // An order file that was refused, or whose reading was cut short, must not be what the next start begins with.
    if (settings.ordersFile !== null) await rm(sandboxFolder, { recursive: true, force: true });
    throw error;
  });
  await Promise.all([child('web', 'app/server.ts', false), child('workers', 'workers/index.ts', true)]);
  if (!stopping) announce(settings);
}

/** PostgreSQL of this folder, or the one that DATABASE_URL names; migrated either way. */
async function openDatabase(settings: StartSettings, secrets: LocalSecrets): Promise<{ url: string }> {
  if (settings.databaseUrl !== null && settings.databaseAdminUrl !== null) {
    say('Migrating the database of DATABASE_URL …');
    await assertPostgresReachable(
      settings.databaseAdminUrl,
      settings.databaseAdminUrl === settings.databaseUrl ? 'DATABASE_URL' : 'DATABASE_ADMIN_URL',
    );
    const own = new URL(settings.databaseUrl);
    const same = settings.databaseAdminUrl === settings.databaseUrl;
    await migrate(
      settings.databaseAdminUrl,
      same ? null : { name: decodeURIComponent(own.username), password: decodeURIComponent(own.password) },
      say,
    );
    return { url: settings.databaseUrl };
  }
  say('Starting PostgreSQL …');
  await stopLeftoverPostgres();
  const postgres = await startEmbeddedPostgres({
    dataFolder: path.join(stateFolder, 'postgres'),
    port: await freePort(),
    password: secrets.postgresPassword,
    durable: true,
  });
  running.postgres = postgres;
  void postgres.exited.then(() => {
    if (!stopping) void shutdown('PostgreSQL ended unexpectedly; stopping everything.', 1);
  });
  await ensureDatabase(postgres.url('postgres'), 'trellis');
  await migrate(postgres.url('trellis'), { name: 'trellis_app', password: secrets.rolePassword }, say);
  return { url: `postgresql://trellis_app:${secrets.rolePassword}@127.0.0.1:${postgres.port}/trellis` };
}

/** A supervisor that was killed outright leaves its PostgreSQL behind: it is ours, so end it cleanly. */
async function stopLeftoverPostgres(): Promise<void> {
  const file = path.join(stateFolder, 'postgres/postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0] ?? 0);
  if (!(pid > 0) || !isAlive(pid)) return;
  say('Stopping the database that an earlier start left running …');
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 100 && isAlive(pid); waited += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

/** The sandbox fills its store once, from a copy of the file that it keeps. */
async function assertStoreEmpty(): Promise<void> {
  const stores = glob('*/origin.json', { cwd: sandboxFolder });
  const first = await stores[Symbol.asyncIterator]().next();
  if (first.done !== true)
    throw new StartError('The store is filled already: add --reset to start over with this order file.');
}

function environment(settings: StartSettings, secrets: LocalSecrets, databaseUrl: string): Record<string, string> {
  const sandbox = `http://localhost:${settings.sandboxPort}`;
  return {
    NODE_ENV: settings.development ? 'development' : 'production',
    PORT: String(settings.port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: secrets.apiKey,
    SHOPIFY_API_SECRET: secrets.apiSecret,
    SHOPIFY_APP_URL: `http://localhost:${settings.port}`,
    SHOPIFY_ORIGIN: `http://127.0.0.1:${settings.sandboxPort}/shops/{shop}`,
    SHOPIFY_FRAME_ANCESTORS: `${sandbox} http://127.0.0.1:${settings.sandboxPort}`,
    APP_BRIDGE_URL: `${sandbox}/app-bridge.js`,
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    SMTP_URL: `smtp://127.0.0.1:${settings.smtpPort}`,
    MAIL_FROM: 'mails@trellis.example',
    QUEUE_DASHBOARD: 'on',
    SANDBOX_PORT: String(settings.sandboxPort),
    SANDBOX_SMTP_PORT: String(settings.smtpPort),
    SANDBOX_WOO_PORT: String(settings.wooPort),
    WOOCOMMERCE_LOCAL_STORES: 'on',
    SANDBOX_DATA: sandboxFolder,
    ...(settings.ordersFile === null ? {} : { SANDBOX_ORDERS: settings.ordersFile }),
  };
}

function announce(settings: StartSettings): void {
  const app = `http://localhost:${settings.port}`;
  const sandbox = `http://localhost:${settings.sandboxPort}`;
  const woo = `http://localhost:${settings.wooPort}`;
  say('Trellis is ready\n');
  const rows = [
    ['Storefront (Shopify)', `${sandbox}/`],
    ['Merchant admin (Shopify)', `${sandbox}/admin`],
    ['Storefront (WooCommerce)', `${woo}/`],
    ['Merchant admin (WooCommerce)', `${woo}/wp-admin/`],
    ['Mailbox', `${sandbox}/mailbox`],
    ['Queue dashboard', `${app}/queues`],
  ];
  for (const [name = '', url = ''] of rows) console.log(`  ${name.padEnd(29)} ${url}`);
  console.log(`\n  Stop with Ctrl-C. Data and logs are in ${stateName}/.\n`);
}

function shutdown(reason: string, code: number): Promise<void> {
  stopping ??= (async () => {
    console.log(`\n${reason}`);
    // Web and workers first, while the store and the database still answer them.
    const order = (name: string) =>
      running.children.filter((child) => child.name === name).map((child) => child.stop());
    await Promise.all([...order('web'), ...order('workers')]);
    await Promise.all(order('sandbox'));
    await running.postgres?.stop();
    await running.unlock?.();
    console.log('Stopped. Nothing is lost: `npm start` goes on from here.');
    process.exit(code);
  })();
  return stopping;
}

process.on('SIGINT', () => void shutdown('Stopping …', 0));
process.on('SIGTERM', () => void shutdown('Stopping …', 0));
// A terminal that is closed takes its end of our output with it: what we would say then has no listener.
process.on('SIGHUP', () => void shutdown('Stopping …', 0));
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
// Whoever started npm may be gone without a word to us: npm's shell hands no SIGTERM on.
const parent = process.ppid;
if (process.env['npm_lifecycle_event'] !== undefined)
  setInterval(() => {
    if (process.ppid !== parent) void shutdown('npm is gone; stopping …', 0);
  }, 500).unref();

try {
  await main();
} catch (error) {
  if (!stopping) {
    const known = [StartError, EmbeddedPostgresError, ConfigError, LockNotGiven, MigrationFailed].some(
      (kind) => error instanceof kind,
    );
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    stopping = Promise.resolve();
    console.error(
      full
        ? 'The disk is full: free some space and start again.'
        : known && error instanceof Error
          ? error.message
          : error,
    );
    await Promise.all(running.children.map((child) => child.stop()));
    await running.postgres?.stop();
    await running.unlock?.();
    process.exit(1);
  }
}
