/** What was given back of an order; amounts in minor units of its currency. */
export interface GivenBack {
  /** paid, tax and shipping included */
  readonly totalMinor: number;
  readonly refundedMinor: number;
  /** of that, on goods that stayed with the customer, in the terms of the lines' prices; null = the store told only a sum */
  readonly goodwillMinor: number | null;
}

/** Goods of an order after discounts, minor units. */
export interface Goods {
  readonly wholeMinor: number;
  /** of those, units that did not come back */
  readonly leftMinor: number;
}

/**
 * Goods that stay with the customer, less what was given back on them; shipping that was given back is none of that.
 * Where the store told only a sum, it counts for the goods by their share of what was paid, so far as units that came back
 * did not cost it (rounded down what is left).
 */
export function keptGoodsMinor({ wholeMinor, leftMinor }: Goods, back: GivenBack): number {
  const { totalMinor, refundedMinor, goodwillMinor } = back;
  if (goodwillMinor !== null) return Math.max(0, leftMinor - Math.max(0, goodwillMinor));
  if (totalMinor <= 0) return leftMinor;
  const unpaid = Math.min(totalMinor, Math.max(0, refundedMinor));
  return Math.min(leftMinor, shareOf(wholeMinor, totalMinor - unpaid, totalMinor));
}

/** What is left of a line after discounts when so many of its units came back, rounded down; never below zero. */
export function leftOfLine(line: {
  readonly quantity: number;
  readonly refundedQuantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
}): number {
  const { quantity, refundedQuantity } = line;
  return quantity <= 0 ? 0 : shareOf(paidForLine(line), Math.max(0, quantity - refundedQuantity), quantity);
}

/** What a line cost after discounts; never below zero. */
export const paidForLine = (line: {
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
}): number => Math.max(0, line.quantity * line.unitPriceMinor - line.discountMinor);

/** amount × part / whole, rounded down; exact beyond 53 bits. */
const shareOf = (amount: number, part: number, whole: number): number =>
  Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
