import type { ShopScope } from '#app/infra/database.ts';
import { type Experiment, type ExperimentResult, HOLDOUT } from './model.ts';
import { exposureKey, judge } from './rules.ts';
import { readArms, readCurrent } from './store.ts';

/** The shop's running holdout period, or null before the first one was set. */
export function currentHoldout(scope: ShopScope): Promise<Experiment | null> {
  return readCurrent(scope, HOLDOUT);
}

/** What the running holdout shows until `now`: revenue per visitor with and without Trellis. */
export async function experimentResult(scope: ShopScope, now: Date): Promise<ExperimentResult> {
  const experiment = await currentHoldout(scope);
  if (!experiment || experiment.holdoutBps === 0) return { status: 'off' };
  const { currency, arms } = await readArms(scope, exposureKey(experiment), now);
  return judge(experiment, currency, arms.treatment, arms.holdout);
}
