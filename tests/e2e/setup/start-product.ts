import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, createGzip } from 'node:zlib';
import { freePort } from '#scripts/free-port.ts';
import { guardedFolder } from '#scripts/testing/guarded-folder.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const realOrders = path.resolve(root, '../shared/data/online-retail-2010.csv.gz');
/** The first weeks are enough for the walk and keep it short; the whole file is what the benchmarks use. */
const rowLimit = 30_000;

/**
 * Starts the whole product as `npm start` does, on free ports and in a folder of its own, filled from the real
 * order file. Returns the function that stops it and fails when it does not stop cleanly.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  // A product that runs already, for working on a journey: TRELLIS_STORE and TRELLIS_APP name it.
  if (process.env['TRELLIS_STORE']) return () => Promise.resolve();
  const folder = await guardedFolder('e2e', 'state/pid');
  const [port, sandboxPort, smtpPort, wooPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const orders = await firstRows(folder.path);
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
  process.env['TRELLIS_APP'] = `http://localhost:${port}`;
  process.env['TRELLIS_STORE'] = `http://localhost:${sandboxPort}`;
  process.env['TRELLIS_WOO_STORE'] = `http://localhost:${wooPort}`;
  process.env['TRELLIS_REAL_ORDERS'] = orders === null ? '' : 'yes';

  return async () => {
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGTERM');
    const code = await exited;
    await folder.remove();
    if (code !== 0) throw new Error(`Trellis did not stop cleanly (code ${code}):\n${output.slice(-3000)}`);
  };
}

/** Cuts the real file; null where it is not at hand, which only a developer's machine may be. */
async function firstRows(folder: string): Promise<string | null> {
  if (!existsSync(realOrders)) {
    if (process.env['CI']) throw new Error('The real order file ../shared/data/online-retail-2010.csv.gz is missing.');
    console.log('The real order file is not here: the walk runs on the generated store instead.');
    return null;
  }
  const target = path.join(folder, 'orders.csv.gz');
  const output = createGzip();
  const written = new Promise<void>((resolve, reject) =>
    output.pipe(createWriteStream(target)).on('finish', resolve).on('error', reject),
  );
  let rows = 0;
  for await (const line of createInterface({ input: createReadStream(realOrders).pipe(createGunzip()) })) {
    output.write(`${line}\n`);
    rows += 1;
    if (rows > rowLimit) break;
  }
  output.end();
  await written;
  return target;
}
