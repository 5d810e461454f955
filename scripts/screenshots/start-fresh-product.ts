import { spawn } from 'node:child_process';
import path from 'node:path';
import { freePort } from '#scripts/free-port.ts';
import { guardedFolder } from '#scripts/testing/guarded-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface FreshProduct {
  /** address of the sandbox: storefront, admin shell, mailbox */
  readonly store: string;
  /** address of the WordPress site with the WooCommerce store */
  readonly site: string;
  /** ends it and removes its data */
  stop(): Promise<void>;
}

/**
 * Starts the whole product on free ports with the generated store, in a folder of its own, so that pictures can
 * be taken while the developer's own product runs.
 * @throws Error with what it printed, when it does not become ready
 */
export async function startFreshProduct(): Promise<FreshProduct> {
  const folder = await guardedFolder('screenshots', 'state/pid');
  const [port, sandboxPort, smtpPort, wooPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.ts')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_SMTP_PORT: String(smtpPort),
      SANDBOX_WOO_PORT: String(wooPort),
      TRELLIS_STATE: path.join(folder.path, 'state'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  try {
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString('utf8');
        if (output.includes('Trellis is ready')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`Trellis ended with code ${String(code)}:\n${output}`)));
    });
  } catch (error) {
    await folder.remove();
    throw error;
  }
  return {
    store: `http://localhost:${String(sandboxPort)}`,
    site: `http://localhost:${String(wooPort)}`,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await folder.remove();
    },
  };
}
