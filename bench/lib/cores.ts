import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

/**
 * Binds all threads of this process, and the processes that it starts from now on, to some cores, where the system can
 * do so. @param list as `taskset` writes it, such as `0` or `1-3`
 */
export function bindToCores(list: string): void {
  try {
    execFileSync('taskset', ['-a', '-cp', list, String(process.pid)], { stdio: 'ignore' });
  } catch {
    process.stderr.write(`not bound to the cores ${list}: there is no taskset here\n`);
  }
}

/** Leaves the first core to the server that is measured; nothing where it is the only one. */
export function leaveFirstCore(): void {
  const last = cpus().length - 1;
  if (last > 0) bindToCores(`1-${String(last)}`);
}
