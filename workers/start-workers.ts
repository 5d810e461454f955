import type { ProcessServices } from '#app/infra/create-services.ts';
import { queueNames } from '#app/infra/jobs.ts';
import { openWorker, registerSchedules } from '#app/infra/queue.ts';
import { concurrency, jobs } from './jobs.ts';
import { createRunJob } from './run-job.ts';

export interface Workers {
  /** Takes no more jobs, lets the running ones save their cursor, and resolves when none runs. */
  close(): Promise<void>;
}

/** Starts one worker a queue and registers the schedules. */
export async function startWorkers({
  services,
  queues,
  backend,
}: Pick<ProcessServices, 'services' | 'queues' | 'backend'>): Promise<Workers> {
  const stop = new AbortController();
  const runJob = createRunJob(services, jobs);
  await registerSchedules(queues, jobs);
  const workers = queueNames.map((name) => {
    const worker = openWorker(backend, name, concurrency[name], runJob, stop.signal);
    worker.on('error', (error) => services.log.error({ queue: name, err: error }, 'a queue has trouble'));
    return worker;
  });
  // One that meets a database that goes away while it connects never tries again: the process must not call itself ready then.
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  return {
    async close() {
      const closing = workers.map((worker) => worker.close());
      stop.abort(new Error('the process stops'));
      await Promise.all(closing);
    },
  };
}
