import type { IncentiveRules } from './model.ts';
import type { GuardOutcome } from './outcome.ts';

/** Share of an amount in basis points, rounded half up to the minor unit. */
export function percentageOf(minor: number, basisPoints: number): number {
  return Math.floor((minor * basisPoints + 5000) / 10_000);
}

/**
 * The lowest price of a unit that still leaves the merchant's margin: cost ÷ (1 − margin), rounded up. A
 * margin of 100 % or more allows no discount: the floor is the price itself.
 * @param costMinor presentment minor units; null = unknown, then the default margin is assumed:
 * cost = price × (1 − default margin), rounded up
 */
export function floorOf(
  priceMinor: number,
  costMinor: number | null,
  rules: Pick<IncentiveRules, 'minMarginBps' | 'defaultMarginBps'>,
): number {
  const share = 10_000 - rules.minMarginBps;
  if (share <= 0) return priceMinor;
  return Math.ceil((costOf(priceMinor, costMinor, rules) * 10_000) / share);
}

/**
 * A margin of the price without tax as the same margin of a price that contains it: 1 − (1 − margin) / (1 + tax). The
 * stack knows prices as shoppers pay them, and costs are without tax.
 * @param taxBps of the price without it
 * @param round to whole basis points: up where the margin is to be kept, down where it is assumed
 */
export function marginOfTaxed(marginBps: number, taxBps: number, round: (bps: number) => number): number {
  return round(10_000 - ((10_000 - marginBps) * 10_000) / (10_000 + taxBps));
}

/** Reduces a discount so that `priceMinor` does not fall below `floorMinor`; never below zero. */
export function guardDiscount(
  wantedMinor: number,
  priceMinor: number,
  floorMinor: number,
): { minor: number; outcome: GuardOutcome } {
  const room = Math.max(0, priceMinor - floorMinor);
  const minor = Math.min(wantedMinor, priceMinor, room);
  return {
    minor,
    outcome: minor >= Math.min(wantedMinor, priceMinor) ? 'untouched' : minor === 0 ? 'refused' : 'reduced',
  };
}

/**
 * What is left of a price after the cost, as a share of the price without its tax: basis points, rounded down; null when
 * the price is 0.
 * @param taxBps in the price, of the price without it
 */
export function marginBps(priceMinor: number, costMinor: number, taxBps = 0): number | null {
  return priceMinor === 0 ? null : Math.floor((priceMinor * 10_000 - costMinor * (10_000 + taxBps)) / priceMinor);
}

/** The part of a price that the merchant keeps; not rounded. */
export function withoutTax(minor: number, taxBps: number): number {
  return (minor * 10_000) / (10_000 + taxBps);
}

/** What a unit costs: where that is unknown, what the assumed margin leaves of its price, rounded up. */
export function costOf(
  priceMinor: number,
  costMinor: number | null,
  { defaultMarginBps }: Pick<IncentiveRules, 'defaultMarginBps'>,
): number {
  return costMinor ?? Math.ceil((priceMinor * Math.max(0, 10_000 - defaultMarginBps)) / 10_000);
}
