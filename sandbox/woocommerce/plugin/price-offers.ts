import {
  type CodeOffer,
  decodeDiscountConfigs,
  offersFor,
  priceCart,
  visitorOf,
} from '#app/domains/incentives/index.ts';
import type { WooCoupon } from '../model.ts';
import type { WooStore } from '../store.ts';
import { readPlugin } from './state.ts';

/** A line of a cart; `amount` is in smallest units for the whole line, as the shop shows prices. */
export interface OfferableLine {
  readonly productId: number;
  readonly variationId: number;
  readonly quantity: number;
  readonly amount: number;
}

/** What one of our offers takes off a cart, line by line. */
export interface OfferOff {
  readonly id: string;
  readonly title: string;
  readonly off: readonly number[];
}

/** A coupon on the cart, and what it takes off each line where nothing of ours stands beside it. */
export interface CouponOff {
  readonly coupon: WooCoupon;
  readonly off: readonly number[];
}

export interface OffersOn {
  readonly offers: readonly OfferOff[];
  /** the goal that made shipping free, or null */
  readonly freeShipping: string | null;
  /** what the coupon takes off each line; null = there is none, or it may not stand beside offers that save more */
  readonly coupon: readonly number[] | null;
}

export interface Beside {
  readonly visitor: string;
  readonly coupon: CouponOff | null;
  /** what shipping of goods for so much costs where nothing makes it free */
  readonly shippingFor: (goods: number) => number;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** As the plugin reads the coupons of a store: see its `Other_Coupons`. */
function codeOf({ coupon, off }: CouponOff): CodeOffer {
  const ofOurs = coupon.discountType === 'trellis_code';
  const stands = ofOurs || !coupon.individualUse;
  const ships = coupon.freeShipping && Number(coupon.amount) <= 0;
  const forSome = coupon.productIds.length > 0 || coupon.productCategories.length > 0;
  const ofProducts = coupon.discountType === 'fixed_product' || (coupon.discountType !== 'fixed_cart' && forSome);
  return {
    code: coupon.code,
    class: ships ? 'shipping' : ofProducts ? 'product' : 'order',
    value: ships ? { type: 'percentage', basisPoints: 10_000 } : { type: 'amount', minor: sum(off) },
    combinesWith: { product: stands, order: stands, shipping: stands },
    runBy: 'platform',
  };
}

/** Prices a cart by what the app has published, with the app's own rules: of what may not stand together the better. */
export function offersOn(
  store: WooStore,
  lines: readonly OfferableLine[],
  { visitor, coupon, shippingFor }: Beside,
): OffersOn {
  const published = readPlugin(store)?.discount;
  const config = published ? decodeDiscountConfigs(published.configs) : null;
  if (!published || !config || lines.length === 0)
    return { offers: [], freeShipping: null, coupon: coupon?.off ?? null };
  const { currency } = store.site;
  const cart = {
    currency,
    shopCurrency: config.shopCurrency,
    rate: '1.0',
    lines: lines.map((line, at) => {
      const productId = line.productId.toString();
      const variantId = (line.variationId === 0 ? line.productId : line.variationId).toString();
      return {
        id: at.toString(),
        productId,
        variantId,
        quantity: line.quantity,
        unitPriceMinor: Math.round(line.amount / line.quantity),
        unitCostMinor: config.costOf(productId, variantId),
        giftCard: false,
        sellingPlan: false,
      };
    }),
  };
  const bundles = offersFor(config.bundles, config.priceTests, visitorOf(visitor));
  const codes = coupon ? [codeOf(coupon)] : [];
  const priceWith = (shippingMinor: number) =>
    priceCart({ ...cart, shippingMinor }, { bundles, codes }, config.rules, null);
  // What shipping costs is known after the discounts, so that there is a second look.
  const first = priceWith(shippingFor(sum(lines.map(({ amount }) => amount))));
  const pricing = priceWith(shippingFor(sum(first.lines.map(({ totalMinor }) => totalMinor))));
  const offers = new Map<string, { title: string; off: number[] }>();
  const add = (id: string, title: string, at: number, minor: number): void => {
    const offer = offers.get(id) ?? { title, off: lines.map(() => 0) };
    offer.off[at] = (offer.off[at] ?? 0) + minor;
    offers.set(id, offer);
  };
  for (const { offerId, title, units } of pricing.bundles)
    for (const { lineId, discountMinor } of units) add(offerId, title, Number(lineId), discountMinor);
  const titleOf = (id: string): string => bundles.find((offer) => offer.id === id)?.title ?? '';
  const goals = pricing.reasons.flatMap(({ code, subject }) => (code === 'goal-applied' ? [subject] : []));
  // The discount off the order is told before free shipping, and only where it takes something off.
  const orderGoal = pricing.goalMinor > 0 ? goals.shift() : undefined;
  if (orderGoal !== undefined)
    for (const [at, { goalMinor }] of pricing.lines.entries())
      if (goalMinor > 0) add(orderGoal, titleOf(orderGoal), at, goalMinor);
  const freeShipping = goals[0] ?? null;
  if (freeShipping !== null && !offers.has(freeShipping))
    offers.set(freeShipping, { title: titleOf(freeShipping), off: lines.map(() => 0) });
  const rejected = pricing.reasons.some(({ code }) => code === 'code-not-combinable');
  // A line takes one product discount: a code for products spares what is part of a bundle.
  const spares = codes[0]?.class === 'product';
  const left = coupon?.off.map((minor, at) => (spares && (pricing.lines[at]?.bundleMinor ?? 0) > 0 ? 0 : minor));
  return {
    offers: [...offers].map(([id, offer]) => ({ id, ...offer })),
    freeShipping,
    coupon: rejected ? null : (left ?? null),
  };
}
