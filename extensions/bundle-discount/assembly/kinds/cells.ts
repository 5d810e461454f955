import {
  firstMember,
  kindNumber,
  kindOfNode,
  kindText,
  lengthOfNode,
  nextSibling,
  numberOfNode,
  textOfNode,
} from '../json';
import { anyVariant, OfferItem, percentage, price, Value } from '../model';
import { numbered } from '../texts';
import { ascii, Text } from '../text';

export const mostMinor: f64 = 9007199254740991;

export function isCount(node: usize, low: f64, high: f64): bool {
  if (kindOfNode(node) !== kindNumber) return false;
  const value = numberOfNode(node);
  return value >= low && value <= high && Math.floor(value) === value;
}

/** Product, variant and quantity. */
const cellsOfItem: i32 = 3;

/** Reads the cells of one row in turn; after a cell that cannot be what it should be, `done` is false. */
export class CellReader {
  private cell: usize;
  private left: i32;
  private readonly length: i32;
  private ok: bool = true;
  /** items that were read */
  itemCount: i32 = 0;

  /** @param products numbers of the products of the shard, in their order */
  constructor(
    row: usize,
    skipped: i32,
    private readonly products: StaticArray<i32>,
  ) {
    this.length = lengthOfNode(row);
    this.left = this.length;
    this.cell = firstMember(row);
    for (; skipped > 0; skipped -= 1) this.next();
  }

  /** The next cell, 0 behind the last. */
  private next(): usize {
    const cell = this.cell;
    this.left -= 1;
    if (this.left < 0) return 0;
    this.cell = nextSibling(cell);
    return cell;
  }

  count(low: f64, high: f64): f64 {
    const cell = this.next();
    if (cell !== 0 && isCount(cell, low, high)) return numberOfNode(cell);
    this.ok = false;
    return low;
  }

  /** Any text, also an empty one. */
  text(): Text {
    const cell = this.next();
    if (cell !== 0 && kindOfNode(cell) === kindText) return textOfNode(cell);
    this.ok = false;
    return ascii('');
  }

  /** A text of at least one letter. */
  word(): Text {
    const text = this.text();
    if (text.length === 0) this.ok = false;
    return text;
  }

  discount(): Value {
    return this.value(1);
  }

  unitValue(): Value {
    return this.value(price);
  }

  private value(lastType: i32): Value {
    const type = <i32>this.count(0, lastType);
    return new Value(type, this.count(1, type === percentage ? 10_000 : mostMinor));
  }

  private product(): i32 {
    const cell = this.next();
    if (cell !== 0 && isCount(cell, 0, <f64>this.products.length - 1))
      return unchecked(this.products[<i32>numberOfNode(cell)]);
    this.ok = false;
    return 0;
  }

  private variant(): i32 {
    const cell = this.next();
    if (cell !== 0 && kindOfNode(cell) === kindNumber && numberOfNode(cell) === 0) return anyVariant;
    if (cell !== 0 && kindOfNode(cell) === kindText && lengthOfNode(cell) > 0) return numbered(textOfNode(cell));
    this.ok = false;
    return anyVariant;
  }

  /** A product and a variant of it. */
  item(): OfferItem {
    const product = this.product();
    this.itemCount += 1;
    return new OfferItem(product, this.variant(), 1);
  }

  /** How many entries a list has that follows. */
  listLength(): i32 {
    return <i32>this.count(0, <f64>this.length);
  }

  items(): Array<OfferItem> {
    const count = this.listLength();
    const found = new Array<OfferItem>(count);
    let read = 0;
    for (; read < count && this.ok; read += 1) unchecked((found[read] = this.item()));
    found.length = read;
    return found;
  }

  /** Items with their quantities in what is left of the row. */
  itemsToTheEnd(): Array<OfferItem> {
    const count = max(0, this.left) / cellsOfItem;
    const found = new Array<OfferItem>(count);
    let read = 0;
    for (; read < count && this.ok; read += 1) {
      const product = this.product();
      const variant = this.variant();
      unchecked((found[read] = new OfferItem(product, variant, this.count(1, 1000))));
    }
    this.itemCount += read;
    found.length = read;
    if (this.left > 0) this.ok = false;
    return found;
  }

  /** True while there is more to read and everything could be read. */
  more(): bool {
    return this.ok && this.left > 0;
  }

  /** True while everything could be read. */
  fine(): bool {
    return this.ok;
  }

  /** True when everything could be read and nothing is left. */
  done(): bool {
    return this.ok && this.left === 0;
  }
}
