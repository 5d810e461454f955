import { type DiscountClass, type DiscountValue, floorOf, type IncentiveRules } from '#app/domains/incentives/index.ts';
import type { Assumptions } from './model.ts';

/** One unit of a product for nothing; minor units of the shop's currency. */
interface FreeUnit {
  readonly type: 'free-product';
  readonly priceMinor: number;
  readonly costMinor: number | null;
}

/** Something that shoppers may hold beside a bundle. */
export interface BesideGift {
  /**
   * a code of the store, a reward for points, what a tier brings, an offer for single customers, what recommending brings,
   * what the cart earns by its subtotal
   */
  readonly source: 'store-code' | 'reward' | 'tier' | 'offer' | 'referral' | 'goal';
  /** as the merchant named it; '' = it has no name */
  readonly title: string;
  readonly class: DiscountClass;
  readonly gives: DiscountValue | FreeUnit;
  /** goods of an order that reaches it, minor units before discounts */
  readonly fromMinor: number;
}

/** What the shop knows of such things. */
export interface Beside {
  /** false = of the store's own codes nothing is known: the largest one is assumed */
  readonly codesKnown: boolean;
  readonly gifts: readonly BesideGift[];
}

export const nothingKnown: Beside = { codesKnown: false, gifts: [] };

/** What stands on top of a bundle in its worst case; `assumed` is what the merchant entered. */
export type StackPart = Pick<BesideGift, 'title' | 'class' | 'gives'> & {
  readonly source: BesideGift['source'] | 'assumed';
};

/** A gift for the cart's subtotal is a discount of ours like the bundle itself: it stands whatever the matrix says. */
const isGoalGift = ({ source, gives }: StackPart): boolean => source === 'goal' && gives.type === 'free-product';

/**
 * What one order may hold on top of a bundle, where the merchant lets it: of each source the largest that comes off the
 * order, one thing off single goods (a free product before anything else), a gift for the subtotal, and free shipping.
 * @param order goods of the order before the bundle's discount and after it, minor units
 */
export function stackBeside(
  { codesKnown, gifts }: Beside,
  order: { readonly priceMinor: number; readonly discountedMinor: number },
  rules: IncentiveRules,
  { codeBps, shippingBps }: Pick<Assumptions, 'codeBps' | 'shippingBps'>,
): StackPart[] {
  const stands = rules.combinesWith.product;
  const assumed = (offerClass: DiscountClass, basisPoints: number): StackPart[] =>
    basisPoints > 0
      ? [{ source: 'assumed', title: '', class: offerClass, gives: { type: 'percentage', basisPoints } }]
      : [];
  const reached: readonly StackPart[] = [
    ...gifts.filter(({ fromMinor }) => fromMinor <= order.priceMinor),
    ...(codesKnown ? [] : assumed(stands.order ? 'order' : 'product', codeBps)),
  ].filter((part) => isGoalGift(part) || stands[part.class]);
  const takes = ({ gives }: StackPart): number => {
    if (gives.type === 'free-product') return floorOf(gives.priceMinor, gives.costMinor, rules);
    if (gives.type === 'percentage') return (order.discountedMinor * gives.basisPoints) / 10_000;
    return Math.min(order.discountedMinor, gives.minor);
  };
  const largest = (parts: readonly StackPart[]): StackPart[] =>
    [...parts].sort((a, b) => takes(b) - takes(a)).slice(0, 1);
  const ofClass = (offerClass: DiscountClass): StackPart[] => reached.filter((part) => part.class === offerClass);
  const off = ofClass('order');
  const single = ofClass('product').filter((part) => !isGoalGift(part));
  const free = single.filter(({ gives }) => gives.type === 'free-product');
  const [shipping = assumed('shipping', 10_000)[0]] = ofClass('shipping');
  return [
    ...[...new Set(off.map(({ source }) => source))].flatMap((source) =>
      largest(off.filter((part) => part.source === source)),
    ),
    ...largest(free.length > 0 ? free : single),
    ...largest(reached.filter(isGoalGift)),
    ...(shipping && stands.shipping && shippingBps > 0 ? [shipping] : []),
  ];
}
