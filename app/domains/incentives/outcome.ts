import type { GoalReward } from './model.ts';

/** What the margin guard did to one discount. */
export type GuardOutcome = 'untouched' | 'reduced' | 'refused';

/** Equal bundles that were formed `count` times: which units they took and what came off, in all. */
export interface FormedBundle {
  readonly offerId: string;
  readonly title: string;
  readonly count: number;
  readonly units: readonly { readonly lineId: string; readonly quantity: number; readonly discountMinor: number }[];
  readonly priceMinor: number;
  /** what the offer promises, before the guard */
  readonly wantedMinor: number;
  readonly discountMinor: number;
  readonly guard: GuardOutcome;
  /** a cost in it was unknown, so the default margin was assumed */
  readonly assumed: boolean;
}

/** How far a cart is on the way through an offer's goals. Amounts are presentment minor units. */
export interface GoalProgress {
  readonly offerId: string;
  /** what counts: gift cards, excluded lines and one unit of each gift do not */
  readonly subtotalMinor: number;
  readonly tiers: readonly {
    readonly thresholdMinor: number;
    readonly reward: GoalReward;
    readonly reached: boolean;
  }[];
  /** the next tier and what is missing for it; null when all are reached */
  readonly nextGoal: { readonly missingMinor: number; readonly reward: GoalReward } | null;
}

export interface PricedLine {
  readonly lineId: string;
  readonly subtotalMinor: number;
  /** units of this line that are part of a bundle */
  readonly bundledQuantity: number;
  readonly bundleMinor: number;
  /** its share of what the order's goal takes off */
  readonly goalMinor: number;
  readonly codeMinor: number;
  readonly totalMinor: number;
  /** titles of the bundles that it is part of, in order of bundle id */
  readonly bundleTitles: readonly string[];
}

export type ReasonCode =
  | 'bundle-applied'
  | 'margin-reduced'
  | 'margin-refused'
  | 'cost-assumed'
  | 'gift-card-excluded'
  | 'selling-plan-excluded'
  | 'not-started'
  | 'expired'
  | 'incomplete'
  | 'used-by-better-offer'
  | 'line-limit'
  | 'search-bounded'
  | 'rate-unknown'
  | 'gift-not-in-cart'
  | 'subtotal-missing'
  | 'goal-applied'
  | 'goal-next'
  | 'class-not-combinable'
  | 'code-applied'
  | 'code-not-combinable'
  | 'code-competes'
  | 'code-below-margin'
  | 'reserve-kept';

/** Why something did or did not apply. `subject` is a bundle id, a line id or a code. */
export interface Reason {
  readonly code: ReasonCode;
  readonly subject: string;
  readonly minor?: number;
}

export interface CartPricing {
  readonly currency: string;
  readonly lines: readonly PricedLine[];
  readonly bundles: readonly FormedBundle[];
  readonly subtotalMinor: number;
  readonly bundleMinor: number;
  readonly goalMinor: number;
  readonly codeMinor: number;
  readonly shippingMinor: number;
  readonly shippingDiscountMinor: number;
  /** shipping up to this amount is free by a goal: what the goods have above their floor; null = no goal makes it free */
  readonly freeUpToMinor: number | null;
  /** lines after all discounts, plus shipping after its discount */
  readonly totalMinor: number;
  /**
   * 'exact': no other combination of bundles and codes saves more; 'bounded': the cart exceeded the search limit, or a
   * code for products competes with its bundles
   */
  readonly search: 'exact' | 'bounded';
  readonly goals: readonly GoalProgress[];
  readonly reasons: readonly Reason[];
}
