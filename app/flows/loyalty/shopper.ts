import { randomBytes } from 'node:crypto';
import {
  cancelRedemption,
  type Claim,
  claimActivity,
  claimReview,
  giveBirthday,
  joinProgramme,
  type MonthDay,
  redeem,
  takeBackReview,
  type Redeemed,
  type RedeemWish,
} from '#app/domains/loyalty/index.ts';
import { requestMail } from '#app/domains/notifications/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { enqueueTelling } from '../access/enqueue.ts';
import { publishCodes } from '../codes/enqueue.ts';
import { sendMails } from '../send-mails-soon.ts';

/*
 * What a customer does in the programme. Who the customer is must be proven by the caller: by the store's signature, never
 * by what a browser says.
 */

type Needs = Pick<Services, 'db' | 'queue' | 'clock' | 'secrets'>;

/** Points become a reward of the customer's own, a code also by mail; the store makes it within seconds. */
export async function redeemReward(services: Needs, shopId: ShopId, wish: RedeemWish) {
  const made = await services.db.inShop(shopId, async (scope) => {
    const redeemed = await redeem(scope, wish, { now: services.clock.now(), random: randomBytes });
    if (redeemed.ok) await mailReward(services, scope, wish, redeemed.value);
    return redeemed;
  });
  if (made.ok) {
    await publishCodes(services, shopId);
    await enqueueTelling(services, shopId);
    await sendMails(services, shopId);
  }
  return made;
}

/** Of gift cards and credit the store tells the customer itself. */
async function mailReward(
  services: Needs,
  scope: ShopScope,
  { customerId }: RedeemWish,
  { code, title, points, endsAt, redemptionId }: Redeemed,
): Promise<void> {
  if (code === null) return;
  const { storefrontUrl: url } = await readShop(scope);
  await requestMail(services, scope, {
    template: 'loyalty.reward-given',
    data: { reward: title, points, code, endsAt: endsAt?.toISOString() ?? null, url },
    source: { kind: 'loyalty-reward', id: redemptionId, purpose: '' },
    to: { customerId },
  });
}

/** An unused code becomes points again, and a mail about it that waits is not sent. `customerId` null = the merchant does it. */
export async function cancelReward(
  services: Needs,
  shopId: ShopId,
  wish: { readonly customerId: string | null; readonly redemptionId: string },
) {
  const cancelled = await services.db.inShop(
    shopId,
    (scope) => cancelRedemption(scope, wish, services.clock.now()),
    // An order that is paid with it at this moment may be in the way.
    { repeatable: true },
  );
  if (cancelled.ok) {
    await publishCodes(services, shopId);
    await enqueueTelling(services, shopId);
  }
  return cancelled;
}

export function joinLoyalty(services: Needs, shopId: ShopId, customerId: string) {
  return thenTell(services, shopId, (scope) => joinProgramme(scope, customerId, services.clock.now()));
}

export function claimPoints(services: Needs, shopId: ShopId, claim: Claim) {
  return thenTell(services, shopId, (scope) => claimActivity(scope, claim, services.clock.now()));
}

interface Review {
  readonly customerId: string;
  readonly productId: string;
}

/** The store says that a customer's review of a product stands. */
export function noteReview(services: Needs, shopId: ShopId, review: Review) {
  return thenTell(services, shopId, (scope) => claimReview(scope, review, services.clock.now()));
}

/** The store says that no review of a product by the customer stands any more. */
export function noteReviewGone(services: Needs, shopId: ShopId, review: Review) {
  return thenTell(services, shopId, (scope) => takeBackReview(scope, review, services.clock.now()));
}

export function tellBirthday(services: Needs, shopId: ShopId, customerId: string, date: MonthDay) {
  return thenTell(services, shopId, (scope) =>
    giveBirthday(services.secrets, scope, customerId, date, services.clock.now()),
  );
}

/** The store's pages show the new balance within seconds. */
async function thenTell<T>(services: Needs, shopId: ShopId, work: (scope: ShopScope) => Promise<T>): Promise<T> {
  const done = await services.db.inShop(shopId, work);
  await enqueueTelling(services, shopId);
  return done;
}
