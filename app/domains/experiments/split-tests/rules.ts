import { adjust, ALPHA, boundary, contrastOf, standardError } from './confidence-sequence.ts';
import { sampleRatioOf } from './chi-square.ts';
import type { ArmReading, ArmSums, Contrast, SplitTest, TestArm, TestReading, TestSums, TestVerdict } from './model.ts';
import type { TestSubject } from './subject.ts';

/** Buyers that the arms must have before a difference is shown: below, the normal limit is too far away. */
export const MIN_BUYERS = 25;

/**
 * Below this p-value the arms' sizes are called wrong. Source: Fabijan et al., "Diagnosing Sample Ratio Mismatch
 * in Online Controlled Experiments", KDD 2019, which uses 0.0005 against false alarms.
 */
const SAMPLE_RATIO_ALARM = 0.0005;

/** Visitors for which the sequence is tuned where a test began without a plan. */
export const USUAL_TARGET = 10_000;

/** Chance to find a change of the wanted size by the planned number of visitors. */
const POWER_QUANTILE = 0.8416212335729143;

/** Names a test in the exposures. */
export const exposureOf = (testId: string): string => `test:${testId}`;

/** Salt of a group of tests: known before any test runs and different in each shop. A test without a group has its own. */
export const layerSaltOf = (test: Pick<SplitTest, 'shopId' | 'layer' | 'id'>): string =>
  test.layer === '' ? `${test.shopId}/${test.id}` : `${test.shopId}#${test.layer.toLowerCase()}`;

/** Whether two tests would change the same thing on a page. */
export function overlaps(a: TestSubject, b: TestSubject): boolean {
  if (a.type === 'app' || b.type === 'app') return true;
  const [one, other] = [thingOf(a), thingOf(b)];
  if (one.type === other.type) return one.id === other.id;
  // The block that shows bundles holds every bundle.
  return [one, other].some(({ type, id }) => type === 'widget' && id === 'bundle');
}

/** A bundle and its price, a widget and its place are one thing: a visitor in two tests of it would see neither's version. */
function thingOf({ type, id }: TestSubject): { readonly type: 'widget' | 'bundle' | 'app'; readonly id: string } {
  if (type === 'price') return { type: 'bundle', id };
  return { type: type === 'placement' ? 'widget' : type, id };
}

export type Allocation =
  | { readonly ok: true; readonly from: number; readonly to: number }
  | { readonly ok: false; readonly reason: 'same-subject'; readonly other: SplitTest }
  | { readonly ok: false; readonly reason: 'group-full'; readonly freeBps: number };

/** Two prices of one bundle: whoever asks what a visitor pays is answered by one test alone, so that no group parts them. */
export const pricesSameBundle = (a: TestSubject, b: TestSubject): boolean =>
  a.type === 'price' && b.type === 'price' && a.id === b.id;

/** Finds buckets for a test beside those that run: disjoint within its group, and never twice on one subject. */
export function allocate(
  test: Pick<SplitTest, 'id' | 'shopId' | 'layer' | 'subject' | 'trafficBps'>,
  running: readonly SplitTest[],
): Allocation {
  const sameGroup = (other: SplitTest): boolean => test.layer !== '' && layerSaltOf(other) === layerSaltOf(test);
  const other = running.find(
    (one) => overlaps(one.subject, test.subject) && (!sameGroup(one) || pricesSameBundle(one.subject, test.subject)),
  );
  if (other) return { ok: false, reason: 'same-subject', other };
  const taken = running.filter(sameGroup).toSorted((a, b) => a.bucketFrom - b.bucketFrom);
  let from = 0;
  let freeBps = 0;
  for (const to of [...taken.map((one) => one.bucketFrom), 10_000]) {
    if (to - from >= test.trafficBps) return { ok: true, from, to: from + test.trafficBps };
    freeBps = Math.max(freeBps, to - from);
    from = Math.max(from, taken.find((one) => one.bucketFrom === to)?.bucketTo ?? to);
  }
  return { ok: false, reason: 'group-full', freeBps };
}

