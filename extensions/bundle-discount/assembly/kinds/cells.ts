import {
  firstMember,
  kindNumber,
  kindOfNode,
  kindText,
  lengthOfNode,
  nextCell,
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

/** A cell that names no variant. */
const noVariant: i32 = -2;

/** The variant that a cell names: 0 is any, a text is one. */
function variantIn(cell: usize): i32 {
  if (kindOfNode(cell) === kindNumber) return numberOfNode(cell) === 0 ? anyVariant : noVariant;
  return kindOfNode(cell) === kindText && lengthOfNode(cell) > 0 ? numbered(textOfNode(cell)) : noVariant;
}

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
    const variant = cell === 0 ? noVariant : variantIn(cell);
    if (variant !== noVariant) return variant;
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
    return this.itemsOf(this.listLength(), 2);
  }

  /** Items with their quantities in what is left of the row. */
  itemsToTheEnd(): Array<OfferItem> {
    const found = this.itemsOf(max(0, this.left) / 3, 3);
    if (this.left > 0) this.ok = false;
    return found;
  }

  /** So many items of two cells, or of three with their quantity. Most of a configuration is these. */
  private itemsOf(count: i32, width: i32): Array<OfferItem> {
    if (count * width > this.left) {
      this.ok = false;
      return new Array<OfferItem>();
    }
    const found = new Array<OfferItem>(count);
    const products = this.products;
    const last = <f64>products.length - 1;
    let cell = this.cell;
    let read = 0;
    for (; read < count; read += 1) {
      if (!isCount(cell, 0, last)) break;
      const product = unchecked(products[<i32>numberOfNode(cell)]);
      cell = nextCell(cell);
      let variant = anyVariant;
      if (kindOfNode(cell) !== kindNumber || numberOfNode(cell) !== 0) {
        variant = variantIn(cell);
        if (variant === noVariant) break;
      }
      let quantity: f64 = 1;
      cell = nextCell(cell);
      if (width === 3) {
        if (!isCount(cell, 1, 1000)) break;
        quantity = numberOfNode(cell);
        cell = nextCell(cell);
      }
      unchecked((found[read] = new OfferItem(product, variant, quantity)));
    }
    this.cell = cell;
    this.left -= read * width;
    this.itemCount += read;
    found.length = read;
    if (read < count) this.ok = false;
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
