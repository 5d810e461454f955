import { randomUUID } from 'node:crypto';
import { readShownTitles, type ShownTitles } from '#app/domains/catalog/index.ts';
import { type LoyaltyView, readHistory, readLoyaltyView } from '#app/domains/loyalty/index.ts';
import { readOffers } from '#app/domains/personal-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { giftCardCode } from '../codes/give-gifts.ts';
import { readMyOffers } from '../personal-offers/shopper.ts';
import { readMyReferrals } from '../referrals/shopper.ts';
import { formToken } from './form-token.ts';
import type { PicksReader } from './picks.ts';
import type { RewardsWords } from './words.ts';

const historyRows = 20;
/** Products and collections of a rule that are named. */
const mostNamed = 3;

/** Where in the store a code of the page lies at once, and the shopper goes on. */
export const wayPoints = ['cart', 'checkout'] as const;
export type WayPoint = (typeof wayPoints)[number];

/** Where an address of the page says that the shopper comes from: '1' = the cart. */
export const cameFrom = (sent: string | undefined): WayPoint | null =>
  sent === '1' ? 'cart' : sent === 'checkout' ? 'checkout' : null;

/** What became of what the shopper asked for. */
export interface Notice {
  readonly code: keyof RewardsWords['notices'];
  readonly good: boolean;
  /** the code that goes into the cart at once */
  readonly intoCart?: string | null;
  /** where the shopper goes with it */
  readonly back?: WayPoint;
}

export type RewardsPage = Awaited<ReturnType<typeof readRewardsPage>>;

/**
 * Everything that a customer's page of rewards shows; `customerId` null = a guest. What is held back for the measurement
 * is shown neither points nor friends.
 * @param before the last row of the page of the history before; null = from the newest
 * @param back where the shopper comes from: what is redeemed goes into the cart, and they go on there; null = from elsewhere
 */
export async function readRewardsPage(
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'secrets'>,
  picks: PicksReader,
  shopId: ShopId,
  asked: {
    readonly customerId: string | null;
    readonly before: number | null;
    readonly notice: Notice | null;
    readonly back: WayPoint | null;
  },
) {
  const { customerId, before, notice, back } = asked;
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
    // Points for birthdays are asked for by the programme itself.
    const birthdays =
      member && (await readOffers(scope, 'live')).some(({ terms }) => terms.trigger.type === 'birthday');
    return { view, history, shop, offers, birthdays, chosen: await readChosen(scope, view) };
  });
  const heldOut = found.view?.customer?.status === 'held-out';
  const { currency, moneyFormat, timeZone, storefrontUrl } = found.shop;
  return {
    view: found.view,
    history: found.history,
    offers: found.offers,
    /** what the rules for chosen products are for, by the rule */
    chosen: found.chosen,
    /** an offer is given on birthdays */
    birthdays: found.birthdays,
    picks: customerId === null ? [] : await picks.of(shopId, customerId),
    referrals: customerId === null || heldOut ? null : await readMyReferrals(services, shopId, customerId),
    shop: { currency, moneyFormat, timeZone, storefrontUrl },
    token: customerId === null ? '' : formToken(services.secrets, { shopId, customerId }, now),
    /** one for each reward, in their order: pressing a button twice redeems once */
    requestIds: (found.view?.rewards ?? []).map(() => randomUUID()),
    notice,
    back,
  };
}

async function readChosen(scope: ShopScope, view: LoyaltyView | null): Promise<ReadonlyMap<string, ShownTitles>> {
  const chosen = new Map<string, ShownTitles>();
  for (const { id, terms } of view?.earn ?? [])
    if (terms?.kind === 'product-multiplier') chosen.set(id, await readShownTitles(scope, terms, mostNamed));
  return chosen;
}
