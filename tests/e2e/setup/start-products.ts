import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, createGzip } from 'node:zlib';
import type { FullConfig } from '@playwright/test';
import { build } from '#scripts/build.ts';
import { freePort } from '#scripts/free-port.ts';
import { type GuardedFolder, guardedFolder } from '#scripts/testing/guarded-folder.ts';
import { addressesOf, type ProductAddresses } from './products.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const realOrders = path.resolve(root, '../shared/data/online-retail-2010.csv.gz');
/**
 * The first weeks of the products that were sold first are enough for the journeys and keep them short; the whole file is
 * what the benchmarks use.
 */
const rowLimit = 30_000;
const productLimit = 700;

/**
 * Starts the whole product once for each project of the configuration, as `npm start` does, on free ports and in a
 * folder of its own, filled from the real order file. Returns the function that stops all of them and fails when one
 * does not stop cleanly.
 */
export default async function startProducts({ projects }: FullConfig): Promise<() => Promise<void>> {
  // A product that runs already, for working on a journey: TRELLIS_STORE and TRELLIS_APP name it.
  if (process.env['TRELLIS_STORE']) return () => Promise.resolve();
  // Here, because products that start at once would all build.
  await build((step) => console.log(`${step} …`));
  const folders = await Promise.all(projects.map(() => guardedFolder('e2e', 'state/pid')));
  const orders = await firstRows(folders[0]?.path ?? root);
  const started = await Promise.allSettled(folders.map((folder) => startProduct(folder, orders)));
  const running = started.filter((one) => one.status === 'fulfilled').map((one) => one.value);
  const stop = async (): Promise<void> => {
    const ends = await Promise.all(running.map((product) => product.stop()));
    await Promise.all(folders.map((folder) => folder.remove()));
    const unclean = ends.filter((end) => end !== null);
    if (unclean.length > 0) throw new Error(unclean.join('\n'));
  };
  const failure = started.find((one) => one.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  projects.forEach((project, index) => {
    const product = running[index];
    if (product) process.env[addressesOf(project.name)] = JSON.stringify(product.addresses);
  });
  return stop;
}

interface RunningProduct {
  readonly addresses: ProductAddresses;
  /** null, or what was wrong with its end */
  stop(): Promise<string | null>;
}

async function startProduct(folder: GuardedFolder, orders: string | null): Promise<RunningProduct> {
  const [port, sandboxPort, smtpPort, wooPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const child = spawn(
    process.execPath,
    [path.join(root, 'scripts/start.ts'), ...(orders === null ? [] : ['--orders', orders])],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        SANDBOX_PORT: String(sandboxPort),
        SANDBOX_SMTP_PORT: String(smtpPort),
        SANDBOX_WOO_PORT: String(wooPort),
        TRELLIS_STATE: path.join(folder.path, 'state'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (output.includes('Trellis is ready')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`Trellis ended with code ${code} while starting:\n${output}`)));
  });
  return {
    addresses: {
      TRELLIS_APP: `http://localhost:${port}`,
      TRELLIS_STORE: `http://localhost:${sandboxPort}`,
      TRELLIS_WOO_STORE: `http://localhost:${wooPort}`,
    },
    async stop() {
      const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
      child.kill('SIGTERM');
      const code = await exited;
      return code === 0 ? null : `Trellis did not stop cleanly (code ${code}):\n${output.slice(-3000)}`;
    },
  };
}

/** Cuts the real file; null where it is not at hand, which only a developer's machine may be. */
async function firstRows(folder: string): Promise<string | null> {
  if (!existsSync(realOrders)) {
    if (process.env['CI']) throw new Error('The real order file ../shared/data/online-retail-2010.csv.gz is missing.');
    console.log('The real order file is not here: the journeys run on the generated store instead.');
    return null;
  }
  const target = path.join(folder, 'orders.csv.gz');
  const output = createGzip();
  const written = new Promise<void>((resolve, reject) =>
    output.pipe(createWriteStream(target)).on('finish', resolve).on('error', reject),
  );
  const products = new Set<string>();
  let rows = 0;
  for await (const line of createInterface({ input: createReadStream(realOrders).pipe(createGunzip()) })) {
    rows += 1;
    // order_id, customer_id, ordered_at and product_id are never quoted.
    const product = line.split(',', 4)[3] ?? '';
    if (products.size <= productLimit) products.add(product);
    if (products.has(product)) output.write(`${line}\n`);
    if (rows > rowLimit) break;
  }
  output.end();
  await written;
  return target;
}
