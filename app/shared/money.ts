/**
 * Money is a whole number of minor units (cents, yen, fils) and an ISO 4217 code. Amounts are JavaScript
 * integers: 2^53 minor units are more than any order. Floats never hold money.
 */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** ISO 4217 minor-unit exponents that differ from 2. Source: ISO 4217 list one, amendment 176. */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Digits after the decimal point of a currency: 0, 2 or 3. */
export function minorUnitDigits(currency: string): number {
  return exponents[currency] ?? 2;
}

/** Currencies whose smallest unit is the main unit. */
export const currenciesWithoutDecimals: readonly string[] = Object.keys(exponents).filter(
  (currency) => exponents[currency] === 0,
);

/**
 * Reads a platform's decimal string ("12.5", "-0.30", "1200") as minor units. Digits beyond the currency's
 * minor unit are rounded half away from zero. Throws on anything that is not a plain decimal.
 */
export function parseDecimal(text: string, currency: string): number {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) throw new Error(`not a decimal amount: ${JSON.stringify(text)}`);
  const digits = minorUnitDigits(currency);
  const fraction = (match[3] ?? '').padEnd(digits + 1, '0');
  const scaled = Number(`${match[2] ?? '0'}${fraction.slice(0, digits)}`);
  const minor = scaled + (Number(fraction[digits]) >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(minor)) throw new Error('amount out of range');
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

/** Writes minor units as the decimal string that platforms expect: 1250 USD → "12.50", 1250 JPY → "1250". */
export function formatDecimal(minor: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Splits `total` over `weights` by the largest-remainder (Hamilton) method: the parts are whole minor units,
 * add up to `total` exactly, and each is within one unit of its exact share. Ties go to the earlier part.
 * All-zero weights split evenly. Throws on negative weights or an empty list with a non-zero total.
 */
export function splitByWeights(total: number, weights: readonly number[]): number[] {
  let sum = 0;
  for (const weight of weights) {
    if (!(weight >= 0)) throw new Error('weights must not be negative');
    sum += weight;
  }
  if (weights.length === 0) {
    if (total !== 0) throw new Error('nothing to split over');
    return [];
  }
  const size = Math.abs(total);
  const parts: number[] = [];
  const remainders: number[] = [];
  let rest = size;
  for (const weight of weights) {
    const exact = sum === 0 ? size / weights.length : (size * weight) / sum;
    const whole = Math.floor(exact);
    parts.push(whole);
    remainders.push(exact - whole);
    rest -= whole;
  }
  // Plain loops, because the discount Function's engine runs this for every bundle of a cart.
  for (; rest > 0; rest -= 1) {
    let largest = 0;
    for (let at = 1; at < remainders.length; at += 1) {
      if ((remainders[at] ?? 0) > (remainders[largest] ?? 0)) largest = at;
    }
    parts[largest] = (parts[largest] ?? 0) + 1;
    remainders[largest] = -1;
  }
  return total < 0 ? parts.map((part) => (part === 0 ? 0 : -part)) : parts;
}
