import { z } from 'zod';
import type { ShopId } from '#app/shared/ids.ts';
import {
  armChange,
  changes,
  changesOf,
  notPossible,
  sameChange,
  shortText,
  splitTestLimits,
  testSubject,
  withoutNul,
} from './subject.ts';

const testArm = z.object({
  /** a short name that is final once the test runs: exposures hold it */
  key: z.string().regex(/^[a-z]$/, 'Use one letter'),
  share: z.int('Enter a whole number').min(100, 'At least 1 %').max(9_900, 'At most 99 %'),
  change: armChange,
});
export type TestArm = z.output<typeof testArm>;

/**
 * Arms as they were stored, for `splitTestForm`: while sets alone could have their price tested, an arm held one
 * `discount`.
 */
export const storedArms = z.array(
  z
    .looseObject({ change: z.looseObject({ discount: z.unknown().optional() }) })
    .transform(({ change: { discount, ...change }, ...arm }) => ({
      ...arm,
      change: discount === undefined ? change : { ...change, values: [discount] },
    })),
);

/** What the form sends. Messages are for the merchant and belong to the field named by the issue's path. */
export const splitTestForm = z
  .object({
    title: shortText(splitTestLimits.title, 'Enter a name'),
    subject: testSubject,
    /** the first arm is the control: the subject as it stands */
    arms: z
      .array(testArm)
      .min(2, 'Add a version to compare with')
      .max(splitTestLimits.arms, `At most ${String(splitTestLimits.arms)} versions`),
    trafficBps: z.int('Enter a whole number').min(100, 'At least 1 %').max(10_000, 'At most 100 %'),
    layer: z
      .string()
      .overwrite(withoutNul)
      .trim()
      .max(splitTestLimits.layer, `At most ${String(splitTestLimits.layer)} characters`),
    effectBps: z.int('Enter a percentage').min(100, 'At least 1 %').max(100_000, 'At most 1,000 %'),
  })
  .check(({ value, issues }) => {
    const say = (path: (string | number)[], message: string): void => {
      issues.push({ code: 'custom', input: value, path, message });
    };
    const { arms, subject } = value;
    if (arms.reduce((sum, arm) => sum + arm.share, 0) !== 10_000) say(['shares'], 'The shares must add up to 100 %');
    if (new Set(arms.map((arm) => arm.key)).size !== arms.length) say(['arms'], 'Two versions have the same letter');
    arms.forEach(({ change }, index) => {
      const at = ['arms', index, 'change'];
      const [control] = arms;
      if (index === 0) {
        if (!sameChange(change, {})) say(at, 'The first version is what stands today');
        return;
      }
      const possible = changesOf(subject);
      for (const kind of changes)
        if (change[kind] !== undefined && !possible.includes(kind)) say([...at, kind], notPossible[kind]);
      const twin = arms.slice(0, index).find((before) => sameChange(before.change, change));
      if (twin) {
        const which = twin === control ? 'what stands today' : 'another version';
        say(at, `This is the same as ${which}`);
      }
    });
  });
export type SplitTestForm = z.output<typeof splitTestForm>;

export const testStates = ['draft', 'running', 'stopped', 'applied'] as const;
export type TestState = (typeof testStates)[number];
export type StopReason = 'by-hand' | 'harm' | 'done' | 'bundle-deleted' | 'currency-changed';

export interface SplitTest extends SplitTestForm {
  readonly shopId: ShopId;
  readonly id: string;
  /** of the amounts in the arms, ISO 4217; null = from before it was kept */
  readonly currency: string | null;
  readonly state: TestState;
  readonly stopReason: StopReason | null;
  readonly appliedArm: string | null;
  readonly salt: string;
  readonly bucketFrom: number;
  readonly bucketTo: number;
  /** visitors that the plan asked for at the start; 0 = no plan was possible */
  readonly plannedVisitors: number;
  /** a view of one of these exposes; empty = any product view does */
  readonly productIds: readonly string[];
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * Sums over the visitors of one arm. `y` is a visitor's profit since the first exposure, `x1` the profit and
 * `x2` the days with a visit before it; profit in minor units of the shop's currency, capped a visitor.
 */
export interface ArmSums {
  readonly key: string;
  readonly visitors: number;
  readonly buyers: number;
  readonly orders: number;
  /** goods after discounts, refunds and returns, minor units, not capped */
  readonly revenueMinor: number;
  /** the same minus unit costs, not capped */
  readonly profitMinor: number;
  readonly y: number;
  readonly yy: number;
  readonly x1: number;
  readonly x2: number;
  readonly x1x1: number;
  readonly x1x2: number;
  readonly x2x2: number;
  readonly x1y: number;
  readonly x2y: number;
}

export interface TestSums {
  readonly currency: string;
  readonly arms: readonly ArmSums[];
  /** visitors left out because they view like a machine */
  readonly machines: number;
  /** most that one visitor counts, minor units; null while nobody bought */
  readonly capMinor: number | null;
  /** visitors whose profit was capped */
  readonly capped: number;
  /** share of the revenue whose cost is not known, so that the shop's usual margin is assumed; 0 to 1 */
  readonly assumedShare: number;
}

/** One arm against the control at one moment, per visitor in minor units, not rounded. */
export interface Contrast {
  readonly key: string;
  readonly difference: number;
  /** ends of the confidence sequence: they hold at all times together */
  readonly low: number;
  readonly high: number;
}

/** A stored contrast: what the page's chart draws. */
export const readingPoint = z.object({
  key: z.string(),
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  visitors: z.number(),
});
export type ReadingPoint = z.infer<typeof readingPoint>;

export interface DayReading {
  /** YYYY-MM-DD in the shop's time zone */
  readonly day: string;
  readonly points: readonly ReadingPoint[];
}

export interface ArmReading extends ArmSums {
  readonly share: number;
  /** per visitor, minor units, not rounded, adjusted for what was known before the exposure */
  readonly profitPerVisitor: number;
  readonly contrast: Contrast | null;
}

export type TestVerdict =
  | 'no-visitors'
  /** the arms' sizes contradict the shares: something loses visitors of one arm, so the numbers mean nothing */
  | 'sample-ratio-mismatch'
  | 'not-enough-data'
  /** some arm earns more than the control for sure */
  | 'better'
  /** some arm earns less than the control for sure */
  | 'worse'
  | 'open';

export interface TestReading {
  readonly verdict: TestVerdict;
  readonly currency: string;
  readonly visitors: number;
  readonly arms: readonly ArmReading[];
  /** the arm that the verdict speaks of; for an open one the arm with the largest difference */
  readonly focus: Contrast | null;
  readonly sampleRatioPValue: number;
  /** share of the variance that the visitors' past explains, 0 to 1 */
  readonly varianceReduction: number;
  /** more visitors until the focus is likely clear; null when that cannot be said */
  readonly visitorsNeeded: number | null;
  readonly machines: number;
  readonly capMinor: number | null;
  readonly capped: number;
  readonly assumedShare: number;
}
