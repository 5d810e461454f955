import { randomBytes } from 'node:crypto';
import {
  type CodeSource,
  type CodeTerms,
  giveStoreCredit,
  issueCode,
  readGift,
  readStandings,
  readUnreplacedGifts,
  withdrawCode,
} from '#app/domains/codes/index.ts';
import {
  type AccountRef,
  type Earning,
  readBalances,
  reverse,
  type Source,
  spend,
  spendTimes,
} from '#app/domains/ledger/index.ts';
import type { Posted, Reward } from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { readStoreLanguage } from '../store-language.ts';
import { codeTitles } from './code-titles.ts';

/** A referral whose reward is posted or taken back. */
export interface Recipient {
  readonly orderId: string;
  /** the advocate's */
  readonly customerId: string;
  /** the shop's, ISO 4217 */
  readonly currency: string;
  /** end of the return window */
  readonly dueAt: Date;
  /** the store keeps accounts of its customers */
  readonly storeCredit: boolean;
}

const sourceOf = (orderId: string, round: number, purpose = ''): Source => ({
  kind: 'referral',
  id: orderId,
  purpose: `${String(round)}${purpose}`,
});
/** Stands in the store's checkout, and beside credit in its account. */
const readThanks = async (scope: ShopScope): Promise<string> => codeTitles[await readStoreLanguage(scope)].thanks;

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

/**
 * What a reward is in the ledger, pending until the return window ends; a code is nothing before it is handed out.
 * @returns what is to be earned for it; null = nothing
 */
export function earningOf(
  to: Recipient,
  { reward, round }: { readonly reward: Reward; readonly round: number },
  now: Date,
): Earning | null {
  if (reward.type === 'percentage') return null;
  return {
    account: accountOf(to, reward),
    amount: reward.type === 'points' ? reward.points : reward.minor,
    vestAt: to.dueAt > now ? to.dueAt : null,
    expiresAt: null,
    source: sourceOf(to.orderId, round),
    at: now,
    details: { order: to.orderId },
  };
}

/** The return window is over: points vest by themselves, credit and parts of a price become a code of the advocate's own. */
export async function handOut(scope: ShopScope, to: Recipient, posted: Posted, now: Date): Promise<Posted> {
  const { reward, round } = posted;
  const done: Posted = { ...posted, handedOut: true };
  if (reward.type === 'points') return done;
  const give = (terms: CodeTerms) => issueReward(scope, codeSource(to.orderId, round), to.customerId, terms, now);
  if (reward.type === 'percentage') {
    await give({ type: 'percentage', basisPoints: reward.basisPoints, minSubtotalMinor: null, productIds: null });
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
  if (minor > 0 && reward.type === 'store-credit' && to.storeCredit)
    await giveStoreCredit(
      scope,
      {
        source: codeSource(to.orderId, round),
        customerId: to.customerId,
        amountMinor: minor,
        currency: to.currency,
        expiresAt: null,
        note: await readThanks(scope),
      },
      now,
    );
  else if (minor > 0) await give(amountOff(minor));
  return done;
}

const amountOff = (minor: number): CodeTerms => ({ type: 'amount', minor, minSubtotalMinor: null, productIds: null });

/** Issues a code of the advocate's own that works once. */
async function issueReward(
  scope: ShopScope,
  source: CodeSource,
  customerId: string,
  terms: CodeTerms,
  now: Date,
): Promise<void> {
  const title = await readThanks(scope);
  const wish = { source, title, terms, customerId, prefix: 'THANKS', uses: 1, startsAt: now, endsAt: null };
  await issueCode(scope, wish, { now, random: randomBytes });
}

/** Takes a reward back, exactly: what was spent already becomes a debt that the next reward pays off. */
export async function takeBack(
  scope: ShopScope,
  to: Pick<Recipient, 'orderId'>,
  { reward, round, handedOut }: Posted,
  now: Date,
): Promise<'taken' | 'used'> {
  const source = codeSource(to.orderId, round);
  const gift = handedOut && reward.type === 'store-credit' ? await readGift(scope, source) : null;
  // What the store has refused is a code from now on, if it was not before: that can be taken back.
  if (gift?.state === 'refused' && gift.customerId !== null)
    await issueReward(scope, source, gift.customerId, amountOff(gift.amountMinor), now);
  const withdrawn = handedOut && reward.type !== 'points' ? await withdrawCode(scope, source) : 'none';
  const standing = (await readStandings(scope, rewardCodes, [to.orderId])).find(
    (one) => one.source.purpose === source.purpose,
  );
  const uses = standing?.uses ?? 0;
  // A code that was not used gives the credit back to the account, from which it is then taken.
  if (withdrawn !== 'none') await spendCode(scope, { ...to, round }, uses, now);
  if (reward.type !== 'percentage')
    await reverse(scope, {
      original: sourceOf(to.orderId, round),
      amount: null,
      source: sourceOf(to.orderId, round, ' back'),
      at: now,
      details: { order: to.orderId },
    });
  // What stands in the advocate's account with the store cannot be taken out again.
  return uses > 0 || (gift !== null && gift.state !== 'refused') ? 'used' : 'taken';
}

/**
 * Has the credit that became a code be spent as often as the code counts: below what the advocate has where need be.
 * Nothing for codes that are no credit.
 * @returns how often more than before
 */
export function spendCode(
  scope: ShopScope,
  { orderId, round }: { readonly orderId: string; readonly round: number },
  times: number,
  now: Date,
): Promise<number> {
  return spendTimes(scope, {
    source: sourceOf(orderId, round, ' code'),
    times,
    at: now,
    details: { order: orderId },
  });
}

/**
 * What the store has refused to put into an advocate's account becomes a code, once.
 * @returns the friends' orders that it was for, with the store's reason
 */
export async function replaceRefusedCredit(
  scope: ShopScope,
  now: Date,
): Promise<{ readonly orderId: string; readonly refusal: string }[]> {
  const replaced: { orderId: string; refusal: string }[] = [];
  for (const { source, gift } of await readUnreplacedGifts(scope, rewardCodes)) {
    if (gift.customerId === null) continue;
    await issueReward(scope, source, gift.customerId, amountOff(gift.amountMinor), now);
    replaced.push({ orderId: source.id, refusal: gift.refusal ?? '' });
  }
  return replaced;
}
