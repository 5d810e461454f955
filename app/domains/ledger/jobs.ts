import { defineScheduledJob } from '#app/infra/jobs.ts';

/** What is due becomes available or expires, in every shop. */
export const settleLedgers = defineScheduledJob({
  id: 'ledger.settle',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 30_000,
  pattern: '*/5 * * * *',
  load: () => import('./settle-ledgers.ts'),
});

/** Every night all postings are added up anew. */
export const checkLedgers = defineScheduledJob({
  id: 'ledger.check',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: 3_600_000,
  pattern: '33 1 * * *',
  load: () => import('./check-ledgers.ts'),
});

export const ledgerJobs = [settleLedgers, checkLedgers] as const;
