import { randomBytes } from 'node:crypto';
import {
  bindVisitors,
  countFriends,
  countOn,
  type Advocate,
  ensureAdvocate,
  findAdvocateByCode,
  findAdvocateOf,
  type FriendOffer,
  isNotAsked,
  readCode,
  readHoldout,
  readProgramme,
  readReferrals,
  type ReferralRow,
  type Reward,
  rewardFor,
  saveAppeal,
  tellAdvocate,
  type Told,
} from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import { type Code, type Gift, readCodesOf, readGiftsAbout } from '#app/domains/codes/index.ts';
import { publishCodes } from '../codes/enqueue.ts';
import { ensureFriendCode } from './friend-code.ts';
import { rewardCodes } from './post-reward.ts';

type Needs = Pick<Services, 'db' | 'clock' | 'queue'>;

/** An order of a friend as the advocate sees it: no name, no sum. */
export interface FriendState {
  readonly no: number;
  /** day of the order, `2026-03-01` */
  readonly on: string;
  readonly state: 'waiting' | 'pending' | 'rewarded' | 'under-review' | 'not-counted';
  readonly reward: Reward | null;
  /** of a reward that is a code which can be used now; else null */
  readonly code: string | null;
  /** when a pending reward is handed out; null where nothing is pending */
  readonly dueAt: Date | null;
  /** why it waits, does not count or brings something else; null where nothing is to be said */
  readonly why: Told | null;
  readonly mayAppeal: boolean;
}

export interface MyReferrals {
  readonly code: string;
  readonly offer: FriendOffer;
  /** goods of a friend's order, at least; 0 = any */
  readonly minOrderMinor: number;
  /** friends whose orders stand */
  readonly counted: number;
  /** what the next friend brings */
  readonly next: Reward;
  readonly tiers: readonly { readonly from: number; readonly reward: Reward }[];
  readonly friends: readonly FriendState[];
}

export const shownStates = {
  new: 'waiting',
  pending: 'pending',
  rewarded: 'rewarded',
  held: 'under-review',
  denied: 'not-counted',
  ineligible: 'not-counted',
  cancelled: 'not-counted',
} as const;
const mostFriends = 100;

/** An advocate's latest friends in their order, how many came before them, and how many of all stand. */
async function readFriends(scope: ShopScope, advocateId: string) {
  const { all, counted } = await countFriends(scope, advocateId);
  const rows = await readReferrals(scope, { advocateId }, { before: null, limit: mostFriends });
  return { rows: rows.toReversed(), before: all - rows.length, counted };
}

/** The customer as an advocate, made at the first call; null where they are held out and have no link from before. */
async function advocateFor(scope: ShopScope, customerId: string, now: Date): Promise<Advocate | null> {
  if (isNotAsked(await readHoldout(scope), customerId)) return findAdvocateOf(scope, customerId);
  return ensureAdvocate(scope, customerId, { now, random: randomBytes });
}

/**
 * The customer's own code, friends and rewards; null while the programme is off, and for who is not asked, so that what
 * referrals earn can be seen. The first call makes the code.
 */
export async function readMyReferrals(
  services: Needs,
  shopId: ShopId,
  customerId: string,
): Promise<MyReferrals | null> {
  const now = services.clock.now();
  const mine = await services.db.inShop(shopId, async (scope) => {
    const { active, terms } = await readProgramme(scope);
    if (!active) return null;
    const known = await advocateFor(scope, customerId, now);
    if (known === null || known.stoppedAt !== null) return null;
    const { id, code } = await ensureFriendCode(scope, known, terms, now);
    const { rows, before, counted } = await readFriends(scope, id);
    const orderIds = rows.map(({ orderId }) => orderId);
    const codes = new Map((await readCodesOf(scope, rewardCodes, orderIds)).map((own) => [keyOf(own.source), own]));
    const gifts = new Map(
      (await readGiftsAbout(scope, rewardCodes, orderIds)).map(({ source, gift }) => [keyOf(source), gift]),
    );
    const friends = rows.map((row, at): FriendState => {
      const key = keyOf({ id: row.orderId, purpose: String(row.posted?.round) });
      const own = codes.get(key) ?? null;
      return {
        no: before + at + 1,
        on: row.placedAt.toISOString().slice(0, 10),
        state: shownStates[row.state],
        reward: row.posted?.reward ?? null,
        code: own?.state === 'open' ? own.code : null,
        dueAt: row.state === 'pending' ? row.dueAt : null,
        why: tellAdvocate(row, givenOf(row, own, gifts.get(key) ?? null)),
        mayAppeal: row.appealedAt === null && ['held', 'denied', 'ineligible'].includes(row.state),
      };
    });
    return {
      code,
      offer: terms.offer,
      minOrderMinor: terms.minOrderMinor,
      counted,
      next: rewardFor(terms, counted + 1, 'pay'),
      tiers: terms.tiers,
      friends,
    };
  });
  if (mine) await publishCodes(services, shopId);
  return mine;
}

