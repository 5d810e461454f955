import { isHeldOut } from '#app/shared/assignment.ts';
import type { Arm, ArmSummary, Experiment, ExperimentResult, ExposureRow, Sighting } from './model.ts';
import type { TestReading, TestSums } from './split-tests/model.ts';
import { MIN_BUYERS, readTest } from './split-tests/rules.ts';

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
 * pull the difference towards zero. What they bought in a former period is the arms' doing and nobody's past, see
 * `readTestSums`.
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
  for (const { shopId, visitorId, at, crowd = false } of sightings) {
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
    rows.set(id, { shopId, experiment: name, visitorId, arm: armOf(visitorId, experiment), firstSeenAt: at, crowd });
  }
  return [...rows.values()];
}

/**
 * Turns the sums of both arms into what a merchant may conclude, read as every other experiment is: Trellis beside the
 * holdout as the control. Amounts are minor units of `sums.currency`.
 */
export function judge(experiment: Experiment, sums: TestSums): ExperimentResult {
  const { holdoutBps } = experiment;
  if (holdoutBps === 0) return { status: 'off' };
  const arms = [
    { key: 'holdout' satisfies Arm, share: holdoutBps, change: {} },
    { key: 'treatment' satisfies Arm, share: 10_000 - holdoutBps, change: {} },
  ];
  // Nobody plans a standing holdout, so there is no number of visitors to tune the interval for.
  const reading = readTest({ arms, plannedVisitors: 0 }, sums);
  const treatment = summaryOf(reading, 'treatment');
  const measured = {
    since: experiment.startedAt,
    holdoutBps,
    currency: reading.currency,
    treatment,
    holdout: summaryOf(reading, 'holdout'),
    sampleRatioPValue: reading.sampleRatioPValue,
    varianceReduction: reading.varianceReduction,
    assumedShare: reading.assumedShare,
  };
  const { verdict, focus } = reading;
  if (verdict === 'sample-ratio-mismatch') return { ...measured, status: verdict };
  if (focus === null)
    return {
      ...measured,
      status: 'not-enough-data',
      visitorsNeeded: reading.visitorsNeeded,
      leastBuyers: MIN_BUYERS,
    };
  const scale = (perVisitor: number) => Math.round(perVisitor * treatment.visitors);
  return {
    ...measured,
    status: verdict === 'better' ? 'gain' : verdict === 'worse' ? 'loss' : 'no-difference-seen',
    difference: focus.difference,
    interval: { low: focus.low, high: focus.high },
    incrementalMinor: scale(focus.difference),
    incrementalInterval: { low: scale(focus.low), high: scale(focus.high) },
  };
}

function summaryOf(reading: TestReading, key: Arm): ArmSummary {
  const arm = reading.arms.find((one) => one.key === key);
  return {
    visitors: arm?.visitors ?? 0,
    buyers: arm?.buyers ?? 0,
    profitPerVisitor: arm?.profitPerVisitor ?? 0,
  };
}
