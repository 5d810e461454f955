import { z } from 'zod';
import type { RedeemWish } from '#app/domains/loyalty/index.ts';
import type { Services } from '#app/infra/services.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import { cancelReward, claimPoints, joinLoyalty, redeemReward, tellBirthday } from '../loyalty/shopper.ts';
import { appealReferral, noteShare } from '../referrals/shopper.ts';
import { isFormToken } from './form-token.ts';
import { type Notice, type WayPoint, wayPoints } from './read-page.ts';
import { waitForCode } from './wait-for-code.ts';

const uuid = z.string().refine(isUuid);
const named = z.string().min(1).max(80);
const whole = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);

/** What a form of the page asks for. */
const wish = z.discriminatedUnion('action', [
  z.object({ action: z.literal('redeem'), reward: named, request: uuid, then: z.enum(wayPoints).optional() }),
  z.object({ action: z.literal('cancel'), redemption: uuid }),
  z.object({ action: z.literal('join') }),
  z.object({ action: z.literal('claim'), rule: named }),
  z.object({ action: z.literal('birthday'), month: whole, day: whole }),
  z.object({ action: z.literal('share') }),
  z.object({ action: z.literal('appeal'), friend: whole, text: z.string().max(4_000) }),
]);

const good = (code: Notice['code']): Notice => ({ code, good: true });
const bad = (code: Notice['code']): Notice => ({ code, good: false });

/** Failures that a shopper can do something about; the others are told as one. */
const said: Readonly<Record<string, Notice['code']>> = {
  insufficient: 'insufficient',
  'too-many': 'tooMany',
  used: 'used',
  over: 'used',
  already: 'again',
  cancelled: 'again',
  conflict: 'again',
  limit: 'again',
};

const told = (done: { readonly ok: boolean; readonly code?: string }, code: Notice['code']): Notice =>
  done.ok ? good(code) : bad(said[done.code ?? ''] ?? 'invalid');

/**
 * Turns points into a reward. Asked twice with one request it is done once.
 * @param then where the customer wants to use it now: its code is waited for
 */
export async function redeemFor(
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'secrets'>,
  shopId: ShopId,
  wish: RedeemWish,
  then: WayPoint | undefined,
): Promise<Notice> {
  const redeemed = await redeemReward(services, shopId, wish);
  const notice = told(redeemed, 'redeemed');
  if (!redeemed.ok || redeemed.value.code === null || then === undefined) return notice;
  const code = await waitForCode(services, shopId, redeemed.value.redemptionId);
  // The store refused it: the points come back.
  if (code === null) return bad('invalid');
  return { ...notice, intoCart: code === 'wanted' ? null : code.code, back: then };
}

/**
 * Does what a customer's form asks for. Sent twice it is done once.
 * @param fields as the browser sent them
 */
export async function actOnRewards(
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'secrets'>,
  shopId: ShopId,
  customerId: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<Notice | null> {
  const token = z.string().max(200).safeParse(fields['token']);
  const asked = wish.safeParse(fields);
  if (!token.success || !asked.success) return bad('invalid');
  if (!isFormToken(services.secrets, { shopId, customerId }, services.clock.now(), token.data)) return bad('stale');
  const form = asked.data;
  switch (form.action) {
    case 'redeem': {
      const rewardWish = { customerId, rewardId: form.reward, requestId: form.request.toLowerCase() };
      return redeemFor(services, shopId, rewardWish, form.then);
    }
    case 'cancel':
      return told(
        await cancelReward(services, shopId, { customerId, redemptionId: form.redemption.toLowerCase() }),
        'cancelled',
      );
    case 'join':
      return told(await joinLoyalty(services, shopId, customerId), 'joined');
    case 'claim':
      return told(await claimPoints(services, shopId, { customerId, ruleId: form.rule, reference: '' }), 'claimed');
    case 'birthday':
      return told(await tellBirthday(services, shopId, customerId, { month: form.month, day: form.day }), 'birthday');
    case 'share':
      await noteShare(services, shopId, customerId);
      return null;
    case 'appeal':
      return (await appealReferral(services, shopId, customerId, { no: form.friend, text: form.text }))
        ? good('appealed')
        : bad('again');
  }
}