const keyOf = ({ id, purpose }: { readonly id: string; readonly purpose: string }): string => `${id} ${purpose}`;

/** What was handed out of a reward in money: nothing at all where a debt took it. Null before, and for other rewards. */
function givenOf({ posted }: ReferralRow, own: Code | null, gift: Gift | null): number | null {
  if (!posted?.handedOut || !('minor' in posted.reward)) return null;
  return own?.terms.type === 'amount' ? own.terms.minor : (gift?.amountMinor ?? 0);
}

/** Counts that the customer has shared the link. */
export async function noteShare(services: Needs, shopId: ShopId, customerId: string): Promise<void> {
  const now = services.clock.now();
  await services.db.inShop(shopId, async (scope) => {
    const known = await advocateFor(scope, customerId, now);
    if (known) await countOn(scope, known.id, 'shares', now);
  });
}

const longestAppeal = 1_000;

/** What the advocate says about a decision, once for each friend; false where there is nothing to appeal against. */
export async function appealReferral(
  services: Needs,
  shopId: ShopId,
  customerId: string,
  { no, text }: { readonly no: number; readonly text: string },
): Promise<boolean> {
  const now = services.clock.now();
  const said = text.replaceAll('\0', '').trim().slice(0, longestAppeal);
  if (said === '') return false;
  return services.db.inShop(shopId, async (scope) => {
    const known = await advocateFor(scope, customerId, now);
    if (known === null) return false;
    const { rows, before } = await readFriends(scope, known.id);
    const row = rows[no - 1 - before];
    return row ? saveAppeal(scope, { orderId: row.orderId, advocateId: known.id }, said, now) : false;
  });
}

/** What whoever opens a link is offered. */
export interface Invitation {
  readonly code: string;
  readonly offer: FriendOffer;
  readonly minOrderMinor: number;
  readonly currency: string;
  /** how long the link counts */
  readonly linkDays: number;
}

/**
 * Somebody opened an advocate's link: the click counts, and a logged-in customer is remembered. Null where the code is
 * nobody's, or the programme is off.
 */
export async function openInvitation(
  services: Needs,
  shop: { readonly id: ShopId; readonly currency: string },
  typed: string,
  customerId: string | null,
): Promise<Invitation | null> {
  const code = readCode(typed);
  if (code === null) return null;
  const now = services.clock.now();
  const opened = await services.db.inShop(shop.id, async (scope) => {
    const { active, terms } = await readProgramme(scope);
    const known = active ? await findAdvocateByCode(scope, code) : null;
    if (!known || known.stoppedAt !== null || known.customerId === null) return null;
    await countOn(scope, known.id, 'clicks', now);
    // Whoever opens the own link to look at it brings nobody.
    if (customerId !== null && customerId !== known.customerId)
      await bindVisitors(scope, [`c:${customerId}`], known.id, now);
    const advocate = await ensureFriendCode(scope, known, terms, now);
    const { offer, minOrderMinor, linkDays } = terms;
    return { code: advocate.code, offer, minOrderMinor, linkDays, currency: shop.currency };
  });
  if (opened) await publishCodes(services, shop.id);
  return opened;
}

/** A browser that consented came by the link. False where the code is nobody's. */
export async function bindVisitor(services: Needs, shopId: ShopId, typed: string, visitor: string): Promise<boolean> {
  const code = readCode(typed);
  if (code === null || !isUuid(visitor)) return false;
  return services.db.inShop(shopId, async (scope) => {
    const known = await findAdvocateByCode(scope, code);
    if (!known || known.stoppedAt !== null) return false;
    await bindVisitors(scope, [visitor], known.id, services.clock.now());
    return true;
  });
}
