import { readLoyaltyView, readOrderPoints } from '#app/domains/loyalty/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import { sayPoints } from './names.ts';
import { placeWords } from './place-words.ts';
import { rewardsWords } from './words.ts';

/** What stands on the page of an order, ready to be shown. */
export interface OrderPoints {
  readonly title: string;
  readonly lines: readonly string[];
  readonly link: { readonly text: string; readonly address: string };
}

export interface OrderPointsAsk {
  readonly orderId: string;
  /** who is logged in, proven by the platform; null = a guest, who is invited */
  readonly customerId: string | null;
  readonly language: PageLanguage;
  /** the page of rewards below the store's address */
  readonly rewardsPath: string;
}

/**
 * What an order brought its customer, and what they have; null where there is nothing to say: no programme, a customer
 * without one, or an order of somebody else.
 */
export async function orderPoints(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  { orderId, customerId, language, rewardsPath }: OrderPointsAsk,
): Promise<OrderPoints | null> {
  const { view, order, shop } = await db.inShop(shopId, async (scope) => ({
    view: await readLoyaltyView(scope, customerId, clock.now()),
    order: await readOrderPoints(scope, orderId),
    shop: await readShop(scope),
  }));
  if (!view) return null;
  const [words, near] = [rewardsWords[language], placeWords[language]];
  const { title } = words;
  const address = `${shop.storefrontUrl}${rewardsPath}`;
  const points = (count: number) => sayPoints(view, count, language);
  if (view.customer === null) {
    const joining = view.joining.points;
    const bonus = joining > 0 ? [words.guestPoints(points(joining))] : [];
    return { title, lines: [words.guest, ...bonus], link: { text: words.signUp, address } };
  }
  const { customer } = view;
  if (customer.status === 'held-out') return null;
  if (customer.status === 'not-joined') return { title, lines: [words.guest], link: { text: words.join, address } };
  if (order && order.customerId !== customerId) return null;
  const [next] = customer.pendingLots;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: shop.timeZone });
  const lines = [
    ...(order === null ? [near.counting] : order.points > 0 ? [near.earned(points(order.points))] : []),
    near.balance(points(customer.available)),
    ...(next ? [words.pending(points(next.points), day.format(new Date(next.at)))] : []),
  ];
  return { title, lines, link: { text: near.look, address } };
}
