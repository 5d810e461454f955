import { z } from 'zod';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

const counts = z.record(z.string(), z.number());

/** What a simulation found; money in minor units of `currency`. */
const simulationReport = z.object({
  customers: z.number(),
  earners: z.number(),
  orders: z.number(),
  spentMinor: z.number(),
  points: z.number(),
  months: counts,
  tiers: counts,
  withReward: z.number(),
  worthOfPoint: z.number(),
  marginBps: z.number(),
  currency: z.string(),
  since: z.string(),
});

export type SimulationReport = z.infer<typeof simulationReport>;

export interface LatestSimulation {
  /** the run at work, if there is one */
  readonly running: Run | null;
  readonly report: SimulationReport | null;
  readonly finishedAt: Date | null;
  /** why the newest run failed; null where it did not */
  readonly failure: string | null;
}

/** The newest simulation, and whether one is at work. */
export async function latestSimulation(scope: ShopScope): Promise<LatestSimulation> {
  const runs = await listRuns(scope, { limit: 10, kind: 'loyalty-simulation' });
  const running = runs.find(({ status }) => status === 'queued' || status === 'running') ?? null;
  const done = runs.find(({ status }) => status === 'succeeded');
  const parsed = simulationReport.safeParse(done?.result['simulation']);
  return {
    running,
    report: parsed.success ? parsed.data : null,
    finishedAt: done?.finishedAt ?? null,
    failure: runs[0]?.status === 'failed' ? runs[0].error : null,
  };
}
