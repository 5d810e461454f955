import type { ShopScope } from '#app/infra/database.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { type Experiment, HOLDOUT, holdoutShare } from './model.ts';
import { changeShare } from './rules.ts';
import { lockExperiments, readCurrent, startPeriod } from './store.ts';

/**
 * Makes `holdoutBps` the share of visitors who get nothing, from `now` on (see `changeShare` for what
 * becomes of those already assigned). Doing it twice changes nothing.
 * @param freshSalt random text, used only for the shop's first period
 */
export async function setHoldout(
  scope: ShopScope,
  { holdoutBps, freshSalt, now }: { holdoutBps: number; freshSalt: string; now: Date },
): Promise<Result<{ experiment: Experiment; changed: boolean }, 'share-out-of-range'>> {
  if (!holdoutShare.safeParse(holdoutBps).success) {
    return fail('share-out-of-range', 'The holdout share must be between 0 % and 50 %.');
  }
  await lockExperiments(scope);
  const current = await readCurrent(scope, HOLDOUT);
  const change = changeShare(current, { shopId: scope.shopId, key: HOLDOUT, holdoutBps }, freshSalt, now);
  if (change.action === 'keep' && current) return ok({ experiment: current, changed: false });
  if (change.action === 'keep') throw new Error('a share cannot be kept before there is one');
  await startPeriod(scope, change.end, change.begin);
  return ok({ experiment: change.begin, changed: true });
}
