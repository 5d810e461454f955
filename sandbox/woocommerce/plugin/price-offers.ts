import { decodeDiscountConfigs, offersFor, priceCart, visitorOf } from '#app/domains/incentives/index.ts';
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

export interface OffersOn {
  readonly offers: readonly OfferOff[];
  /** the goal that made shipping free, or null */
  readonly freeShipping: string | null;
  /** other coupons may stand beside ours */
  readonly combines: boolean;
}

const nothing: OffersOn = { offers: [], freeShipping: null, combines: true };

/** Prices a cart by what the app has published, with the app's own rules. */
export function offersOn(store: WooStore, lines: readonly OfferableLine[], visitor: string): OffersOn {
  const published = readPlugin(store)?.discount;
  const config = published ? decodeDiscountConfigs(published.configs) : null;
  if (!published || !config || lines.length === 0) return nothing;
  const { currency } = store.site;
  const cart = {
    currency,
    shopCurrency: config.shopCurrency,
    rate: '1.0',
    shippingMinor: 0,
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
  const pricing = priceCart(cart, { bundles, codes: [] }, config.rules, null);
  const offers = new Map<string, { title: string; off: number[] }>();
  const add = (id: string, title: string, at: number, minor: number): void => {
    const offer = offers.get(id) ?? { title, off: lines.map(() => 0) };
    offer.off[at] = (offer.off[at] ?? 0) + minor;
    offers.set(id, offer);
  };
  for (const { offerId, title, units } of pricing.bundles)
    for (const { lineId, discountMinor } of units) add(offerId, title, Number(lineId), discountMinor);
  const reached = (type: string) =>
    pricing.goals.find(({ tiers }) => tiers.some((tier) => tier.reached && tier.reward.type === type)) ?? null;
  const titleOf = (id: string): string => bundles.find((offer) => offer.id === id)?.title ?? '';
  const orderGoal = reached('order-discount')?.offerId;
  if (orderGoal !== undefined)
    for (const [at, { goalMinor }] of pricing.lines.entries())
      if (goalMinor > 0) add(orderGoal, titleOf(orderGoal), at, goalMinor);
  const freeShipping = reached('free-shipping')?.offerId ?? null;
  if (freeShipping !== null && !offers.has(freeShipping))
    offers.set(freeShipping, { title: titleOf(freeShipping), off: lines.map(() => 0) });
  return {
    offers: [...offers].map(([id, offer]) => ({ id, ...offer })),
    freeShipping,
    combines: published.combinesWith['product'] === true,
  };
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/**
 * Of two that may not stand together the shopper gets the better one.
 * @param parcel what shipping costs where nothing makes it free
 */
export function withCoupon(
  ours: OffersOn,
  coupon: readonly number[],
  parcel: number,
): { ours: OffersOn; coupon: readonly number[] } {
  const own = sum(ours.offers.flatMap(({ off }) => off)) + (ours.freeShipping === null ? 0 : parcel);
  if (ours.combines || own === 0 || sum(coupon) === 0) return { ours, coupon };
  return own >= sum(coupon) ? { ours, coupon: [] } : { ours: nothing, coupon };
}
