import { isHeldOut } from '#app/shared/assignment.ts';

/** What a new programme holds out where no other does, and the most that any may, basis points. */
export const usualHoldoutBps = 500;
export const mostHoldoutBps = 2_000;

/** Customers who are not asked to recommend the store, so that what referrals earn can be seen, by the hash of their ids. */
export interface ReferralHoldout {
  readonly salt: string;
  readonly holdoutBps: number;
  /** since when the shares are these and customers are asked */
  readonly since: Date;
  /** since when customers are asked at all */
  readonly begun: Date;
}

/** The share as it is kept; `since` is null where nobody was ever held out. */
export interface HoldoutSetting {
  readonly holdoutBps: number;
  readonly holdoutSalt: string;
  readonly holdoutSince: Date | null;
}

/**
 * The share that is to be kept from now on. The salt is drawn once, so that a larger share holds those out whom the smaller
 * one did; a share that stays as it is goes on from when it began.
 */
export function changeHoldout(known: HoldoutSetting, holdoutBps: number, freshSalt: string, now: Date): HoldoutSetting {
  if (known.holdoutBps === holdoutBps) return known;
  return { holdoutBps, holdoutSalt: known.holdoutSalt === '' ? freshSalt : known.holdoutSalt, holdoutSince: now };
}

/** The holdout that a share is; null where nobody is held out, or nobody is asked yet. */
export function holdoutOf(
  { holdoutBps, holdoutSalt, holdoutSince }: HoldoutSetting,
  begun: Date | null,
): ReferralHoldout | null {
  if (holdoutBps === 0 || holdoutSince === null || begun === null) return null;
  // A share that was chosen before anybody was asked begins with the asking.
  return { salt: holdoutSalt, holdoutBps, since: holdoutSince > begun ? holdoutSince : begun, begun };
}

/** Whether this customer is not to be asked; who has a link already keeps it. */
export const isNotAsked = (holdout: ReferralHoldout | null, customerId: string): boolean =>
  holdout !== null && isHeldOut(customerId, holdout.salt, holdout.holdoutBps);
