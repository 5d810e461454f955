import { OfferItem } from '../model';

/** What comes off the units of a plan. `amount` is off all of them together. */
export const rewardPercentage: i32 = 0;
export const rewardAmount: i32 = 1;
export const rewardUnitAmount: i32 = 2;
export const rewardUnitPrice: i32 = 3;

export class Reward {
  constructor(
    readonly type: i32,
    /** basis points or minor units */
    readonly size: f64,
  ) {}
}

/** A place in an offer: `min` to `max` units of these items; paid: they earn the reward and pay in full. */
export class PlanSlot {
  constructor(
    readonly items: Array<OfferItem>,
    readonly min: f64,
    readonly max: f64,
    readonly paid: bool,
  ) {}
}

/** From this number of reduced units on, this comes off the slots that are not paid. */
export class PlanTier {
  constructor(
    readonly units: f64,
    readonly reward: Reward,
  ) {}
}

/** The cart's subtotal that a plan takes, and the one (-1: none) at which a higher tier takes over. */
export class PlanSubtotal {
  constructor(
    readonly from: f64,
    readonly below: f64,
    /** one unit of each of these is a gift, not part of what is bought */
    readonly gifts: Array<Array<OfferItem>>,
  ) {}
}

/** One shape that an offer takes in a cart. Amounts are shop-currency minor units. */
export class Plan {
  /** how often in one order */
  times: f64 = Infinity;
  /** all of the reward or nothing, because a gift that costs something is none */
  whole: bool = false;
  subtotal: PlanSubtotal | null = null;

  constructor(
    /** those that pay come first; of many sizes may only be one that is alone and does not pay */
    readonly slots: Array<PlanSlot>,
    /** ascending; the highest that is reached counts */
    readonly tiers: Array<PlanTier>,
  ) {}
}
