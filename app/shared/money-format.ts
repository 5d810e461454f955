import { formatDecimal, minorUnitDigits } from './money.ts';

/** How a store writes amounts for shoppers, in the merchant's own setting. */
export interface MoneyFormat {
  readonly before: string;
  readonly after: string;
  readonly thousands: string;
  readonly point: string;
  /** digits behind the point, whatever the currency has */
  readonly decimals: number;
}

/**
 * Writes an amount as the store does: 123450 EUR → "1.234,50 €". Digits that the format does not show are rounded
 * half away from zero.
 * @param minor whole minor units
 */
export function writeMoney(minor: number, currency: string, format: MoneyFormat): string {
  const digits = minorUnitDigits(currency);
  const size = Math.abs(minor);
  const scaled =
    format.decimals >= digits
      ? size * 10 ** (format.decimals - digits)
      : Math.floor(size / 10 ** (digits - format.decimals) + 0.5);
  const text = String(scaled).padStart(format.decimals + 1, '0');
  const units = format.decimals === 0 ? text : text.slice(0, -format.decimals);
  const rest = format.decimals === 0 ? '' : format.point + text.slice(-format.decimals);
  const grouped = units.replace(/\B(?=(\d{3})+$)/g, () => format.thousands);
  return `${minor < 0 && scaled > 0 ? '-' : ''}${format.before}${grouped}${rest}${format.after}`;
}

/** Writes an amount as a language does. */
export const moneyIn = (minor: number, currency: string, language: string): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency }).format(
    formatDecimal(minor, currency) as `${number}`,
  );

/** Writes an amount as the store does, where it says how; else as the reader's language does. */
export const storeMoney = (
  minor: number,
  { currency, moneyFormat }: { readonly currency: string; readonly moneyFormat: MoneyFormat | null },
  language: string,
): string => (moneyFormat ? writeMoney(minor, currency, moneyFormat) : moneyIn(minor, currency, language));
