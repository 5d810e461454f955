import { decimalsOf } from '../../money.ts';

/**
 * Liquid's unit of money is a hundredth of the main unit in every currency: 12.50 EUR is 1250 and 1200 JPY is
 * 120000. Source: shopify.dev, Liquid reference, `variant.price`.
 */
export function toHundredths(decimal: string): number {
  return Math.round(Number(decimal) * 100);
}

/** The Admin API's minor units in Liquid's unit: 1200 (JPY) → 120000. */
export function minorToHundredths(minor: number, currency: string): number {
  return Math.round((minor * 100) / 10 ** decimalsOf(currency));
}

/** The stores' `money_format` setting, which a merchant may change on Shopify; here one a currency. */
export function moneyFormat(currency: string): string {
  const formats: Record<string, string> = {
    EUR: '€{{amount_with_comma_separator}}',
    GBP: '£{{amount}}',
    JPY: '¥{{amount_no_decimals}}',
    USD: '${{amount}}',
  };
  return formats[currency] ?? `{{amount}} ${currency}`;
}

const separators: Record<string, readonly [thousands: string, point: string]> = {
  amount: [',', '.'],
  amount_no_decimals: [',', ''],
  amount_with_comma_separator: ['.', ','],
  amount_no_decimals_with_comma_separator: ['.', ''],
};

/** Liquid's `money` filter; also for the form that names its own separators: `{{amount|2|,|.}}`. */
export function formatMoney(hundredths: number, format: string): string {
  const pattern = /\{\{\s*(\w+)(?:\|(\d)\|([^|}]*)\|([^|}]*))?\s*\}\}/;
  return format.replace(pattern, (_, name: string, digits?: string, ownThousands?: string, ownPoint?: string) => {
    const [thousands, point] =
      ownThousands !== undefined && ownPoint !== undefined
        ? [ownThousands, ownPoint]
        : (separators[name] ?? [',', '.']);
    const sign = hundredths < 0 ? '-' : '';
    const decimals = digits === undefined ? (point === '' ? 0 : 2) : Number(digits);
    const [units = '', cents = ''] = (Math.abs(hundredths) / 100).toFixed(decimals).split('.');
    return sign + units.replace(/\B(?=(\d{3})+$)/g, thousands) + (decimals === 0 ? '' : point + cents);
  });
}
