import { Rules } from './model';

/** Share of an amount in basis points, rounded half up to the minor unit. */
export function percentageOf(minor: f64, basisPoints: f64): f64 {
  return Math.floor((minor * basisPoints + 5000) / 10_000);
}

/** The lowest price of a unit that still leaves the merchant's margin; cost -1 = unknown. */
export function floorOf(price: f64, cost: f64, rules: Rules): f64 {
  const share = 10_000 - rules.minMarginBps;
  if (share <= 0) return price;
  if (cost < 0) cost = Math.ceil((price * Math.max(0, 10_000 - rules.defaultMarginBps)) / 10_000);
  return Math.ceil((cost * 10_000) / share);
}

/** A discount reduced so that `price` does not fall below `floor`; never below zero. */
export function guardDiscount(wanted: f64, price: f64, floor: f64): f64 {
  return Math.min(Math.min(wanted, price), Math.max(0, price - floor));
}
