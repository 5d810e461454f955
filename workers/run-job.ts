import { reportFailedJob } from '#app/flows/failed-jobs.ts';
import { type JobDefinition, JobPostponed } from '#app/infra/jobs.ts';
import type { RunJob } from '#app/infra/queue.ts';
import type { Services } from '#app/infra/services.ts';

const usualTimeoutMs = 10 * 60_000;

/** What a queue hands over becomes a checked payload and the handler of its definition, loaded on first use. */
export function createRunJob(services: Services, jobs: readonly JobDefinition[]): RunJob {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return async (name, data, attempt) => {
    const job = byId.get(name);
    if (!job) throw new Error(`no job is called ${name}`);
    const payload = job.schema.parse(data);
    const handler = await job.load();
    const startedAt = performance.now();
    const limit = new AbortController();
    const timer = setTimeout(
      () => limit.abort(new DOMException('the job took too long', 'TimeoutError')),
      job.timeoutMs ?? usualTimeoutMs,
    );
    const signal = AbortSignal.any([attempt.signal, limit.signal]);
    try {
      await handler.default(payload, { services, attempt: attempt.number, lastAttempt: attempt.last, signal });
      services.log.debug({ job: name, ms: Math.round(performance.now() - startedAt) }, 'job done');
    } catch (error) {
      if (error instanceof JobPostponed) {
        services.log.debug({ job: name, reason: error.message }, 'job postponed');
        throw error;
      }
      services.log.warn({ job: name, attempt: attempt.number, last: attempt.last, err: error }, 'job failed');
      // After a shutdown the sweeper goes on; anything else would be lost without a trace.
      if (attempt.last && !attempt.signal.aborted)
        await reportFailedJob(services, name, payload, attempt.number, error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}
