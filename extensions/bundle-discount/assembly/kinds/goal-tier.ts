import { OfferItem, Value } from '../model';

export const goalOrderDiscount: i32 = 0;
export const goalFreeShipping: i32 = 1;
export const goalGift: i32 = 2;

/** A reward from a subtotal on, shop-currency minor units. */
export class GoalTier {
  constructor(
    readonly threshold: f64,
    readonly type: i32,
    /** of an order discount */
    readonly value: Value | null,
    /** of a gift */
    readonly gift: OfferItem | null,
  ) {}
}