export const emptyArm = (key: string): ArmSums => ({
  key,
  visitors: 0,
  buyers: 0,
  orders: 0,
  revenueMinor: 0,
  profitMinor: 0,
  y: 0,
  yy: 0,
  x1: 0,
  x2: 0,
  x1x1: 0,
  x1x2: 0,
  x2x2: 0,
  x1y: 0,
  x2y: 0,
});

/** What the sums of a test say until now. Pure; amounts are minor units of `sums.currency`. */
export function readTest(test: Pick<SplitTest, 'arms' | 'plannedVisitors'>, sums: TestSums): TestReading {
  const arms = test.arms.map((arm) => sums.arms.find((one) => one.key === arm.key) ?? emptyArm(arm.key));
  const visitors = arms.reduce((sum, arm) => sum + arm.visitors, 0);
  const cuped = adjust(arms);
  const [control, ...others] = arms;
  const target = test.plannedVisitors > 0 ? test.plannedVisitors : USUAL_TARGET;
  const basis = control && cuped.arms.get(control.key);
  const contrasts = others.flatMap((arm): Contrast[] => {
    const one = cuped.arms.get(arm.key);
    // Each pair meets its plan at its own share of the visitors.
    const pair = target * ((shareOf(test.arms, arm.key) + shareOf(test.arms, control?.key ?? '')) / 10_000);
    return one && basis && Math.min(arm.buyers, control?.buyers ?? 0) >= MIN_BUYERS
      ? [contrastOf(arm.key, one, basis, { comparisons: others.length, target: pair })]
      : [];
  });
  const sized = arms.map((arm) => ({ visitors: arm.visitors, share: shareOf(test.arms, arm.key) }));
  const sampleRatioPValue = sampleRatioOf(sized);
  const { verdict, focus } = judge(visitors, sampleRatioPValue, contrasts);
  const shown = verdict === 'sample-ratio-mismatch' ? [] : contrasts;
  return {
    verdict,
    currency: sums.currency,
    visitors,
    arms: arms.map((arm): ArmReading => ({
      ...arm,
      share: shareOf(test.arms, arm.key),
      profitPerVisitor: cuped.arms.get(arm.key)?.mean ?? 0,
      contrast: shown.find((one) => one.key === arm.key) ?? null,
    })),
    focus,
    sampleRatioPValue,
    varianceReduction: cuped.reduction,
    visitorsNeeded: verdict === 'open' || verdict === 'not-enough-data' ? missing(test.arms, arms, cuped, focus) : null,
    machines: sums.machines,
    capMinor: sums.capMinor,
    capped: sums.capped,
    assumedShare: sums.assumedShare,
  };
}

const shareOf = (arms: readonly TestArm[], key: string): number => arms.find((arm) => arm.key === key)?.share ?? 0;

function judge(
  visitors: number,
  pValue: number,
  contrasts: readonly Contrast[],
): { verdict: TestVerdict; focus: Contrast | null } {
  if (visitors === 0) return { verdict: 'no-visitors', focus: null };
  if (pValue < SAMPLE_RATIO_ALARM) return { verdict: 'sample-ratio-mismatch', focus: null };
  if (contrasts.length === 0) return { verdict: 'not-enough-data', focus: null };
  const largest = (list: readonly Contrast[], by: (one: Contrast) => number): Contrast | null =>
    list.toSorted((a, b) => by(b) - by(a))[0] ?? null;
  const better = contrasts.filter((one) => one.low > 0);
  if (better.length > 0) return { verdict: 'better', focus: largest(better, (one) => one.difference) };
  const worse = contrasts.filter((one) => one.high < 0);
  if (worse.length > 0) return { verdict: 'worse', focus: largest(worse, (one) => -one.difference) };
  return { verdict: 'open', focus: largest(contrasts, (one) => Math.abs(one.difference)) };
}

