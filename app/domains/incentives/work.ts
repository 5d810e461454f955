import { kindOf } from './kinds/registry.ts';
import type { Offer } from './model.ts';

/**
 * How much may be tried in one cart, so that no cart and no number of offers takes the Function past Shopify's limit of
 * instructions, beyond which the shopper would get no discount at all. A piece of work is about fifteen instructions
 * of the compiled Function; what is counted is the same on every surface, so that all stop at the same place and agree.
 * The compiled Function and the plugin repeat the numbers.
 */
export const workOf = {
  cart: 360_000,
  /** what is left for trying however many offers had to be read */
  least: 80_000,
  /** reading an offer, each product that it names, and each tier of its goals */
  offer: 375,
  item: 44,
  tier: 133,
  /** holding a plan against the cart: itself, each place in it, each product and each pool of a place */
  plan: 100,
  slot: 30,
  product: 8,
  pool: 20,
  /** filling an offer once: itself and each pool that is looked at */
  filling: 80,
  look: 14,
  /** counting in how many ways a place can be filled: each pool, each number of units */
  waysPool: 4,
  waysUnits: 4,
  /** one step of the search: itself and each count that it takes from */
  step: 20,
  need: 8,
} as const;

/** What may still be tried; below zero = nothing more. Is counted down. */
export interface Work {
  left: number;
}

/** No bound, where a whole answer matters more than its cost. */
export const unboundedWork = (): Work => ({ left: Infinity });

/** What a cart may take after its offers have been read. */
export function workForCart(offers: readonly Offer[]): Work {
  let left: number = workOf.cart;
  for (const offer of offers) {
    const goals = kindOf(offer).goals?.(offer);
    left -= workOf.offer + (goals ? workOf.tier * goals.tiers.length : workOf.item * offer.items.length);
  }
  return { left: Math.max(workOf.least, left) };
}

/** Work of filling an offer from so many pools that were looked at, of which so many were picked. */
export function workOfFilling(looked: number, picked: number, shared: boolean): number {
  return workOf.filling + looked * (workOf.look + (shared ? picked : 0));
}
