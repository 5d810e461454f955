import { randomUUID } from 'node:crypto';
import { readHistory, readLoyaltyView } from '#app/domains/loyalty/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { giftCardCode } from '../codes/give-gifts.ts';
import { readMyOffers } from '../personal-offers/shopper.ts';
import { readMyReferrals } from '../referrals/shopper.ts';
import { formToken } from './form-token.ts';
import type { RewardsWords } from './words.ts';

const historyRows = 20;

/** What became of what the shopper asked for. */
export interface Notice {
  readonly code: keyof RewardsWords['notices'];
  readonly good: boolean;
  /** the code that goes into the cart at once */
  readonly intoCart?: string | null;
}

export type RewardsPage = Awaited<ReturnType<typeof readRewardsPage>>;

/**
 * Everything that a customer's page of rewards shows; `customerId` null = a guest. What is held back for the measurement
 * is shown neither points nor friends.
 * @param before the last row of the page of the history before; null = from the newest
 * @param toCart the shopper comes from the cart: what is redeemed goes into it
 */
export async function readRewardsPage(
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'secrets'>,
  shopId: ShopId,
  asked: {
    readonly customerId: string | null;
    readonly before: number | null;
    readonly notice: Notice | null;
    readonly toCart: boolean;
  },
) {
  const { customerId, before, notice, toCart } = asked;
  const now = services.clock.now();
  const found = await services.db.inShop(shopId, async (scope) => {
    const view = await readLoyaltyView(scope, customerId, now, (gift) => giftCardCode(services, shopId, gift));
    const member = view?.customer?.status === 'member';
    const history =
      member && customerId !== null
        ? await readHistory(scope, customerId, { before, limit: historyRows })
        : { rows: [], next: null };
    const shop = await readShop(scope);
    const offers = customerId === null ? [] : await readMyOffers(scope, customerId, { currency: shop.currency, now });
    return { view, history, shop, offers };
  });
  const heldOut = found.view?.customer?.status === 'held-out';
  const { currency, moneyFormat, timeZone, storefrontUrl } = found.shop;
  return {
    view: found.view,
    history: found.history,
    offers: found.offers,
    referrals: customerId === null || heldOut ? null : await readMyReferrals(services, shopId, customerId),
    shop: { currency, moneyFormat, timeZone, storefrontUrl },
    token: customerId === null ? '' : formToken(services.secrets, { shopId, customerId }, now),
    /** one for each reward, in their order: pressing a button twice redeems once */
    requestIds: (found.view?.rewards ?? []).map(() => randomUUID()),
    notice,
    toCart,
  };
}
