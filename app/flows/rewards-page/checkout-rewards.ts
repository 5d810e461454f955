import { randomUUID } from 'node:crypto';
import { readLoyaltyView } from '#app/domains/loyalty/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { moneyIn } from '#app/shared/money-format.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import { sayPoints, sayReward } from './names.ts';
import { placeWords } from './place-words.ts';
import { rewardsWords } from './words.ts';

/** What a customer's points do for the order that is being paid, ready to be shown. */
export interface CheckoutRewards {
  readonly title: string;
  readonly balance: string;
  /** what the points reach now */
  readonly rewards: readonly {
    readonly id: string;
    /** asked for twice with it, the points become one reward */
    readonly request: string;
    readonly title: string;
    readonly terms: string;
    readonly label: string;
    /** what the goods of the order must cost before discounts */
    readonly minimum: { readonly amount: number; readonly currency: string } | null;
  }[];
  /** what was redeemed before and not used */
  readonly codes: readonly {
    readonly code: string;
    readonly title: string;
    readonly label: string;
    /** said where the store does not take it */
    readonly refused: string;
  }[];
  readonly words: { readonly redeem: string; readonly use: string; readonly applied: string };
}

/** The store gives them after a while; a checkout takes codes. */
const withoutCode: ReadonlySet<string> = new Set(['gift-card', 'store-credit']);

/**
 * What stands at the checkout of a customer; null where there is nothing to use: no programme, nobody who takes part, or
 * a balance of nothing.
 * @param customerId who is logged in, proven by the platform
 */
export async function checkoutRewards(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  customerId: string,
  language: PageLanguage,
): Promise<CheckoutRewards | null> {
  const { view, shop } = await db.inShop(shopId, async (scope) => ({
    view: await readLoyaltyView(scope, customerId, clock.now()),
    shop: await readShop(scope),
  }));
  if (view?.customer?.status !== 'member') return null;
  const { available, redemptions } = view.customer;
  const words = rewardsWords[language];
  const points = (count: number) => sayPoints(view, count, language);
  const money = (minor: number) => moneyIn(minor, shop.currency, language);
  const titleOf = (one: Parameters<typeof sayReward>[0]) => sayReward(one, shop, language, money);
  const { balance, applied, notTaken } = placeWords[language];
  const codes = redemptions.flatMap((one) => {
    const { code, state } = one;
    if (state !== 'open' || code === null) return [];
    const title = titleOf(one);
    return [{ code, title, label: `${words.apply}: ${title}`, refused: notTaken(code) }];
  });
  if (available <= 0 && codes.length === 0) return null;
  return {
    title: words.title,
    balance: balance(points(available)),
    rewards: view.rewards
      .filter(({ affordable, kind }) => affordable && !withoutCode.has(kind))
      .map((reward) => ({ ...reward, title: titleOf(reward) }))
      .map(({ id, title, cost, minSubtotalMinor: least }) => ({
        id,
        request: randomUUID(),
        title,
        terms: [points(cost), ...(least === null ? [] : [words.minimum(money(least))])].join(' · '),
        label: `${words.redeem}: ${title}`,
        minimum:
          least === null ? null : { amount: Number(formatDecimal(least, shop.currency)), currency: shop.currency },
      })),
    codes,
    words: { redeem: words.redeem, use: words.apply, applied },
  };
}
