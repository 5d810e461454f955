import { isHeldOut } from '#app/shared/assignment.ts';
import type { Arm, ArmMoments, ArmSummary, Experiment, ExperimentResult, ExposureRow, Sighting } from './model.ts';
import { differenceInterval, sampleRatioPValue } from './statistics.ts';

/**
 * Buyers that each arm must have before a difference is shown. The simulation beside this file shows that
 * the interval keeps its 95 % from here on, for the spread of baskets that shops have.
 */
export const MIN_BUYERS = 25;

/** Where nobody has bought yet: the share of visitors that is assumed to buy when the need is estimated. */
const ASSUMED_CONVERSION = 0.02;

/**
 * Below this p-value the arms' sizes are called wrong. Source: Fabijan et al., "Diagnosing Sample Ratio
 * Mismatch in Online Controlled Experiments", KDD 2019, which uses 0.0005 against false alarms.
 */
const SAMPLE_RATIO_ALARM = 0.0005;

/** Names one period of an experiment in the exposures: a changed share starts to count afresh. */
export function exposureKey(experiment: Pick<Experiment, 'key' | 'startedAt'>): string {
  return `${experiment.key}@${experiment.startedAt.toISOString()}`;
}

export function armOf(visitorId: string, experiment: Pick<Experiment, 'salt' | 'holdoutBps'>): Arm {
  return isHeldOut(visitorId, experiment.salt, experiment.holdoutBps) ? 'holdout' : 'treatment';
}

export type ShareChange =
  | { readonly action: 'keep' }
  | { readonly action: 'start'; readonly end: Experiment | null; readonly begin: Experiment };

/**
 * What a wish for another share does. The running period ends and a new one begins with the *same salt*:
 * whoever was held out stays held out when the share grows, and nobody who saw Trellis loses it when it
 * shrinks. Results are taken per period by the arm under that period's share (intention to treat), so the
 * arms of a period compare like with like; what moved visitors remember of their former arm can only
 * pull the difference towards zero.
 */
export function changeShare(
  current: Experiment | null,
  wanted: Pick<Experiment, 'shopId' | 'key' | 'holdoutBps'>,
  freshSalt: string,
  now: Date,
): ShareChange {
  if (current?.holdoutBps === wanted.holdoutBps) return { action: 'keep' };
  const startedAt = current && now <= current.startedAt ? new Date(current.startedAt.getTime() + 1) : now;
  return {
    action: 'start',
    end: current && { ...current, endedAt: startedAt },
    begin: { ...wanted, salt: current?.salt ?? freshSalt, startedAt, endedAt: null },
  };
}

/** The exposures that sightings amount to: one a visitor and period, at the earliest moment, arm recomputed here. */
export function exposuresOf(sightings: readonly Sighting[], experiments: readonly Experiment[]): ExposureRow[] {
  const rows = new Map<string, ExposureRow>();
  for (const { shopId, visitorId, at } of sightings) {
    const experiment = experiments.find(
      (one) =>
        one.shopId === shopId &&
        one.holdoutBps > 0 &&
        one.startedAt <= at &&
        (one.endedAt === null || at < one.endedAt),
    );
    if (!experiment) continue;
    const name = exposureKey(experiment);
    const id = `${shopId} ${name} ${visitorId}`;
    const known = rows.get(id);
    if (known && known.firstSeenAt <= at) continue;
    rows.set(id, { shopId, experiment: name, visitorId, arm: armOf(visitorId, experiment), firstSeenAt: at });
  }
  return [...rows.values()];
}

function summarise(arm: ArmMoments): ArmSummary {
  return {
    visitors: arm.visitors,
    buyers: arm.buyers,
    revenueMinor: arm.sum,
    revenuePerVisitor: arm.visitors === 0 ? 0 : arm.sum / arm.visitors,
  };
}

/** Visitors still missing until both arms can be expected to hold `MIN_BUYERS` buyers. */
function missingVisitors(treatment: ArmMoments, holdout: ArmMoments, share: number): number {
  const visitors = treatment.visitors + holdout.visitors;
  const buyers = treatment.buyers + holdout.buyers;
  const conversion = buyers === 0 ? ASSUMED_CONVERSION : buyers / visitors;
  const missing = (arm: ArmMoments, part: number) => Math.max(0, MIN_BUYERS - arm.buyers) / conversion / part;
  return Math.max(1, Math.ceil(Math.max(missing(holdout, share), missing(treatment, 1 - share))));
}

/** Turns the sums of both arms into what a merchant may conclude. Amounts are minor units of `currency`. */
export function judge(
  experiment: Experiment,
  currency: string,
  treatment: ArmMoments,
  holdout: ArmMoments,
): ExperimentResult {
  if (experiment.holdoutBps === 0) return { status: 'off' };
  const share = experiment.holdoutBps / 10_000;
  const pValue = sampleRatioPValue(holdout.visitors, treatment.visitors + holdout.visitors, share);
  const measured = {
    since: experiment.startedAt,
    holdoutBps: experiment.holdoutBps,
    currency,
    treatment: summarise(treatment),
    holdout: summarise(holdout),
    sampleRatio: { matches: pValue >= SAMPLE_RATIO_ALARM, pValue },
  };
  if (!measured.sampleRatio.matches) return { ...measured, status: 'sample-ratio-mismatch' };
  if (Math.min(treatment.buyers, holdout.buyers) < MIN_BUYERS) {
    return { ...measured, status: 'not-enough-data', visitorsNeeded: missingVisitors(treatment, holdout, share) };
  }
  const { difference, interval } = differenceInterval(treatment, holdout);
  const scale = (perVisitor: number) => Math.round(perVisitor * treatment.visitors);
  return {
    ...measured,
    status: interval.low > 0 ? 'gain' : interval.high < 0 ? 'loss' : 'no-difference-seen',
    difference,
    interval,
    incrementalMinor: scale(difference),
    incrementalInterval: { low: scale(interval.low), high: scale(interval.high) },
  };
}
