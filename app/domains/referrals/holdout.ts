import { isHeldOut } from '#app/shared/assignment.ts';

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
export interface KeptShare {
  readonly heldOutBps: number;
  readonly heldOutSalt: string;
  readonly heldOutSince: Date | null;
}

/**
 * The share that is to be kept from now on. The salt is drawn once, so that a larger share holds those out whom the smaller
 * one did; a share that stays as it is goes on from when it began.
 */
export function changeShare(known: KeptShare, heldOutBps: number, freshSalt: string, now: Date): KeptShare {
  if (known.heldOutBps === heldOutBps) return known;
  return { heldOutBps, heldOutSalt: known.heldOutSalt === '' ? freshSalt : known.heldOutSalt, heldOutSince: now };
}

/** The holdout that a share is; null where nobody is held out, or nobody is asked yet. */
export function holdoutOf(
  { heldOutBps, heldOutSalt, heldOutSince }: KeptShare,
  begun: Date | null,
): ReferralHoldout | null {
  if (heldOutBps === 0 || heldOutSince === null || begun === null) return null;
  // A share that was chosen before anybody was asked begins with the asking.
  return { salt: heldOutSalt, holdoutBps: heldOutBps, since: heldOutSince > begun ? heldOutSince : begun, begun };
}

/** Whether this customer is not to be asked; who has a link already keeps it. */
export const isNotAsked = (holdout: ReferralHoldout | null, customerId: string): boolean =>
  holdout !== null && isHeldOut(customerId, holdout.salt, holdout.holdoutBps);
