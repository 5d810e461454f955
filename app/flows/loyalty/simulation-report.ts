import { z } from 'zod';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import { programmeSettings, type ProgrammeSettings } from '#app/domains/loyalty/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

const counts = z.record(z.string(), z.number());

/** What a simulation found; money in minor units of `currency`. */
const simulationReport = z.object({
  customers: z.number(),
  earners: z.number(),
  orders: z.number(),
  spentMinor: z.number(),
  /** all of them; in results from before there were others they were for orders alone */
  points: z.number(),
  signUpPoints: z.number().default(0),
  entryPoints: z.number().default(0),
  birthdayPoints: z.number().default(0),
  birthdays: z.number().default(0),
  /** orders that a tier would have freed from shipping costs, and what sending one costs */
  freedOrders: z.number().default(0),
  shippingMinor: z.number().default(0),
  months: counts,
  tiers: counts,
  withReward: z.number(),
  worthOfPoint: z.number(),
  /** of the price without tax */
  marginBps: z.number(),
  /** tax in what was spent, and in what a point takes off */
  taxInPricesBps: z.number().default(0),
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

/** So many a merchant tries out before the saved ones are calculated again. */
const mostRuns = 100;

/** The settings that a run was asked to try; null where it takes those that are saved. */
export const settingsTried = ({ cursor }: Pick<Run, 'cursor'>): ProgrammeSettings | null =>
  'settings' in cursor ? programmeSettings.parse(cursor['settings']) : null;

/**
 * The newest simulation, and whether one is at work, of whichever settings.
 * @param which of the settings that are saved, or of those that the merchant only tries
 */
export async function latestSimulation(scope: ShopScope, which: 'saved' | 'tried'): Promise<LatestSimulation> {
  const all = await listRuns(scope, { limit: mostRuns, kind: 'loyalty-simulation' });
  const runs = all.filter(({ cursor }) => 'settings' in cursor === (which === 'tried'));
  const running = all.find(({ status }) => status === 'queued' || status === 'running') ?? null;
  const done = runs.find(({ status }) => status === 'succeeded');
  const parsed = simulationReport.safeParse(done?.result['simulation']);
  return {
    running,
    report: parsed.success ? parsed.data : null,
    finishedAt: done?.finishedAt ?? null,
    failure: runs[0]?.status === 'failed' ? runs[0].error : null,
  };
}
