import type { ShopScope } from '#app/infra/database.ts';
import { type Experiment, type ExperimentResult, HOLDOUT } from './model.ts';
import { exposureKey, judge } from './rules.ts';
import { readTestSums } from './split-tests/store-sums.ts';
import { readCurrent } from './store.ts';

/** The shop's running holdout period, or null before the first one was set. */
export function currentHoldout(scope: ShopScope): Promise<Experiment | null> {
  return readCurrent(scope, HOLDOUT);
}

/**
 * What the running holdout shows until `now`: profit per visitor with and without Trellis.
 * @param marginBps assumed where a unit cost is not known
 */
export async function experimentResult(
  scope: ShopScope,
  { now, marginBps }: { now: Date; marginBps: number },
): Promise<ExperimentResult> {
  const experiment = await currentHoldout(scope);
  if (!experiment || experiment.holdoutBps === 0) return { status: 'off' };
  const exposure = exposureKey(experiment);
  return judge(experiment, await readTestSums(scope, { exposure, from: experiment.startedAt, to: now, marginBps }));
}
