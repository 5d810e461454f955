import {
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  DelayedError,
  FlowProducer,
  type IQueueBackend,
  type Job,
  Queue,
  Worker,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from '#app/infra/config.ts';
import {
  type EnqueueOptions,
  type JobDefinition,
  JobPostponed,
  type Queue as JobQueue,
  type QueuedJob,
  type QueueName,
} from '#app/infra/jobs.ts';

/** A BullMQ queue or worker on whichever backend. */
export type BullQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend>;
type BullFlows = FlowProducer<IQueueBackend>;
export type BullWorker = Worker<unknown, void, string, IQueueBackend>;

/** Finished jobs are kept for the dashboard, bounded in number and age. */
const keepCompleted = { age: 24 * 3600, count: 1000 };
const keepFailed = { age: 30 * 24 * 3600, count: 5000 };

/**
 * Where BullMQ keeps its jobs: Redis when it is configured, else the PostgreSQL that the app uses anyway, in
 * the schema `bullmq`. Hash tags in the prefix keep each queue's keys in one Redis Cluster slot.
 */
export interface QueueBackend {
  readonly prefix?: string;
  open(role: 'producer' | 'worker'): { connection: ConnectionOptions; factory?: BackendFactory };
  close(): Promise<void>;
}

/**
 * BullMQ does not listen to the clients that it has checked out of its pool: one that drops between two queries
 * (a restart of PostgreSQL) would end the process. With this the next query fails instead, and BullMQ tries again.
 */
class QueueClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Decides the backend once for the process. */
export function createQueueBackend(config: Pick<Config, 'DATABASE_URL' | 'REDIS_URL'>): QueueBackend {
  const redisUrl = config.REDIS_URL;
  if (redisUrl === undefined) {
    const connection = {
      connectionString: config.DATABASE_URL,
      schema: 'bullmq',
      migrate: true,
      max: 6,
      Client: QueueClient,
    };
    return {
      open: () => ({
        connection: connection,
        factory: createPostgresBackend as unknown as BackendFactory,
      }),
      close: () => Promise.resolve(),
    };
  }
  const open: Redis[] = [];
  return {
    prefix: '{trellis}',
    open(role) {
      const redis = new Redis(
        redisUrl,
        role === 'worker' ? { maxRetriesPerRequest: null } : { enableOfflineQueue: true, maxRetriesPerRequest: 2 },
      );
      redis.on('error', () => undefined);
      open.push(redis);
      return { connection: redis };
    },
    async close() {
      await Promise.all(open.map((redis) => redis.quit().catch(() => redis.disconnect())));
    },
  };
}

/** The BullMQ queues of this process, made on first use. */
export interface Queues {
  readonly queue: JobQueue;
  get(name: QueueName): BullQueue;
}

export function createQueues(backend: QueueBackend): Queues {
  const queues = new Map<QueueName, BullQueue>();

  function get(name: QueueName): BullQueue {
    const known = queues.get(name);
    if (known) return known;
    const { connection, factory } = backend.open('producer');
    const options = {
      connection,
      ...(backend.prefix === undefined ? {} : { prefix: backend.prefix }),
      defaultJobOptions: { removeOnComplete: keepCompleted, removeOnFail: keepFailed },
    };
    const created = (factory ? new Queue(name, options, factory) : new Queue(name, options)) as unknown as BullQueue;
    created.on('error', () => undefined);
    queues.set(name, created);
    return created;
  }

  let flows: BullFlows | null = null;
  function getFlows(): BullFlows {
    if (flows) return flows;
    const { connection, factory } = backend.open('producer');
    const options = { connection, ...(backend.prefix === undefined ? {} : { prefix: backend.prefix }) };
    flows = factory ? new FlowProducer(options, factory) : new FlowProducer(options);
    flows.on('error', () => undefined);
    return flows;
  }

  return {
    get,
    queue: {
      async enqueue<Payload>(job: JobDefinition<Payload>, payload: Payload, options: EnqueueOptions = {}) {
        await get(job.queue).add(job.id, job.schema.parse(payload), jobOptions(job, options));
      },
      async enqueueFlow(last, parts) {
        await getFlows().add({
          ...flowNode(last),
          children: parts.map((part) => {
            const node = flowNode(part);
            return { ...node, opts: { ...node.opts, ignoreDependencyOnFailure: true } };
          }),
        });
      },
      async close() {
        await Promise.all([...queues.values(), ...(flows ? [flows] : [])].map((one) => one.close()));
        await backend.close();
      },
    },
  };
}

function jobOptions(job: Pick<JobDefinition, 'attempts' | 'backoffMs'>, options: EnqueueOptions) {
  return {
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: job.backoffMs, jitter: 0.3 },
    ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
    // One that is at work may have looked already: what comes meanwhile is remembered until its end.
    ...(options.deduplicationKey === undefined
      ? {}
      : { deduplication: { id: options.deduplicationKey, keepLastIfActive: true } }),
  };
}

