/** What a run does; the queue's job of the same flow does the work. `upkeep` only notes a failure of a job that has no run. */
export const runKinds = [
  'import',
  'recommend',
  'publish',
  'publish-bundles',
  'reconcile',
  'data-request',
  'mine-bundles',
  'backtest',
  'loyalty-simulation',
  'codes',
  'upkeep',
] as const;
export type RunKind = (typeof runKinds)[number];
export const runStatuses = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

export interface Run {
  readonly id: string;
  readonly kind: RunKind;
  readonly status: RunStatus;
  /** message key of the current step */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly cursor: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>>;
  /** what went wrong and what to do next, for the merchant */
  readonly error: string | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Something that failed and may be tried again. */
export interface Failure {
  readonly kind: 'run' | 'webhook';
  readonly id: string;
  /** a run's kind or a webhook's topic */
  readonly subject: string;
  readonly error: string;
  readonly at: Date;
}
