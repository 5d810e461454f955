import { Plan } from './kinds/plan';
import { GoalTier } from './kinds/goal-tier';
import { Text } from './text';
import { jsonLength } from './utf8';

/** The words of `app/domains/incentives/model.ts`, as far as the checkout needs them. Numbers stand for texts. */
export class CartLine {
  constructor(
    /** place in the cart */
    readonly place: i32,
    /** box of its id in the input */
    readonly id: u64,
    readonly product: i32,
    readonly variant: i32,
    readonly quantity: f64,
    /** presentment minor units */
    readonly price: f64,
    /** shop-currency minor units; -1 = unknown */
    readonly cost: f64,
    readonly giftCard: bool,
    readonly sellingPlan: bool,
  ) {}
}

export class Rules {
  constructor(
    /** order discounts stand beside product discounts */
    readonly productOrder: bool,
    readonly productShipping: bool,
    readonly orderShipping: bool,
    /** a code that comes off goods may stand beside a discount of ours that does */
    readonly meetsCodes: bool,
    readonly minMarginBps: f64,
    readonly defaultMarginBps: f64,
    readonly allowsSellingPlans: bool,
    /** basis points */
    readonly codeReserve: f64,
  ) {}
}

/** Codes of the store, by hash, and what they take off: basis points, or shop-currency minor units below zero. */
export class KnownCodes {
  private readonly hashes: Array<u32> = new Array<u32>();
  private readonly sizes: Array<f64> = new Array<f64>();

  add(hash: u32, size: f64): void {
    this.hashes.push(hash);
    this.sizes.push(size);
  }

  /** NaN for a code that is not known; of two alike the last counts. */
  sizeOf(hash: u32): f64 {
    const at = this.hashes.lastIndexOf(hash);
    return at < 0 ? NaN : unchecked(this.sizes[at]);
  }
}

/** No variant: any of the product. */
export const anyVariant: i32 = -1;

export class OfferItem {
  constructor(
    readonly product: i32,
    readonly variant: i32,
    readonly quantity: f64,
  ) {}
}

export const percentage: i32 = 0;
export const amount: i32 = 1;
export const price: i32 = 2;

/** What is taken off: basis points, shop-currency minor units, or the price that a unit has instead. */
export class Value {
  constructor(
    readonly type: i32,
    readonly size: f64,
  ) {}
}

/** Whether there are so many values, each of a type up to this one. */
export function fits(values: Array<Value>, count: i32, lastType: i32): bool {
  if (values.length !== count) return false;
  for (let at = 0; at < count; at += 1) if (unchecked(values[at]).type > lastType) return false;
  return true;
}

/** Anything a merchant offers in a cart; a class for each kind in `kinds/`. */
export abstract class Offer {
  constructor(
    readonly id: Text,
    readonly title: Text,
  ) {}

  private bytes: i32 = 0;

  /** Bytes of its title in JSON, without quotes. */
  titleBytes(): i32 {
    if (this.bytes === 0) this.bytes = jsonLength(this.title) - 2;
    return this.bytes;
  }

  abstract plans(): Array<Plan>;

  /** Rewards on the whole order, for the kinds that have any. */
  goals(): Array<GoalTier> | null {
    return null;
  }

  /** True for an offer that looks at everything in the cart. */
  orderWide(): bool {
    return false;
  }

  /** Puts these values in place of its own; without effect where they do not fit. */
  setValues(_values: Array<Value>): void {}
}
