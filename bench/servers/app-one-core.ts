import { execFileSync } from 'node:child_process';

// All threads of this process on the first core, where the system can do so; the load comes from the others.
try {
  execFileSync('taskset', ['-a', '-cp', '0', String(process.pid)], { stdio: 'ignore' });
} catch {
  process.stderr.write('not bound to one core: there is no taskset here\n');
}
await import('./app.ts');
