import type { WooSite } from './model.ts';

/** What a price of the store is without its tax, and the tax; smallest units, rounded half up. */
export function splitTax(price: number, site: WooSite): { net: number; tax: number } {
  if (site.tax === 'none') return { net: price, tax: 0 };
  if (site.tax === 'exclusive') return { net: price, tax: Math.round((price * site.taxRate) / 100) };
  const tax = Math.round((price * site.taxRate) / (100 + site.taxRate));
  return { net: price - tax, tax };
}
