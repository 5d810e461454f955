import { z } from 'zod';
import { afterPurchase } from '#app/shared/widgets/registry.ts';

/** Pages after a purchase that show suggestions; also the name that an order line carries as its source. */
export const orderSurfaces = afterPurchase.map(({ name }) => name);
export type OrderSurface = (typeof orderSurfaces)[number];

/** What can be chosen; half the price and a month keep an offer an offer. */
export const orderOfferLimits = { discountBps: 5000, hours: 720 } as const;

/** What the merchant decides. Basis points: 10000 = 100 %. */
export const orderOfferSettings = z.object({
  active: z.boolean(),
  /** off the suggested products; 0 = they are shown at their price */
  discountBps: z.number().int().min(0).max(orderOfferLimits.discountBps),
  /** hours from the order on in which the discount can be used */
  hours: z.number().int().min(1).max(orderOfferLimits.hours),
});
export type OrderOfferSettings = z.infer<typeof orderOfferSettings>;

export const noOrderOffers: OrderOfferSettings = { active: false, discountBps: 0, hours: 72 };

/** The one code of an order. */
export interface OfferCode {
  readonly orderId: string;
  readonly code: string;
  readonly discountBps: number;
  /** the variants that it is for */
  readonly variantIds: readonly string[];
  readonly endsAt: Date;
  /** the platform's discount; null while it is not made */
  readonly discountId: string | null;
}

/** A variant that could be suggested. Minor units of the shop's currency; a cost of null is unknown. */
export interface OfferVariant {
  readonly variantId: string;
  readonly priceMinor: number;
  readonly costMinor: number | null;
  readonly giftCard: boolean;
}

/** An order as far as an offer looks at it. */
export interface OfferedOrder {
  readonly placedAt: Date;
  /** cancelled or given back as a whole: nothing of the purchase is left */
  readonly cancelled: boolean;
  readonly customerId: string | null;
  readonly productIds: readonly string[];
}
