import { z } from 'zod';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';

/** The one experiment of this slice: Trellis shown, or nothing shown. */
export const HOLDOUT = 'holdout';

export type Arm = 'treatment' | 'holdout';

/** A share in basis points, 0 (nobody) to 5000 (half): above that, more people would miss out than see it. */
export const holdoutShare = z.number().int().min(0).max(5000);

/** One period in which the share and the salt stood still. */
export interface Experiment {
  readonly shopId: ShopId;
  readonly key: string;
  readonly salt: string;
  readonly holdoutBps: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** A visitor whose presence was noticed: the moment is the storefront's, already clamped by the intake. */
export interface Sighting {
  readonly shopId: ShopId;
  readonly visitorId: VisitorId;
  /** the product that was viewed, where the storefront says so */
  readonly productId: string | null;
  readonly at: Date;
  /** one of more visitors than an address has */
  readonly crowd?: boolean;
}

export interface ExposureRow {
  readonly shopId: ShopId;
  /** `exposureKey` of the holdout's period, or `exposureOf` a test */
  readonly experiment: string;
  readonly visitorId: VisitorId;
  /** 'treatment' or 'holdout' of the holdout, the arm's key of a test */
  readonly arm: string;
  readonly firstSeenAt: Date;
  /** counts only with an order: one of more visitors than an address has */
  readonly crowd: boolean;
}

/** What is shown of one arm. */
export interface ArmSummary {
  readonly visitors: number;
  readonly buyers: number;
  /** minor units, not rounded, adjusted for what was known before the first exposure */
  readonly profitPerVisitor: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

interface Measured {
  readonly since: Date;
  readonly holdoutBps: number;
  readonly currency: string;
  readonly treatment: ArmSummary;
  readonly holdout: ArmSummary;
  /** chi-square test of the arms' sizes against the configured share */
  readonly sampleRatioPValue: number;
  /** share of the variance that the visitors' past explains, 0 to 1 */
  readonly varianceReduction: number;
  /** share of the revenue whose cost is not known, so that the shop's usual margin is assumed; 0 to 1 */
  readonly assumedShare: number;
}

export type ExperimentResult =
  /** no holdout is configured, so nothing can be compared */
  | { readonly status: 'off' }
  | (Measured & {
      readonly status: 'not-enough-data';
      /** visitors in both arms together that are still missing, by the conversion seen so far; null before the first buyer */
      readonly visitorsNeeded: number | null;
      /** buyers in each arm from which on arms are compared */
      readonly leastBuyers: number;
    })
  /** the arms' sizes contradict the share: something loses visitors of one arm, so the numbers mean nothing */
  | (Measured & { readonly status: 'sample-ratio-mismatch' })
  | (Measured & {
      readonly status: 'gain' | 'loss' | 'no-difference-seen';
      /** treatment minus holdout, profit per visitor in minor units, not rounded */
      readonly difference: number;
      /** ends of the confidence sequence of `difference`: they hold at all times together */
      readonly interval: Interval;
      /** `difference` times the visitors who saw Trellis, whole minor units, with its interval */
      readonly incrementalMinor: number;
      readonly incrementalInterval: Interval;
    });
