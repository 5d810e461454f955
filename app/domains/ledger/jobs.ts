import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';

const nothing = z.object({});

/** What is due becomes available or expires, in every shop. */
export const settleLedgers = defineJob({
  id: 'ledger.settle',
  queue: 'upkeep',
  schema: nothing,
  attempts: 3,
  backoffMs: 30_000,
  schedule: { pattern: '*/5 * * * *', payload: {} },
  load: () => import('./settle-ledgers.ts'),
});

/** Every night all postings are added up anew. */
export const checkLedgers = defineJob({
  id: 'ledger.check',
  queue: 'upkeep',
  schema: nothing,
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: 3_600_000,
  schedule: { pattern: '33 1 * * *', payload: {} },
  load: () => import('./check-ledgers.ts'),
});

export const ledgerJobs = [settleLedgers, checkLedgers] as const;
