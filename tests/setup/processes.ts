import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { TestServices } from '#tests/setup/services.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface RunningProcess {
  readonly child: ChildProcess;
  /** the end of what it wrote to its error output */
  lastWords(): string;
  /** ends it at once, as a power cut would, and waits until it is gone */
  kill(): Promise<void>;
}

/** The environment that makes another process share this test's database, keys and pretend Shopify. */
export function environmentOf({ config, database }: Pick<TestServices, 'config' | 'database'>): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SHOPIFY_API_KEY: config.SHOPIFY_API_KEY,
    SHOPIFY_API_SECRET: config.SHOPIFY_API_SECRET,
    SHOPIFY_APP_URL: config.SHOPIFY_APP_URL,
    SHOPIFY_ORIGIN: config.SHOPIFY_ORIGIN,
    WOOCOMMERCE_LOCAL_STORES: config.WOOCOMMERCE_LOCAL_STORES,
    ENCRYPTION_KEYS: config.ENCRYPTION_KEYS,
    LOG_LEVEL: 'silent',
  };
}

/** Starts a script of the project; resolves at its first message over IPC, which workers send when they serve. */
export async function startProcess(
  script: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<RunningProcess> {
  const child = spawn(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2000);
  });
  const exited = once(child, 'exit');
  await Promise.race([
    once(child, 'message'),
    exited.then(([code]: unknown[]) => {
      throw new Error(`${script} ended with ${String(code)}: ${words}`);
    }),
  ]);
  return {
    child,
    lastWords: () => words,
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

export const startWorkerProcess = (test: Pick<TestServices, 'config' | 'database'>): Promise<RunningProcess> =>
  startProcess('workers/index.ts', environmentOf(test));
