/** Fewer orders say too little: a first order may hold the one product with a lower tax. */
const fewestOrders = 5;
/** A rate counts as usual from this share of the orders on, those with higher ones included. */
const leastShare = 0.01;

export interface UsualTax {
  /** basis points of the price without it */
  readonly bps: number;
  /** how many orders say so */
  readonly orders: number;
}

/**
 * The highest tax that is usual in a shop's orders, so that the dearest kind of goods keeps its margin as well.
 * @param counts of orders by the highest tax on one of their lines, basis points; orders without tax say nothing
 * @returns null where too few orders tell
 */
export function usualTax(counts: readonly { readonly bps: number; readonly orders: number }[]): UsualTax | null {
  const taxed = counts.filter(({ bps }) => bps > 0).sort((a, b) => b.bps - a.bps);
  const orders = taxed.reduce((sum, one) => sum + one.orders, 0);
  if (orders < fewestOrders) return null;
  let above = 0;
  for (const one of taxed) {
    above += one.orders;
    if (above >= orders * leastShare) return { bps: one.bps, orders };
  }
  return null;
}
