import { codeHash } from './assignment';
import { elementOf, keyOf, lengthOf, readText, valueOf } from './input';
import { CartLine, KnownCodes, Rules } from './model';
import { floorOfGoods } from './pools';
import { Conversion } from './rate';

/** Something of the price has to be left, or no price keeps the margin. */
const mostReserveBps: f64 = 9999;

/** The codes leave no room for anything of ours. */
export const everything: f64 = -1;

/** What discounts of ours leave to codes: a share of the price, and shop-currency minor units of the whole order. */
export class Reserve {
  bps: f64 = 0;
  minor: f64 = 0;
  /** entered codes that may be ours */
  unknown: i32 = 0;

  isThere(): bool {
    return this.bps > 0 || this.minor > 0;
  }

  /** The same as one share of the price in a cart, basis points; see the definition. */
  inCart(lines: Array<CartLine>, rules: Rules, conversion: Conversion): f64 {
    if (this.bps > mostReserveBps) return everything;
    if (this.minor === 0) return this.bps;
    const floor = floorOfGoods(lines, rules, conversion);
    const minor = conversion.up(this.minor);
    if (minor === 0 || floor === 0) return this.bps;
    const share = 10_000 - Math.floor((floor * (10_000 - this.bps)) / (floor + minor));
    return share > mostReserveBps ? everything : share;
  }
}

/** What is left to the codes that were entered: of known ones what they take off, and once the rules' share for others. */
export function reserveBeside(entered: u64, rules: Rules, known: KnownCodes): Reserve {
  const reserve = new Reserve();
  const count = lengthOf(entered);
  if (count === 0) return reserve;
  const keyOfCode = keyOf('code');
  for (let at = 0; at < count; at += 1) {
    const size = known.sizeOf(codeHash(readText(valueOf(elementOf(entered, at), keyOfCode))));
    if (isNaN(size)) reserve.unknown += 1;
    else if (!rules.meetsCodes) continue;
    else if (size < 0) reserve.minor -= size;
    else reserve.bps += size;
  }
  if (reserve.unknown > 0 && rules.meetsCodes) reserve.bps += Math.min(rules.codeReserve, mostReserveBps);
  return reserve;
}
