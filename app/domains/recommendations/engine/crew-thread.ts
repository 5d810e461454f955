import { parentPort } from 'node:worker_threads';
import { control, takeTasks, type ToHelper, type Work } from './crew.ts';
import { lessonWork } from './lessons.ts';
import { sweepWork } from './spd-inverse.ts';

// A helper of the training thread: see `crew.ts`.
const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');

const works: readonly Work<never>[] = [sweepWork, lessonWork];
const shifts = new Map<number, (task: number, step: number) => void>();

port.on('message', (message: ToHelper) => {
  if (message.kind === 'open') {
    const work = works.find((one) => one.kind === message.work);
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
});
