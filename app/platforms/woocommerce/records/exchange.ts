import { minorUnitDigits } from '#app/shared/money.ts';
import { amountOf, type Meta, metaText } from './values.ts';

/** One unit of `currency` is `rate` of the order's; null = the store's own currency. */
interface Note {
  readonly currency: string | null;
  readonly rate: number;
}

/** Beyond these no pair of currencies ever stood, and amounts would leave what a number holds. */
const [leastRate, mostRate] = [1e-9, 1e9];

const note = (currency: string | null, rate: unknown): Note | null => {
  const read = typeof rate === 'number' ? rate : typeof rate === 'string' && rate.trim() !== '' ? Number(rate) : 0;
  const code = currency?.trim().toUpperCase() ?? null;
  return read >= leastRate && read <= mostRate && (code === null || /^[A-Z]{3}$/.test(code))
    ? { currency: code, rate: read }
    : null;
};

/** Rate and currency, each in meta of its own: as our plugin notes them, WooPayments and FOX, formerly WOOCS. */
const pairs = [
  // Ours first: FOX notes the rate of whoever looks at the order's page, whatever the order was paid in.
  ['_trellis_exchange_rate', '_trellis_shop_currency'],
  ['_wcpay_multi_currency_order_exchange_rate', '_wcpay_multi_currency_order_default_currency'],
  ['_woocs_order_rate', '_woocs_order_base_currency'],
] as const;

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** CURCY notes all its currencies, the store's own with a mark. */
function curcyNote(orderCurrency: string, meta: Meta): Note | null {
  const info = meta.find(({ key }) => key === 'wmc_order_info')?.value;
  if (!isNode(info)) return null;
  const own = Object.keys(info).find((code) => isNode(info[code]) && Number(info[code]['is_main']) === 1);
  const paid = info[orderCurrency];
  return own !== undefined && isNode(paid) ? note(own, paid['rate']) : null;
}

/** What these note of the rate leaves out of which currency: the store's own. Two note what one unit of the order's is. */
const rates = [
  // Aelia Currency Switcher
  { key: '_base_currency_exchange_rate', inverse: true },
  // Price Based on Country
  { key: '_wcpbc_base_exchange_rate', inverse: true },
  // YayCurrency
  { key: 'yay_currency_order_rate', inverse: false },
] as const;

function bareNote(meta: Meta): Note | null {
  for (const { key, inverse } of rates) {
    const found = note(null, metaText(meta, key));
    // They note 1 on orders in the store's own currency.
    if (found && found.rate !== 1) return inverse ? { ...found, rate: 1 / found.rate } : found;
  }
  return null;
}

function noteOf(orderCurrency: string, meta: Meta): Note | null {
  if (meta.length === 0) return null;
  for (const [rate, currency] of pairs) {
    const found = note(metaText(meta, currency) ?? '', metaText(meta, rate));
    if (found && found.currency !== orderCurrency) return found;
  }
  const curcy = curcyNote(orderCurrency, meta);
  return curcy && curcy.currency !== orderCurrency ? curcy : bareNote(meta);
}

/** True where an order can be read only by whoever knows the store's own currency. */
export const needsStoreCurrency = (order: { readonly currency: string; readonly meta_data: Meta }): boolean =>
  noteOf(order.currency.toUpperCase(), order.meta_data)?.currency === null;

export interface Purse {
  /** what the amounts are in */
  readonly currency: string;
  /** Minor units of `currency`, never negative; 0 for what is no amount. */
  readonly amount: (decimal: string) => number;
  /** The same of minor units of the order's currency. */
  readonly minor: (minor: number) => number;
}

/**
 * Reads the amounts of an order: in the store's own currency where a plugin noted the rate at which the shopper paid
 * in another one, else in the order's. Exchanged amounts are rounded half up, each by itself.
 * @param storeCurrency ISO 4217; null where it is not known
 */
export function purseOf(orderCurrency: string, meta: Meta, storeCurrency: string | null): Purse {
  const read = (decimal: string) => Math.abs(amountOf(decimal, orderCurrency) ?? 0);
  const found = noteOf(orderCurrency, meta);
  const currency = found?.currency ?? storeCurrency;
  if (found === null || currency === null || currency === orderCurrency)
    return { currency: orderCurrency, amount: read, minor: (minor) => minor };
  const digits = minorUnitDigits(currency) - minorUnitDigits(orderCurrency);
  const minor = (paid: number) => Math.round((paid / found.rate) * 10 ** digits);
  return { currency, amount: (decimal) => minor(read(decimal)), minor };
}
