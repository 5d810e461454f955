import { minorUnitDigits } from '#app/shared/money.ts';
import { amountOf, type Meta, metaText } from './values.ts';

/** How plugins for several currencies note what an order is worth in the store's own: one unit of it is `rate` of the order's. */
const plugins = [
  { rate: '_wcpay_multi_currency_order_exchange_rate', currency: '_wcpay_multi_currency_order_default_currency' },
  { rate: '_woocs_order_rate', currency: '_woocs_order_base_currency' },
] as const;

export interface Purse {
  /** what the amounts are in */
  readonly currency: string;
  /** Minor units of `currency`, never negative; 0 for what is no amount. */
  readonly amount: (decimal: string) => number;
}

/**
 * Reads the amounts of an order: in the store's own currency where a plugin noted the rate at which the shopper paid
 * in another one, else in the order's. Exchanged amounts are rounded half up, each by itself.
 */
export function purseOf(orderCurrency: string, meta: Meta): Purse {
  const read = (decimal: string) => Math.abs(amountOf(decimal, orderCurrency) ?? 0);
  for (const plugin of plugins) {
    const rate = Number(metaText(meta, plugin.rate) ?? Number.NaN);
    const currency = (metaText(meta, plugin.currency) ?? '').trim().toUpperCase();
    if (!(rate > 0) || !Number.isFinite(rate) || !/^[A-Z]{3}$/.test(currency) || currency === orderCurrency) continue;
    const digits = minorUnitDigits(currency) - minorUnitDigits(orderCurrency);
    return { currency, amount: (decimal) => Math.round((read(decimal) / rate) * 10 ** digits) };
  }
  return { currency: orderCurrency, amount: read };
}
