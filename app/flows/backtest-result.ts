import { z } from 'zod';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import { blendIds } from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
const score = z.object({ hitRate: estimate, ndcg: estimate });
const example = z.object({
  at: z.number(),
  basket: z.array(z.string()),
  suggested: z.array(z.string()),
  bought: z.array(z.string()),
});

/** A backtest as it is kept with its run. */
const resultSchema = z.object({
  cutAt: z.number().nullable(),
  taught: z.number(),
  asked: z.number(),
  shown: z.number(),
  surfaces: z.array(
    z.object({
      surface: z.enum(blendIds),
      cases: z.number(),
      blend: score,
      sources: z.array(score.extend({ source: z.string() })),
      examples: z.array(example),
    }),
  ),
});
export type BacktestResult = z.output<typeof resultSchema>;

export interface LatestBacktest {
  /** waits or works now */
  readonly running: Run | null;
  /** the newest run failed; its words for the merchant */
  readonly failure: string | null;
  readonly result: BacktestResult | null;
  readonly finishedAt: Date | null;
}

/** Where the shop's backtests stand: the one under way and the newest result. One of an older shape counts as none. */
export async function latestBacktest(scope: ShopScope): Promise<LatestBacktest> {
  const runs = await listRuns(scope, { limit: 10, kind: 'backtest' });
  const done = runs.find(({ status }) => status === 'succeeded');
  const parsed = resultSchema.safeParse(done?.result['backtest']);
  const newest = runs[0];
  return {
    running: runs.find(({ status }) => status === 'queued' || status === 'running') ?? null,
    failure: newest?.status === 'failed' ? (newest.error ?? 'The test did not come to its end.') : null,
    result: parsed.success ? parsed.data : null,
    finishedAt: parsed.success ? (done?.finishedAt ?? null) : null,
  };
}