/** More visitors until the focus would be clear if its difference and spread stay what they are. */
function missing(
  arms: readonly TestArm[],
  sums: readonly ArmSums[],
  cuped: ReturnType<typeof adjust>,
  focus: Contrast | null,
): number | null {
  const visitors = sums.reduce((sum, arm) => sum + arm.visitors, 0);
  if (!focus) {
    const buyers = sums.reduce((sum, arm) => sum + arm.buyers, 0);
    if (buyers === 0) return null;
    const rarest = Math.max(
      ...sums.map((arm) => Math.max(0, MIN_BUYERS - arm.buyers) / (shareOf(arms, arm.key) / 10_000)),
    );
    return Math.max(1, Math.ceil((rarest * visitors) / buyers));
  }
  const [control] = sums;
  const arm = cuped.arms.get(focus.key);
  const basis = control && cuped.arms.get(control.key);
  if (!arm || !basis || focus.difference === 0) return null;
  const error = standardError(arm, basis);
  const pair = arm.visitors + basis.visitors;
  const clearAt = (factor: number): boolean =>
    (error / Math.sqrt(factor)) * boundary(pair * factor, pair * factor, ALPHA / Math.max(1, arms.length - 1)) <
    Math.abs(focus.difference);
  const factor = smallest(clearAt);
  return factor === null ? null : Math.max(1, Math.ceil(visitors * (factor - 1)));
}

/** The smallest factor from 1 to 1000 for which `enough` holds (it holds for all larger ones), or null. */
function smallest(enough: (factor: number) => boolean): number | null {
  let [low, high] = [1, 1000];
  if (!enough(high)) return null;
  for (let step = 0; step < 50; step += 1) {
    const middle = Math.sqrt(low * high);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Profit of visitors before a test: what its plan is made of. */
export interface Traffic {
  /** new visitors a day that the test would count, all of them */
  readonly visitorsPerDay: number;
  /** profit per visitor over the time that was looked at, minor units */
  readonly mean: number;
  readonly variance: number;
}

/**
 * Visitors in all arms that make a change of `effectBps` visible with 80 % chance, looked at as often as one
 * likes: the boundary plus the power's quantile must fit into the effect. Null where nothing is earned yet.
 */
export function planVisitors(
  traffic: Traffic,
  { arms, effectBps }: { arms: readonly { readonly share: number }[]; effectBps: number },
): number | null {
  const effect = (traffic.mean * effectBps) / 10_000;
  const [control, ...others] = arms;
  if (!control || others.length === 0 || effect <= 0 || traffic.variance <= 0) return null;
  const rarest = Math.min(...others.map((arm) => arm.share));
  const perVisitor = traffic.variance * (10_000 / rarest + 10_000 / control.share);
  const pairShare = (rarest + control.share) / 10_000;
  const needed = (visitors: number): number =>
    Math.sqrt(perVisitor / visitors) *
    (boundary(visitors * pairShare, visitors * pairShare, ALPHA / others.length) + POWER_QUANTILE);
  let [low, high] = [1, 1e12];
  if (needed(high) > effect) return null;
  for (let step = 0; step < 80; step += 1) {
    const middle = Math.sqrt(low * high);
    if (needed(middle) <= effect) high = middle;
    else low = middle;
  }
  return Math.ceil(high);
}

export type AutomaticStop = { readonly stop: false } | { readonly stop: true; readonly reason: 'harm' | 'done' };

/** Whether a test ends by itself: some arm loses money for sure, or the planned visitors came and nothing is clear. */
export function automaticStop(test: Pick<SplitTest, 'plannedVisitors'>, reading: TestReading): AutomaticStop {
  if (reading.verdict === 'sample-ratio-mismatch') return { stop: false };
  if (reading.arms.some(({ contrast }) => contrast !== null && contrast.high < 0))
    return { stop: true, reason: 'harm' };
  const complete = test.plannedVisitors > 0 && reading.visitors >= test.plannedVisitors;
  return complete && reading.verdict === 'open' ? { stop: true, reason: 'done' } : { stop: false };
}
