import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '#scripts/free-port.ts';
import { guardedFolder } from '#scripts/testing/guarded-folder.ts';

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

const pidFile = 'redis.pid';

/**
 * A Redis of its own on a free port. The binary comes from `TEST_REDIS_SERVER` (set by `npm test`, which
 * installs one where it may) or from the path; without one this fails loudly.
 */
export async function startTestRedis(): Promise<TestRedis> {
  const port = await freePort();
  const folder = await guardedFolder('redis', pidFile);
  const binary = process.env['TEST_REDIS_SERVER'] ?? 'redis-server';
  const child = spawn(
    binary,
    Object.entries({
      '--port': String(port),
      '--bind': '127.0.0.1',
      '--save': '',
      '--appendonly': 'no',
      '--maxmemory-policy': 'noeviction',
      '--dir': folder.path,
      '--pidfile': path.join(folder.path, pidFile),
    }).flat(),
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('error', () =>
      reject(new Error(`Redis is needed: ${binary} cannot be run. Install redis-server or run \`npm test\`.`)),
    );
    child.once('exit', () => reject(new Error('Redis ended while starting')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
      await folder.remove();
    },
  };
}