function flowNode({ job, payload }: QueuedJob) {
  return {
    name: job.id,
    queueName: job.queue,
    data: job.schema.parse(payload),
    opts: { ...jobOptions(job, {}), removeOnComplete: keepCompleted, removeOnFail: keepFailed },
  };
}

export type RunJob = (
  name: string,
  data: unknown,
  attempt: { number: number; last: boolean; signal: AbortSignal },
) => Promise<void>;

type BullJob = Pick<Job, 'name' | 'data' | 'attemptsMade' | 'opts' | 'moveToDelayed'>;

/** When a job that had to wait for somebody else looks again: short beside what a merchant waits for, long beside the look. */
const postponedMs = 2_000;

/** Constructs a BullMQ Worker. Called by `workers/` only (dependency-cruiser enforces that). */
export function openWorker(
  backend: QueueBackend,
  name: QueueName,
  concurrency: number,
  runJob: RunJob,
  signal: AbortSignal,
): BullWorker {
  const { connection, factory } = backend.open('worker');
  const options = {
    connection,
    concurrency,
    ...(backend.prefix === undefined ? {} : { prefix: backend.prefix }),
    lockDuration: 60_000,
    stalledInterval: 15_000,
    // A job whose worker was killed comes back; only one that kills its worker again and again is given up.
    maxStalledCount: 5,
    // Pause after a failed fetch: a restart of the database costs seconds, not BullMQ's quarter of a minute.
    runRetryDelay: 2_000,
  };
  const work = async (job: BullJob, token?: string) => {
    try {
      await runJob(job.name, job.data, {
        number: job.attemptsMade + 1,
        last: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
        signal,
      });
    } catch (error) {
      if (!(error instanceof JobPostponed)) throw error;
      await job.moveToDelayed(Date.now() + postponedMs, token);
      throw new DelayedError(error.message);
    }
  };
  return factory ? new Worker(name, work, options, factory) : new Worker(name, work, options);
}

/** Registers the jobs that run by themselves; running it again changes nothing. */
export async function registerSchedules(queues: Queues, jobs: readonly JobDefinition[]): Promise<void> {
  for (const job of jobs) {
    if (!job.schedule) continue;
    const { pattern, payload } = job.schedule;
    const queue = queues.get(job.queue);
    try {
      await queue.upsertJobScheduler(
        job.id,
        { pattern, tz: 'UTC' },
        {
          name: job.id,
          data: payload,
          opts: { attempts: job.attempts, backoff: { type: 'exponential', delay: job.backoffMs } },
        },
      );
    } catch (error) {
      // Two processes that start at the same moment register the same next run; the second is refused.
      const registered = await queue.getJobSchedulers();
      if (!registered.some((one) => one.key === job.id && one.pattern === pattern)) throw error;
    }
  }
}
