import { parentPort } from 'node:worker_threads';
import { control, takeTasks, type ToHelper, type Work } from './crew.ts';
import { loadPairKernel } from './pair-kernel.ts';

// A helper of the training thread: see `crew.ts`.
const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');

const load: Readonly<Record<string, () => Promise<Work<never>>>> = {
  neighbours: async () => (await import('./neighbours.ts')).neighbourWork,
  gram: async () => (await import('./gram.ts')).gramWork,
  sweep: async () => (await import('./spd-inverse.ts')).sweepWork,
  lessons: async () => (await import('./lessons.ts')).lessonWork,
  fit: async () => (await import('./fit.ts')).fitWork,
};
const shifts = new Map<number, (task: number, step: number) => void>();
let before = Promise.resolve();

async function take(message: ToHelper): Promise<void> {
  if (message.kind === 'open') {
    // One work after the other: what the last one held is free for the next.
    shifts.clear();
    const work = await load[message.work]?.();
    if (work !== undefined) shifts.set(message.shift, work.prepare(message.shared as never));
    return;
  }
  const own = shifts.get(message.shift);
  if (own === undefined) return;
  try {
    takeTasks(message.control, message.count, (task) => own(task, message.step));
  } catch {
    Atomics.store(message.control, control.failed, 1);
    Atomics.notify(message.control, control.completed);
  }
}

// One message after the other, in the order in which they came. What cannot be opened is left to the others.
port.on('message', (message: ToHelper) => {
  before = before.then(() => take(message)).catch(() => undefined);
});

// Loaded while the caller is still busy with what it does alone; what fails here fails again where it is opened.
for (const work of Object.values(load)) void work().catch(() => undefined);
loadPairKernel();
