import { isDeepStrictEqual } from 'node:util';
import { earnAll, type Earning } from '#app/domains/ledger/index.ts';
import { type Due, type Posted, sayReason, type Settled, type Target, targetOf } from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Judgement } from './judge-referrals.ts';
import { earningOf, handOut, type Recipient, takeBack } from './post-reward.ts';

export interface SettledWithNote extends Settled {
  /** what to tell whoever asks why; null where nothing changed */
  readonly note: string | null;
}

/**
 * Brings a referral to what its order, the decision and the time make of it, rewards included. The row is locked.
 * @param paidElsewhere another programme is paid for the order
 */
export async function settleReferral(
  scope: ShopScope,
  due: Due,
  options: {
    readonly now: Date;
    readonly currency: string;
    readonly paidElsewhere: boolean;
    readonly money: (minor: number) => string;
    /** the store keeps accounts of its customers */
    readonly storeCredit: boolean;
    /** null where it was judged before, or its order is gone */
    readonly judgement: Judgement | null;
    /** takes what is to be earned: whoever settles several books it for all of them at once */
    readonly earnings: Earning[];
  },
): Promise<SettledWithNote> {
  const { order, customerId } = due;
  const { now, money, paidElsewhere } = options;
  const judged =
    due.verdict && due.friendNo !== null ? { verdict: due.verdict, friendNo: due.friendNo } : options.judgement;
  const target: Target =
    judged === null || customerId === null || paidElsewhere
      ? { state: paidElsewhere ? 'ineligible' : 'cancelled', reward: null, checkAt: null }
      : targetOf({ ...due, ...judged }, order, now);
  const to = {
    orderId: due.orderId,
    customerId: customerId ?? '',
    currency: options.currency,
    dueAt: due.dueAt,
    storeCredit: options.storeCredit,
  };
  const { posted, round, note } = await bring(scope, to, due, target, options);
  const changed = target.state !== due.state || note !== null;
  const why = judged?.verdict.reasons.map((reason) => sayReason(reason, money)).join(' ') ?? '';
  return {
    orderId: due.orderId,
    state: target.state,
    verdict: judged?.verdict ?? null,
    friendNo: judged?.friendNo ?? null,
    posted,
    round,
    checkAt: target.checkAt,
    note: changed
      ? [paidElsewhere ? 'Another programme is paid for the order.' : why, note].filter(Boolean).join(' ')
      : null,
  };
}

/** Makes what stands what is to stand. */
async function bring(
  scope: ShopScope,
  to: Recipient,
  { posted, round }: Pick<Due, 'posted' | 'round'>,
  { reward }: Target,
  { now, earnings }: { readonly now: Date; readonly earnings: Earning[] },
): Promise<{ posted: Posted | null; round: number; note: string | null }> {
  if (posted && reward && isDeepStrictEqual(posted.reward, reward.reward)) {
    if (posted.handedOut || !reward.handedOut) return { posted, round, note: null };
    return { posted: await handOut(scope, to, posted, now), round, note: 'The reward was handed out.' };
  }
  const taken = posted ? await takeBack(scope, to, posted, now) : null;
  const back =
    taken === null ? '' : taken === 'used' ? 'The reward had been used and is owed.' : 'The reward was taken back.';
  if (!reward) return { posted: null, round, note: back || null };
  const next = round + 1;
  const made: Posted = { reward: reward.reward, round: next, handedOut: false };
  const earning = earningOf(to, made, now);
  if (earning) earnings.push(earning);
  // What is handed out comes out of the account.
  if (reward.handedOut) await earnAll(scope, earnings.splice(0));
  return {
    posted: reward.handedOut ? await handOut(scope, to, made, now) : made,
    round: next,
    note: `${back} ${reward.handedOut ? 'The reward was handed out.' : 'The reward waits for the end of the return window.'}`.trim(),
  };
}
