import { formatDecimal } from '../../bundle-discount/assembly/money';
import { Text } from '../../bundle-discount/assembly/text';

// The numbers of the definition.
const mostDecimals: i32 = 8;
const tolerance: f64 = 0.25;

function powerOfTen(exponent: i32): u64 {
  let power: u64 = 1;
  for (let left = exponent; left > 0; left -= 1) power *= 10;
  return power;
}

/**
 * A number of 0 to 100 times 10^decimals (at most 8) as a whole number, rounded half up by its exact binary value, as
 * JavaScript's `toFixed` does.
 */
function scaledExactly(value: f64, decimals: i32): u64 {
  const bits = reinterpret<u64>(value);
  const exponent = <i32>(bits >> 52);
  const mantissa = (bits & 0xfffffffffffff) | (exponent === 0 ? 0 : 0x10000000000000);
  // The value is mantissa / 2^shift; below 128 the shift is at least 46.
  const shift = 1075 - max(exponent, 1);
  const scale = powerOfTen(decimals);
  // What is above the lowest 32 bits of mantissa × scale, which are below every half.
  const product = (mantissa >> 32) * scale + (((mantissa & 0xffffffff) * scale) >> 32);
  const drop = shift - 32;
  return drop > 60 ? 0 : (product + ((<u64>1) << (drop - 1))) >> drop;
}

/**
 * The share of `price` that is `discount`, in per cent as a plain decimal with as few digits as hit it to the minor
 * unit, also when `sets` equal sets are added up before they are rounded.
 */
export function percentageFor(discount: f64, price: f64, sets: f64): Text {
  const exact = (discount * 100) / price;
  for (let decimals = 1; decimals < mostDecimals; decimals += 1) {
    const scaled = scaledExactly(exact, decimals);
    const rounded = <f64>scaled / <f64>powerOfTen(decimals);
    if (Math.abs((rounded * price) / 100 - discount) * sets < tolerance) return formatDecimal(<f64>scaled, decimals);
  }
  return formatDecimal(<f64>scaledExactly(exact, mostDecimals), mostDecimals);
}
