// The numbers of `workOf` in the definition.
const workOfCart: f64 = 360_000;
const leastWork: f64 = 80_000;
const workOfOffer: f64 = 375;
const workOfItem: f64 = 44;
const workOfTier: f64 = 133;
export const workOfPlan: f64 = 100;
export const workOfSlot: f64 = 30;
export const workOfProduct: f64 = 8;
export const workOfPool: f64 = 20;
const workOfOneFilling: f64 = 80;
export const workOfLook: f64 = 14;
export const workOfWaysPool: f64 = 4;
export const workOfWaysUnits: f64 = 4;
export const workOfStep: f64 = 20;
export const workOfNeed: f64 = 8;

/** What may still be tried; below zero = nothing more. */
let left: f64 = 0;

/** What reading an offer takes that names so many products, or has so many tiers of goals. */
export function workOfReading(items: i32, tiers: i32): f64 {
  return workOfOffer + workOfItem * <f64>items + workOfTier * <f64>tiers;
}

/** What reading the offers takes is taken first. */
export function startWork(reading: f64): void {
  left = Math.max(leastWork, workOfCart - reading);
}

/** Lowers what may be tried to this amount. */
export function limitWork(most: f64): void {
  left = Math.min(left, most);
}

export function work(amount: f64): void {
  left -= amount;
}

export function hasWorkLeft(): bool {
  return left > 0;
}

/** Puts half of what is left aside. @returns what has to be given back to `putBack` */
export function putHalfAside(): f64 {
  const half = Math.floor(left / 2);
  left -= half;
  return half;
}

export function putBack(kept: f64): void {
  left = kept + Math.max(0, left);
}

/** Work of filling an offer from so many pools that were looked at, of which so many were picked. */
export function workOfFilling(looked: i32, picked: i32, shared: bool): f64 {
  return workOfOneFilling + <f64>looked * (workOfLook + <f64>(shared ? picked : 0));
}

/** Work of as many fillings for which so many pools were looked at in all, none of them for more than one place. */
export function workOfFillings(count: i32, looked: i32): f64 {
  return workOfOneFilling * <f64>count + workOfLook * <f64>looked;
}
