import { minorUnitDigits } from './money';
import { Text } from './text';

// Amounts and rates in groups of six decimal digits, so that every product is exact: 16 digits by 24 are 40.
const base: u64 = 1_000_000;
const groupsOfProduct: i32 = 8;
const rateGroups = new StaticArray<u64>(4);
const product = new StaticArray<u64>(groupsOfProduct);

function powerOfTen(exponent: i32): u64 {
  let power: u64 = 1;
  for (let left = exponent; left > 0; left -= 1) power *= 10;
  return power;
}

function multiply(minor: f64): void {
  for (let at = 0; at < groupsOfProduct; at += 1) unchecked((product[at] = 0));
  let rest = <u64>minor;
  for (let low = 0; rest > 0; low += 1) {
    const group = rest % base;
    rest /= base;
    let carry: u64 = 0;
    for (let at = 0; at < 4; at += 1) {
      const sum = unchecked(product[low + at]) + group * unchecked(rateGroups[at]) + carry;
      unchecked((product[low + at] = sum % base));
      carry = sum / base;
    }
    unchecked((product[low + 4] += carry));
  }
}

/** Adds `digit` × 10^exponent to the product. */
function add(digit: u64, exponent: i32): void {
  let at = exponent / 6;
  let carry = digit * powerOfTen(exponent % 6);
  for (; carry > 0 && at < groupsOfProduct; at += 1) {
    const sum = unchecked(product[at]) + carry;
    unchecked((product[at] = sum % base));
    carry = sum / base;
  }
}

/** The product without its last digits. */
function withoutDigits(digits: i32): f64 {
  const from = digits / 6;
  const divisor = powerOfTen(digits % 6);
  let rest: u64 = 0;
  let low: u64 = 0;
  let high: f64 = 0;
  for (let at = groupsOfProduct - 1; at >= from; at -= 1) {
    const group = rest * base + unchecked(product[at]);
    rest = group % divisor;
    // Three groups fit into whole numbers; beyond, amounts are no money any more and may round.
    if (at - from >= 3) high = high * <f64>base + <f64>(group / divisor);
    else low = low * base + group / divisor;
  }
  return high > 0 ? high * 1e18 + <f64>low : <f64>low;
}

/** Turns shop-currency minor units into presentment minor units, exactly. */
export class Conversion {
  /** @param shift decimal digits by which a product of amount and rate is too long; may be negative */
  constructor(
    readonly same: bool,
    private readonly shift: i32,
  ) {}

  /** Rounded half up: what an offer promises. */
  nearest(minor: f64): f64 {
    if (this.same) return minor;
    multiply(minor);
    const shift = this.shift;
    if (shift <= 0) return withoutDigits(0) * <f64>powerOfTen(-shift);
    add(5, shift - 1);
    return withoutDigits(shift);
  }

  /** Rounded up: what a unit costs. */
  up(minor: f64): f64 {
    if (this.same) return minor;
    multiply(minor);
    const shift = this.shift;
    if (shift <= 0) return withoutDigits(0) * <f64>powerOfTen(-shift);
    for (let digit = 0; digit < shift; digit += 1) add(9, digit);
    return withoutDigits(shift);
  }
}

/** Reads a rate ("0.9213") as a conversion. Null for anything but a positive plain decimal. */
export function readConversion(rate: Text, shopCurrency: Text, currency: Text): Conversion | null {
  let digits = 0;
  let whole = 0;
  let point = false;
  let zero = true;
  for (let at = 0; at < 4; at += 1) unchecked((rateGroups[at] = 0));
  for (let at = 0; at < rate.length; at += 1) {
    const byte = load<u8>(rate.at + at);
    if (byte === 0x2e && !point) {
      point = true;
      whole = digits;
      continue;
    }
    if (byte < 0x30 || byte > 0x39 || digits - whole === 12) return null;
    digits += 1;
    let carry = <u64>(byte - 0x30);
    if (carry > 0) zero = false;
    for (let group = 0; group < 4; group += 1) {
      const sum = unchecked(rateGroups[group]) * 10 + carry;
      unchecked((rateGroups[group] = sum % base));
      carry = sum / base;
    }
  }
  const fraction = point ? digits - whole : 0;
  if (!point) whole = digits;
  if (zero || whole < 1 || whole > 12 || (point && fraction < 1)) return null;
  const shift = fraction + minorUnitDigits(shopCurrency) - minorUnitDigits(currency);
  return new Conversion(isPowerOfTen(shift), shift);
}

/** True where the rate's digits are 1 and this many zeros: nothing changes. */
function isPowerOfTen(zeros: i32): bool {
  if (zeros < 0) return false;
  for (let at = 0; at < 4; at += 1) {
    const one = zeros / 6 === at ? powerOfTen(zeros % 6) : 0;
    if (unchecked(rateGroups[at]) !== one) return false;
  }
  return true;
}
