import { z } from 'zod';
import type { Services } from '#app/infra/services.ts';
import { isShopId, type ShopId } from '#app/shared/ids.ts';

/** The lines that jobs wait in; `workers/` decides how many run at once in each, and leaves none out. */
export const queueNames = [
  'webhooks',
  'imports',
  'training',
  'publishing',
  'codes',
  'signals',
  'mails',
  'upkeep',
] as const;
export type QueueName = (typeof queueNames)[number];

export interface JobContext {
  readonly services: Services;
  /** 1 for the first try */
  readonly attempt: number;
  /** true when no further try follows a failure */
  readonly lastAttempt: boolean;
  /** aborted when the process shuts down or the time is up: finish the current step, save the cursor, throw `signal.reason` */
  readonly signal: AbortSignal;
}

export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

/**
 * A light definition: enqueuing never loads the code that does the work (`load` imports it in the worker).
 * The id is literal and final, the payload holds ids and versions only, and every handler may run twice.
 */
export interface JobDefinition<Payload = unknown> {
  readonly id: string;
  readonly queue: QueueName;
  readonly schema: z.ZodType<Payload>;
  readonly attempts: number;
  /** first pause between tries, doubled each time (milliseconds) */
  readonly backoffMs: number;
  /** longest time of one try (milliseconds); then its signal is aborted, 10 minutes where it is not said */
  readonly timeoutMs?: number;
  /** cron pattern (UTC) and payload of a job that runs by itself */
  readonly schedule?: { readonly pattern: string; readonly payload: Payload };
  readonly load: () => Promise<JobModule<Payload>>;
}

/** What a handler file exports. A method, so that definitions of any payload fit in one list. */
export interface JobModule<Payload> {
  default(payload: Payload, context: JobContext): Promise<void>;
}

/** Declares a job; keeps the payload's type together with its schema and handler. */
export function defineJob<Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  return definition;
}

/** What a handler throws that must wait for somebody else: the job comes back soon, and this was not one of its tries. */
export class JobPostponed extends Error {}

/** What a job of one shop is told. */
export const ofShop = z.object({ shopId: z.custom<ShopId>(isShopId, 'must be a shop id') });
/** What a job is told that works off a run. */
export const ofRun = ofShop.extend({ runId: z.uuid() });
const nothing = z.object({});
type Nothing = z.infer<typeof nothing>;

interface ScheduledJob extends Omit<JobDefinition<Nothing>, 'schema' | 'schedule'> {
  /** cron pattern (UTC) */
  readonly pattern: string;
}

/** Declares a job that a clock starts, for all shops. */
export function defineScheduledJob({ pattern, ...definition }: ScheduledJob): JobDefinition<Nothing> {
  return { ...definition, schema: nothing, schedule: { pattern, payload: {} } };
}

export interface EnqueueOptions {
  /** While a job of the same key waits, a second one is not added; while it is at work, one follows it. No colons: BullMQ forbids them. */
  readonly deduplicationKey?: string;
  readonly delayMs?: number;
}

/** A job with what it is about. */
export interface QueuedJob {
  readonly job: JobDefinition;
  readonly payload: unknown;
}

/** Keeps the payload's type together with its job's. */
export function withPayload<Payload>(job: JobDefinition<Payload>, payload: NoInfer<Payload>): QueuedJob {
  return { job, payload };
}

/** The queue as the app sees it; PostgreSQL or Redis behind it. */
export interface Queue {
  /** Resolves when the job is stored. Rejects when it could not be (the caller's sweeper must heal that). */
  enqueue<Payload>(job: JobDefinition<Payload>, payload: NoInfer<Payload>, options?: EnqueueOptions): Promise<void>;
  /**
   * Puts `parts` in line for any number of workers, and `last` behind them: it begins when each part has come to its
   * end, be it that one has failed for good. Resolves when all of them are stored; rejects when none is.
   */
  enqueueFlow(last: QueuedJob, parts: readonly QueuedJob[]): Promise<void>;
  close(): Promise<void>;
}
