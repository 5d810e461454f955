import type { GoalTerms, Offer, OfferItem, UnitValue } from '../model.ts';
import type { Cell, CellReader } from './cells.ts';

/** What comes off the units of a plan. `amount` is off all of them together. */
export type Reward =
  | { readonly type: 'percentage'; readonly basisPoints: number }
  | { readonly type: 'amount' | 'unit-amount' | 'unit-price'; readonly minor: number };

/** A place in an offer: `min` to `max` units of these items. */
export interface PlanSlot {
  readonly items: readonly OfferItem[];
  readonly min: number;
  readonly max: number;
  /** its units earn the reward and pay in full */
  readonly paid: boolean;
}

/** From this number of reduced units on, this comes off the slots that are not paid. */
export interface PlanTier {
  readonly units: number;
  readonly reward: Reward;
}

/** One shape that an offer takes in a cart. Amounts are shop-currency minor units. */
export interface Plan {
  /** those that pay come first; only a single slot may be of many sizes */
  readonly slots: readonly PlanSlot[];
  /** ascending; the highest that is reached counts */
  readonly tiers: readonly PlanTier[];
  /** how often in one order */
  readonly times: number;
  /** true: all of the reward or nothing, because a gift that costs something is none */
  readonly whole: boolean;
  /** the cart's subtotal that it takes, and the one at which a higher tier takes over */
  readonly subtotal: PlanSubtotal | null;
}

export interface PlanSubtotal {
  readonly from: number;
  readonly below: number | null;
  /** one unit of each of these is a gift, not part of what is bought */
  readonly gifts: readonly (readonly OfferItem[])[];
}

/**
 * The largest value (or lowest price) with which the guard never bites, whatever units are chosen, at each of these
 * numbers of reduced units; null when there is none. `each`: the value is of each unit, not of all together.
 */
export type Keep = <V extends UnitValue>(plan: Plan, value: V, sizes: readonly number[], each: boolean) => V | null;

/** What a price test varies of an offer: its values, in order. */
export interface Variable<O extends Offer> {
  /** a value may be of the first so many of: percentage, amount, price */
  readonly types: 1 | 2 | 3;
  of(offer: O): UnitValue[];
  /** what else must hold for values of the right number and types; left out = nothing */
  fits?(offer: O, values: readonly UnitValue[]): boolean;
  /** @param values as many as `of` gives, of the types that may be */
  with(offer: O, values: readonly UnitValue[]): O;
}

/** What a checkout knows of one kind of offer: everything else is the same for all kinds. */
export interface Kind<O extends Offer> {
  /** its number in the configuration, for good */
  readonly code: number;
  plans(offer: O): Plan[];
  /** rewards on the whole order, for the kinds that have any */
  goals?(offer: O): { readonly tiers: GoalTerms['tiers']; readonly gifts: PlanSubtotal['gifts'] };
  /** true for an offer that looks at everything in the cart; left out where none of the kind does */
  orderWide?(offer: O): boolean;
  /** left out where there is nothing to vary */
  readonly variable?: Variable<O>;
  /** null when a cell is not what the publication wrote (`KindOnServer.write`) */
  read(head: { readonly id: string; readonly title: string }, cells: CellReader): O | null;
}

/** What only the server knows of a kind, apart so that the Function need not load it. */
export interface KindOnServer<O extends Offer> {
  /**
   * The offer with what `keep` leaves of its values, so that the margin guard never takes back what is promised;
   * null when nothing is left
   */
  safe(offer: O, keep: Keep): O | null;
  /** cells after id, title and code; `at` is a product's place in the shard */
  write(offer: O, at: (productId: string) => number): Cell[];
}
