import { minorUnitDigits } from '#app/shared/money.ts';

/** Turns shop-currency minor units into presentment minor units, exactly, by integer arithmetic. */
export interface Conversion {
  /** true where every amount stays as it is */
  readonly same: boolean;
  /** rounded half up: what an offer promises */
  readonly nearest: (shopMinor: number) => number;
  /** rounded up: what a unit costs, so that the guard errs on the merchant's side */
  readonly up: (shopMinor: number) => number;
}

const unchanged = (minor: number): number => minor;

/**
 * Reads a presentment rate ("0.9213") as a conversion between two currencies with their own minor units
 * (USD → JPY at 150: 1000 cents are 1500 yen). Null for anything but a positive plain decimal.
 */
export function readConversion(rate: string, shopCurrency: string, currency: string): Conversion | null {
  if (rate === '1.0' && shopCurrency === currency) return { same: true, nearest: unchanged, up: unchanged };
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(rate);
  if (!match) return null;
  const fraction = match[2] ?? '';
  const scaled = BigInt((match[1] ?? '') + fraction);
  if (scaled === 0n) return null;
  const numerator = scaled * 10n ** BigInt(minorUnitDigits(currency));
  const denominator = 10n ** BigInt(fraction.length + minorUnitDigits(shopCurrency));
  if (numerator === denominator) return { same: true, nearest: unchanged, up: unchanged };
  return {
    same: false,
    nearest: (minor) => Number((BigInt(minor) * numerator * 2n + denominator) / (denominator * 2n)),
    up: (minor) => Number((BigInt(minor) * numerator + denominator - 1n) / denominator),
  };
}
