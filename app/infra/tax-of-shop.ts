import { highestStandardTaxBps } from '#app/shared/tax-in-prices.ts';

/** What `taxInPrices` says of a row of `shop`, for statements that reckon with it: an integer, basis points. */
export const taxOfShop = (row: 'shop' | 's'): string => `(CASE WHEN ${row}.taxes_included IS FALSE THEN 0 ELSE coalesce(
  (${row}.settings->>'enteredTaxBps')::int,
  CASE WHEN ${row}.taxes_included THEN coalesce(${row}.learnt_tax_bps, ${String(highestStandardTaxBps)}) END,
  0) END)`;
