import { Worker } from 'node:worker_threads';

/**
 * One kind of work that threads can share: tasks that write to places of their own in shared memory, so that it
 * does not matter who does which and the result is the same for any number of threads.
 */
export interface Work<Shared> {
  readonly kind: string;
  /** Called once in each thread; `shared` comes by structured clone, its SharedArrayBuffers without a copy. */
  prepare(shared: Shared): (task: number, step: number) => void;
}

/** Work that every thread is ready for, until other work is opened. */
export interface Shift {
  /** Does tasks 0 to `count` - 1 and returns when all of them are done. `step` is handed to each of them. */
  run(count: number, step?: number): void;
  /** Lets the helpers begin while the caller does something else. @returns does what is left, as `run` does */
  begin(count: number, step?: number): () => void;
}

/** The calling thread and its helpers. */
export interface Crew {
  readonly threads: number;
  open<Shared>(work: Work<Shared>, shared: Shared): Shift;
  /** Ends the helpers; the crew must not be used afterwards. */
  dismiss(): void;
}

/** What a helper is told. */
export type ToHelper =
  | { readonly kind: 'open'; readonly shift: number; readonly work: string; readonly shared: unknown }
  | {
      readonly kind: 'run';
      readonly shift: number;
      readonly count: number;
      readonly step: number;
      readonly control: Int32Array;
    };

/** Places in a run's control block. */
export const control = { next: 0, completed: 1, failed: 2, length: 3 } as const;
/** A helper that has taken a task and shows no progress for so long is lost. */
const patienceMs = 120_000;
/** Helpers work on shared arrays and make little of their own: a small nursery is enough and keeps the peak low. */
const youngMegabytes = 8;

/**
 * Starts helpers. The caller blocks while they work, so it must not be a thread that serves requests.
 * @param threads how many threads in all; 1 works without helpers
 */
export function startCrew(threads: number): Crew {
  const helpers = Array.from({ length: Math.max(0, threads - 1) }, () => {
    // In two steps, so that a bundler that packs the web server does not try to pack the thread.
    const file = new URL('./crew-thread.ts', import.meta.url);
    const helper = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
    helper.unref();
    // A helper that cannot start leaves its tasks to the others; one that fails within a task is noticed in `run`.
    helper.on('error', () => undefined);
    return helper;
  });
  const tell = (message: ToHelper) => helpers.forEach((helper) => helper.postMessage(message));
  let shifts = 0;
  return {
    threads: helpers.length + 1,
    open(work, shared) {
      const shift = shifts++;
      tell({ kind: 'open', shift, work: work.kind, shared });
      const own = work.prepare(shared);
      const begin = (count: number, step = 0) => {
        const board = new Int32Array(new SharedArrayBuffer(control.length * 4));
        if (count > 1) tell({ kind: 'run', shift, count, step, control: board });
        return () => {
          takeTasks(board, count, (task) => own(task, step));
          for (let done = board[control.completed] ?? 0; done < count; done = Atomics.load(board, control.completed)) {
            if (Atomics.load(board, control.failed) === 1) break;
            if (Atomics.wait(board, control.completed, done, patienceMs) === 'timed-out')
              throw new Error('a training helper is lost');
          }
          if (Atomics.load(board, control.failed) === 1) throw new Error('a training helper failed');
        };
      };
      return { begin, run: (count, step) => begin(count, step)() };
    },
    dismiss() {
      for (const helper of helpers) void helper.terminate();
    },
  };
}

/** Takes tasks until none is left; used by the caller and by each helper. */
export function takeTasks(board: Int32Array, count: number, work: (task: number) => void): void {
  for (let task = Atomics.add(board, control.next, 1); task < count; task = Atomics.add(board, control.next, 1)) {
    work(task);
    Atomics.add(board, control.completed, 1);
    Atomics.notify(board, control.completed);
  }
}
