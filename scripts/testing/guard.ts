import { readFile, rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { isAlive } from '#scripts/supervisor/state.ts';

// Outlives a test or bench that was killed: its input ends with the process that started it, without the word
// that all is done. Then the server that wrote the file of its process id, which runs detached, is stopped here
// and its folder removed.
const [folder = '', pidFile = ''] = process.argv.slice(2);
const LONGEST_STOP_MS = 60_000;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

if ((await text(process.stdin)) !== 'done') {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (Number.isInteger(pid)) await stop(pid);
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

async function stop(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGINT');
  const end = performance.now() + LONGEST_STOP_MS;
  while (isAlive(pid) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}
