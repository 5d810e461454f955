import type { DiscountValue, ItemRole, OfferItem, UnitValue } from '../model.ts';

export type Cell = string | number;

const most = Number.MAX_SAFE_INTEGER;
const valueTypes = ['percentage', 'amount', 'price'] as const;

/**
 * Reads the cells of one row in turn; after a cell that cannot be what it should be, `done` is false. A class,
 * because the Function makes one for each offer of a configuration, and methods cost it nothing until they run.
 */
export class CellReader {
  private readonly row: readonly Cell[];
  private readonly products: readonly (readonly Cell[])[];
  private at: number;
  private ok: boolean;

  constructor(row: readonly Cell[], from: number, products: readonly (readonly Cell[])[]) {
    this.row = row;
    this.at = from;
    this.products = products;
    this.ok = true;
  }

  count(low: number, high: number): number {
    const cell = this.row[this.at];
    this.at += 1;
    if (typeof cell === 'number' && cell >= low && cell <= high && Math.floor(cell) === cell) return cell;
    this.ok = false;
    return low;
  }

  discount(): DiscountValue {
    return this.value(2) as DiscountValue;
  }

  unitValue(): UnitValue {
    return this.value(3);
  }

  private value(types: number): UnitValue {
    const type = valueTypes[this.count(0, types - 1)] ?? 'percentage';
    return type === 'percentage' ? { type, basisPoints: this.count(1, 10_000) } : { type, minor: this.count(1, most) };
  }

  /** The id of a product of the shard. */
  private productId(): string {
    const index = this.row[this.at];
    this.at += 1;
    const productId = typeof index === 'number' ? this.products[index]?.[0] : undefined;
    if (typeof productId === 'string') return productId;
    this.ok = false;
    return '';
  }

  private variantId(): string | null {
    const variantId = this.row[this.at];
    this.at += 1;
    if (variantId === 0) return null;
    if (typeof variantId !== 'string' || variantId === '') this.ok = false;
    return String(variantId);
  }

  /** A product and a variant of it. */
  item(): { readonly productId: string; readonly variantId: string | null } {
    return { productId: this.productId(), variantId: this.variantId() };
  }

  items(role: ItemRole): OfferItem[] {
    const found: OfferItem[] = [];
    for (let left = this.count(0, this.row.length); left > 0 && this.ok; left -= 1)
      found.push({ productId: this.productId(), variantId: this.variantId(), quantity: 1, role });
    return found;
  }

  list<T>(read: () => T): T[] {
    const found: T[] = [];
    for (let left = this.count(0, this.row.length); left > 0 && this.ok; left -= 1) found.push(read());
    return found;
  }

  /** Items with their quantities in what is left of the row. */
  itemsToTheEnd(): OfferItem[] {
    return this.rest(() => ({
      productId: this.productId(),
      variantId: this.variantId(),
      quantity: this.count(1, 1000),
    }));
  }

  /** What is left of the row. */
  rest<T>(read: () => T): T[] {
    const found: T[] = [];
    while (this.ok && this.at < this.row.length) found.push(read());
    return found;
  }

  /** True when everything could be read and nothing is left. */
  done(): boolean {
    return this.ok && this.at === this.row.length;
  }
}

export function readCells(row: readonly Cell[], from: number, products: readonly (readonly Cell[])[]): CellReader {
  return new CellReader(row, from, products);
}

/** True for a value of one of the first so many types. */
export function isOfTypes(value: UnitValue, types: number): boolean {
  return valueTypes.indexOf(value.type) < types;
}

export function valueCells(value: UnitValue): Cell[] {
  return [valueTypes.indexOf(value.type), value.type === 'percentage' ? value.basisPoints : value.minor];
}

/** Items of some role as a list that `items` reads. */
export function itemCells(items: readonly OfferItem[], at: (productId: string) => number): Cell[] {
  return [items.length, ...items.flatMap((item) => [at(item.productId), item.variantId ?? 0])];
}

export function withRole(items: readonly OfferItem[], role: ItemRole): OfferItem[] {
  return items.filter((item) => (item.role ?? 'part') === role);
}
