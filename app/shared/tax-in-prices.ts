/** What is known of the tax in a store's prices. Rates are basis points of the price without it. */
export interface TaxKnown {
  /** the store's prices contain tax; null = it was not asked yet */
  readonly included: boolean | null;
  /** by the merchant; null = nothing */
  readonly enteredBps: number | null;
  /** by the store's own orders; null = they do not tell */
  readonly learntBps: number | null;
}

export interface TaxInPrices {
  readonly bps: number;
  /** not-included: the checkout adds it, whatever was entered; assumed: nobody said, so the highest standard rate */
  readonly source: 'not-included' | 'entered' | 'orders' | 'assumed' | 'not-asked';
}

/**
 * The highest standard rate of VAT in the European Union, Hungary's 27 % (European Commission, VAT rates), in basis points. A
 * rate that is too high makes discounts smaller; one that is too low would let them go below the minimum margin.
 */
export const highestStandardTaxBps = 2700;

/** No rate of a store is higher than this, basis points: what a merchant may enter, and what an order is believed. */
export const mostTaxBps = 5000;

/** Which rate a store's prices are taken to contain: what the merchant entered before what orders tell, 0 included. */
export function taxInPrices({ included, enteredBps, learntBps }: TaxKnown): TaxInPrices {
  if (included === false) return { bps: 0, source: 'not-included' };
  if (enteredBps !== null) return { bps: enteredBps, source: 'entered' };
  if (included === null) return { bps: 0, source: 'not-asked' };
  return learntBps === null ? { bps: highestStandardTaxBps, source: 'assumed' } : { bps: learntBps, source: 'orders' };
}
