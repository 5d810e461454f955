import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type CodeTerms, issueCode, readCode, withdrawCode } from '#app/domains/codes/index.ts';
import { type Advocate, type FriendOffer, renewCode } from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { readStoreLanguage } from '../store-language.ts';
import { codeTitles } from './code-titles.ts';

const sourceOf = ({ id, codeRound }: Advocate) => ({ kind: 'referral-friend', id, purpose: String(codeRound) });

function termsOf(offer: FriendOffer, minOrderMinor: number): CodeTerms | null {
  if (offer.type === 'none') return null;
  return { ...offer, minSubtotalMinor: minOrderMinor > 0 ? minOrderMinor : null, productIds: null, firstOrder: true };
}

/**
 * Sees to it that the advocate's code gives friends what the programme promises now. A code that promised something else
 * goes on as it is, for those who have it; the advocate gets a new one. To be followed by `publishCodes`.
 */
export async function ensureFriendCode(
  scope: ShopScope,
  advocate: Advocate,
  { offer, minOrderMinor }: { readonly offer: FriendOffer; readonly minOrderMinor: number },
  now: Date,
): Promise<Advocate> {
  const terms = termsOf(offer, minOrderMinor);
  if (terms === null || advocate.stoppedAt !== null) return advocate;
  const known = await readCode(scope, sourceOf(advocate));
  if (known && isDeepStrictEqual(known.terms, terms) && known.state !== 'withdrawn') return advocate;
  const owner = known ? await renewCode(scope, advocate.id, { now, random: randomBytes }) : advocate;
  if (!owner) return advocate;
  await issueCode(
    scope,
    {
      source: sourceOf(owner),
      title: codeTitles[await readStoreLanguage(scope)].friend,
      terms,
      customerId: null,
      text: owner.code,
      uses: null,
      startsAt: now,
      endsAt: null,
    },
    { now, random: randomBytes },
  );
  return owner;
}

/** Takes the advocate's present code out of the store and gives a new one: it stood where strangers find it. */
export async function replaceFriendCode(scope: ShopScope, advocate: Advocate, now: Date): Promise<Advocate | null> {
  await withdrawCode(scope, sourceOf(advocate));
  return renewCode(scope, advocate.id, { now, random: randomBytes });
}

/** Takes the code out of the store: the advocate was stopped. */
export async function endFriendCode(scope: ShopScope, advocate: Advocate): Promise<void> {
  await withdrawCode(scope, sourceOf(advocate));
}
