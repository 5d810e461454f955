import { anyVariant, OfferItem } from './model';
import { Pool } from './pools';
import { Conversion } from './rate';
import { countOfTexts } from './texts';

const none = new Array<i32>();

function put(lists: StaticArray<Array<i32> | null>, place: i32, entry: i32): void {
  const known = unchecked(lists[place]);
  if (known !== null) {
    known.push(entry);
    return;
  }
  const first = new Array<i32>(1);
  unchecked((first[0] = entry));
  unchecked((lists[place] = first));
}

function setBit(bits: StaticArray<u64>, index: i32): void {
  // A shift goes round after 64.
  unchecked((bits[index >> 6] |= (<u64>1) << (<u64>index)));
}

/** The places of the bits that are set, in their order; afterwards none is. */
function takeBits(bits: StaticArray<u64>): Array<i32> {
  let count = 0;
  for (let word = 0; word < bits.length; word += 1) count += <i32>popcnt(unchecked(bits[word]));
  if (count === 0) return none;
  const found = new Array<i32>(count);
  let to = 0;
  for (let word = 0; to < count; word += 1) {
    let rest = unchecked(bits[word]);
    unchecked((bits[word] = 0));
    const first = word << 6;
    for (; rest !== 0; rest &= rest - 1) {
      unchecked((found[to] = first + <i32>ctz(rest)));
      to += 1;
    }
  }
  return found;
}

/** A cart as offers are held against it. */
export class CartView {
  private readonly byProduct: StaticArray<Array<i32> | null>;
  private readonly byVariant: StaticArray<Array<i32> | null>;
  /** a bit for each pool, all of them zero but while pools are collected */
  private readonly bits: StaticArray<u64>;
  /** units in each pool */
  readonly counts: StaticArray<f64>;
  /** what the units that count cost before any discount */
  readonly subtotal: f64;

  constructor(
    readonly pools: Array<Pool>,
    readonly conversion: Conversion,
  ) {
    const byProduct = new StaticArray<Array<i32> | null>(countOfTexts());
    const byVariant = new StaticArray<Array<i32> | null>(countOfTexts());
    const counts = new StaticArray<f64>(pools.length);
    let subtotal: f64 = 0;
    for (let index = 0; index < pools.length; index += 1) {
      const pool = unchecked(pools[index]);
      subtotal += pool.price * pool.count;
      unchecked((counts[index] = pool.count));
      put(byProduct, pool.product, index);
      put(byVariant, pool.variant, index);
    }
    this.byProduct = byProduct;
    this.byVariant = byVariant;
    this.counts = counts;
    this.bits = new StaticArray<u64>((pools.length + 63) >> 6);
    this.subtotal = subtotal;
  }

  /** Pools of some items, each once, dearest first. */
  poolsOf(items: Array<OfferItem>): Array<i32> {
    const pools = this.pools;
    if (items.length === 1) {
      const item = unchecked(items[0]);
      const any = item.variant === anyVariant;
      const only = any ? unchecked(this.byProduct[item.product]) : unchecked(this.byVariant[item.variant]);
      if (only === null) return none;
      if (any || (only.length === 1 && unchecked(pools[unchecked(only[0])]).product === item.product)) return only;
    }
    const bits = this.bits;
    const byProduct = this.byProduct;
    const count = items.length;
    for (let at = 0; at < count; at += 1) {
      const item = unchecked(items[at]);
      const product = item.product;
      if (item.variant === anyVariant) {
        const choice = unchecked(byProduct[product]);
        for (let left = choice === null ? 0 : choice.length; left > 0; left -= 1)
          setBit(bits, unchecked(choice![left - 1]));
        continue;
      }
      const choice = unchecked(this.byVariant[item.variant]);
      for (let left = choice === null ? 0 : choice.length; left > 0; left -= 1) {
        const index = unchecked(choice![left - 1]);
        if (unchecked(pools[index]).product === product) setBit(bits, index);
      }
    }
    return takeBits(bits);
  }
}
