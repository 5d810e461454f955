import { randomBytes } from 'node:crypto';
import { issueCode, type CodeTerms, withdrawCode } from '#app/domains/codes/index.ts';
import { earn, reverse, type Source, spend, readBalances, type AccountRef } from '#app/domains/ledger/index.ts';
import type { Posted, Reward } from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** A referral whose reward is posted or taken back. */
export interface Recipient {
  readonly orderId: string;
  /** the advocate's */
  readonly customerId: string;
  /** the shop's, ISO 4217 */
  readonly currency: string;
  /** end of the return window */
  readonly dueAt: Date;
}

const sourceOf = (orderId: string, round: number, purpose = ''): Source => ({
  kind: 'referral',
  id: orderId,
  purpose: `${String(round)}${purpose}`,
});
/** Codes that are rewards, by the friend's order and the round. */
export const rewardCodes = 'referral-reward';
const codeSource = (orderId: string, round: number) => ({
  kind: rewardCodes,
  id: orderId,
  purpose: String(round),
});
const accountOf = ({ customerId, currency }: Recipient, reward: Reward): AccountRef => ({
  ownerKind: 'customer',
  ownerId: customerId,
  unit: reward.type === 'points' ? 'points' : currency,
});

/** Writes a reward to the ledger, pending until the return window ends; a code is nothing before it is handed out. */
export async function postReward(
  scope: ShopScope,
  to: Recipient,
  { reward, round }: { readonly reward: Reward; readonly round: number },
  now: Date,
): Promise<Posted> {
  if (reward.type !== 'percentage')
    await earn(scope, {
      account: accountOf(to, reward),
      amount: reward.type === 'points' ? reward.points : reward.minor,
      vestAt: to.dueAt > now ? to.dueAt : null,
      expiresAt: null,
      source: sourceOf(to.orderId, round),
      at: now,
      details: { order: to.orderId },
    });
  return { reward, round, handedOut: false };
}

/** The return window is over: points vest by themselves, credit and parts of a price become a code of the advocate's own. */
export async function handOut(scope: ShopScope, to: Recipient, posted: Posted, now: Date): Promise<Posted> {
  const { reward, round } = posted;
  const done: Posted = { ...posted, handedOut: true };
  if (reward.type === 'points') return done;
  const give = async (terms: Pick<CodeTerms, 'minSubtotalMinor' | 'productIds'> & CodeTerms, title: string) => {
    await issueCode(
      scope,
      {
        source: codeSource(to.orderId, round),
        title,
        terms,
        customerId: to.customerId,
        prefix: 'THANKS',
        uses: 1,
        startsAt: now,
        endsAt: null,
      },
      { now, random: randomBytes },
    );
  };
  const everything = { minSubtotalMinor: null, productIds: null };
  if (reward.type === 'percentage') {
    await give(
      { type: 'percentage', basisPoints: reward.basisPoints, ...everything },
      'Thank you for your recommendation',
    );
    return done;
  }
  // A debt of earlier rewards that were taken back is paid off first: what is left is handed out.
  const account = accountOf(to, reward);
  const source = sourceOf(to.orderId, round, ' code');
  const first = await spend(scope, { account, amount: reward.minor, source, at: now, details: { order: to.orderId } });
  const { available } = await readBalances(scope, account);
  const minor = first.code === 'insufficient' ? Math.max(0, available) : reward.minor;
  if (first.code === 'insufficient' && minor > 0)
    await spend(scope, { account, amount: minor, source, at: now, details: { order: to.orderId } });
  if (minor > 0) await give({ type: 'amount', minor, ...everything }, 'Thank you for your recommendation');
  return done;
}

/** Takes a reward back, exactly: what was spent already becomes a debt that the next reward pays off. */
export async function takeBack(
  scope: ShopScope,
  to: Pick<Recipient, 'orderId'>,
  { reward, round, handedOut }: Posted,
  now: Date,
): Promise<'taken' | 'used'> {
  const withdrawn =
    handedOut && reward.type !== 'points' ? await withdrawCode(scope, codeSource(to.orderId, round)) : 'none';
  const undo = (original: Source, purpose: string) =>
    reverse(scope, {
      original,
      amount: null,
      source: sourceOf(to.orderId, round, purpose),
      at: now,
      details: { order: to.orderId },
    });
  // A code that was not used gives the credit back to the account, from which it is then taken.
  if (withdrawn === 'withdrawn' || withdrawn === 'over') await undo(sourceOf(to.orderId, round, ' code'), ' code back');
  if (reward.type !== 'percentage') await undo(sourceOf(to.orderId, round), ' back');
  return withdrawn === 'used' ? 'used' : 'taken';
}
