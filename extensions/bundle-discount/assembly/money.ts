import { roomFor, Text } from './text';

const letters = (a: i32, b: i32, c: i32): i32 => (a << 16) | (b << 8) | c;

function isAnyOf(code: i32, list: string): bool {
  for (let at = 0; at < list.length; at += 4)
    if (letters(list.charCodeAt(at), list.charCodeAt(at + 1), list.charCodeAt(at + 2)) === code) return true;
  return false;
}

/** Digits after the decimal point of a currency: 0, 2 or 3. */
export function minorUnitDigits(currency: Text): i32 {
  if (currency.length !== 3) return 2;
  const code = letters(load<u8>(currency.at), load<u8>(currency.at + 1), load<u8>(currency.at + 2));
  if (isAnyOf(code, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF')) return 0;
  return isAnyOf(code, 'BHD IQD JOD KWD LYD OMR TND') ? 3 : 2;
}

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

/**
 * Reads a decimal as minor units; digits beyond the currency's are rounded half away from zero. NaN for anything but
 * a plain decimal of at most 12 digits before the point.
 */
export function parseDecimal(text: Text, digits: i32): f64 {
  let at = text.at;
  const end = at + text.length;
  const negative = load<u8>(at) === 0x2d;
  if (negative) at += 1;
  let minor: f64 = 0;
  const from = at;
  for (; isDigit(load<u8>(at)); at += 1) minor = minor * 10 + <f64>(load<u8>(at) - 0x30);
  if (at === from || at > from + 12) return NaN;
  let left = digits;
  let up = false;
  if (load<u8>(at) === 0x2e) {
    at += 1;
    for (let place = 0; isDigit(load<u8>(at)); place += 1) {
      const digit = load<u8>(at) - 0x30;
      if (left > 0) {
        minor = minor * 10 + <f64>digit;
        left -= 1;
      } else if (place === digits) up = digit >= 5;
      at += 1;
    }
  }
  if (at !== end) return NaN;
  for (; left > 0; left -= 1) minor *= 10;
  if (up) minor += 1;
  return negative ? -minor : minor;
}

/** Writes minor units (0 or more) as the decimal that platforms expect. */
export function formatDecimal(minor: f64, digits: i32): Text {
  const most = 24;
  const start = roomFor(most);
  let at = start + most;
  let rest = <u64>minor;
  for (let written = 0; rest > 0 || written <= digits; written += 1) {
    if (written === digits && digits > 0) {
      at -= 1;
      store<u8>(at, 0x2e);
    }
    at -= 1;
    store<u8>(at, <u8>(rest % 10) + 0x30);
    rest /= 10;
  }
  return new Text(at, <i32>(start + most - at));
}

/**
 * Splits `total` over `weights` by the largest-remainder method: whole parts that add up to it. Ties go to the
 * earlier part; all-zero weights split evenly.
 */
export function splitByWeights(total: f64, weights: Array<f64>): StaticArray<f64> {
  const count = weights.length;
  const parts = new StaticArray<f64>(count);
  if (count === 0) return parts;
  const remainders = new StaticArray<f64>(count);
  let sum: f64 = 0;
  for (let at = 0; at < count; at += 1) sum += unchecked(weights[at]);
  let rest = total;
  for (let at = 0; at < count; at += 1) {
    const exact = sum === 0 ? total / <f64>count : (total * unchecked(weights[at])) / sum;
    const whole = Math.floor(exact);
    unchecked((parts[at] = whole));
    unchecked((remainders[at] = exact - whole));
    rest -= whole;
  }
  for (; rest > 0; rest -= 1) {
    let largest = 0;
    for (let at = 1; at < count; at += 1) if (unchecked(remainders[at]) > unchecked(remainders[largest])) largest = at;
    unchecked((parts[largest] += 1));
    unchecked((remainders[largest] = -1));
  }
  return parts;
}
