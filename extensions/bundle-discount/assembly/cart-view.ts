import { anyVariant, OfferItem } from './model';
import { Pool } from './pools';
import { Conversion } from './rate';
import { stableSort } from './sort';
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

function byNumber(a: i32, b: i32): i32 {
  return a - b;
}

/** A cart as offers are held against it. */
export class CartView {
  private readonly byProduct: StaticArray<Array<i32> | null>;
  private readonly byVariant: StaticArray<Array<i32> | null>;
  /** marks of pools: a number that was never used before means "not yet" */
  private readonly marks: StaticArray<i32>;
  private mark: i32 = 0;
  /** room for each pool once */
  private readonly scratch: StaticArray<i32>;
  /** what the units that count cost before any discount */
  readonly subtotal: f64;

  constructor(
    readonly pools: Array<Pool>,
    readonly conversion: Conversion,
  ) {
    const byProduct = new StaticArray<Array<i32> | null>(countOfTexts());
    const byVariant = new StaticArray<Array<i32> | null>(countOfTexts());
    let subtotal: f64 = 0;
    for (let index = 0; index < pools.length; index += 1) {
      const pool = unchecked(pools[index]);
      subtotal += pool.price * pool.count;
      put(byProduct, pool.product, index);
      put(byVariant, pool.variant, index);
    }
    this.byProduct = byProduct;
    this.byVariant = byVariant;
    this.marks = new StaticArray<i32>(pools.length);
    this.scratch = new StaticArray<i32>(pools.length);
    this.subtotal = subtotal;
  }

  /** Pools of some items, each once, dearest first. */
  poolsOf(items: Array<OfferItem>): Array<i32> {
    if (items.length === 1 && unchecked(items[0]).variant === anyVariant) {
      const only = unchecked(this.byProduct[unchecked(items[0]).product]);
      return only === null ? none : only;
    }
    this.mark += 1;
    const mark = this.mark;
    const scratch = this.scratch;
    let count = 0;
    let lowest = this.pools.length;
    let highest = -1;
    for (let at = 0; at < items.length; at += 1) {
      const item = unchecked(items[at]);
      const any = item.variant === anyVariant;
      const choice = any ? unchecked(this.byProduct[item.product]) : unchecked(this.byVariant[item.variant]);
      if (choice === null) continue;
      for (let place = 0; place < choice.length; place += 1) {
        const index = unchecked(choice[place]);
        if (!any && unchecked(this.pools[index]).product !== item.product) continue;
        if (unchecked(this.marks[index]) === mark) continue;
        unchecked((this.marks[index] = mark));
        unchecked((scratch[count] = index));
        count += 1;
        lowest = min(lowest, index);
        highest = max(highest, index);
      }
    }
    const found = new Array<i32>(count);
    // A few are sorted, many are found in their order.
    if (count * count < 4 * (highest - lowest)) {
      memory.copy(found.dataStart, changetype<usize>(scratch), (<usize>count) << 2);
      stableSort<i32>(found, byNumber);
      return found;
    }
    let place = 0;
    for (let index = lowest; place < count; index += 1) {
      if (unchecked(this.marks[index]) !== mark) continue;
      unchecked((found[place] = index));
      place += 1;
    }
    return found;
  }
}
