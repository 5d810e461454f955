import { rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

// Outlives a bench that was killed: its input ends with the bench, without the word that all is done. Then the
// database server, which runs detached, is stopped here and its folder removed.
const [pid = '', folder = ''] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

if ((await text(process.stdin)) !== 'done') {
  if (running()) process.kill(Number(pid), 'SIGINT');
  for (let round = 0; round < 100 && running(); round += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  await rm(folder, { recursive: true, force: true });
}

function running(): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}
