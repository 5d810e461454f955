import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type Experiment, type ExperimentResult, HOLDOUT } from './model.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { exposureKey, judge } from './rules.ts';
import type { ArmSums, TestSums } from './split-tests/model.ts';
import { emptyArm } from './split-tests/rules.ts';
import { type CustomerCredit, readCustomerIds, readCustomerSums } from './split-tests/store-customer-sums.ts';
import { readTestSums } from './split-tests/store-sums.ts';
import { ofHoldout } from './split-tests/withheld.ts';
import { readBegun, readCurrent } from './store.ts';

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
  const [exposure, from] = [exposureKey(experiment), experiment.startedAt];
  const pastUntil = (await readBegun(scope, HOLDOUT)) ?? from;
  const period = { exposure, from, to: now, pastUntil, marginBps };
  return judge(experiment, await readTestSums(scope, { ...period, withheld: ofHoldout }));
}

/** Customers whom a capability gives nothing, by the hash of their ids. */
export interface CustomerHoldout {
  readonly salt: string;
  readonly holdoutBps: number;
  /** since when this share of customers is held out */
  readonly since: Date;
  /** since when customers are given anything at all */
  readonly begun: Date;
}

/**
 * What a holdout of customers shows until `now`: profit per customer of those who take part and of those who are held out.
 * Everybody whom the store knows counts, buyer or not, so that nobody chooses the own group.
 * @param marginBps assumed where a unit cost is not known
 * @param credit what counts otherwise than as the order of whoever placed it
 */
export async function customerHoldoutResult(
  scope: ShopScope,
  { salt, holdoutBps, since, begun }: CustomerHoldout,
  { now, marginBps, credit }: { now: Date; marginBps: number; credit?: CustomerCredit },
): Promise<ExperimentResult> {
  if (holdoutBps === 0) return { status: 'off' };
  const heldOut = (await readCustomerIds(scope)).filter((id) => isHeldOut(id, salt, holdoutBps));
  const period = { shopId: scope.shopId, key: 'customers', salt, holdoutBps, startedAt: since, endedAt: null };
  const sums = await readCustomerSums(scope, { heldOut, from: since, to: now, pastUntil: begun, marginBps, credit });
  return judge(period, sums);
}

/**
 * What a comparison of named customers shows: everybody who got something, whatever it was, beside those who got nothing.
 * @param nothing key of the arm that got nothing
 */
export function giftResult(
  shopId: ShopId,
  sums: TestSums,
  { nothing, holdoutBps, since }: { readonly nothing: string; readonly holdoutBps: number; readonly since: Date },
): ExperimentResult {
  const holdout = sums.arms.filter(({ key }) => key === nothing).map((arm) => ({ ...arm, key: 'holdout' }));
  const given = sums.arms.filter(({ key }) => key !== nothing).reduce(together, emptyArm('treatment'));
  const period = { shopId, key: 'gift', salt: '', holdoutBps, startedAt: since, endedAt: null };
  return judge(period, { ...sums, arms: [...holdout, given] });
}

/** Sums of people add up. */
function together(a: ArmSums, b: ArmSums): ArmSums {
  const fields = Object.keys(emptyArm('')).filter((field): field is Exclude<keyof ArmSums, 'key'> => field !== 'key');
  return { ...a, ...Object.fromEntries(fields.map((field) => [field, a[field] + b[field]])) };
}
