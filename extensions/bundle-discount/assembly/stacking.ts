import { Rules } from './model';

/** Something of the price has to be left, or no price keeps the margin. */
const mostReserveBps: f64 = 9999;

/** The share of the price that discounts of ours leave to a code of the store, basis points. */
export function reserveBeside(hasCode: bool, rules: Rules): f64 {
  return hasCode && rules.meetsCodes ? Math.min(rules.codeReserve, mostReserveBps) : 0;
}
