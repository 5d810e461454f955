import type { DiscountValue, ItemRole, OfferItem, UnitValue } from '../model.ts';

export type Cell = string | number;

/** Reads the cells of one row in turn. After a cell that cannot be what it should be, `ok` is false. */
export interface CellReader {
  count(from: number, to: number): number;
  discount(): DiscountValue;
  unitValue(): UnitValue;
  items(role: ItemRole): OfferItem[];
  /** a product and a variant of it */
  item(): { readonly productId: string; readonly variantId: string | null };
  list<T>(read: () => T): T[];
  /** what is left of the row */
  rest<T>(read: () => T): T[];
  /** true when everything could be read and nothing is left */
  done(): boolean;
}

const most = Number.MAX_SAFE_INTEGER;
const valueTypes = ['percentage', 'amount', 'price'] as const;

export function readCells(row: readonly Cell[], from: number, products: readonly (readonly Cell[])[]): CellReader {
  let at = from;
  let ok = true;
  const next = (): Cell | undefined => row[at++];
  const count = (low: number, high: number): number => {
    const cell = next();
    if (typeof cell === 'number' && Number.isInteger(cell) && cell >= low && cell <= high) return cell;
    ok = false;
    return low;
  };
  const item = (): { productId: string; variantId: string | null } => {
    const productId = products[count(0, Math.max(0, products.length - 1))]?.[0];
    const variantId = next();
    if (typeof productId !== 'string' || (variantId !== 0 && (typeof variantId !== 'string' || variantId === '')))
      ok = false;
    return { productId: String(productId), variantId: typeof variantId === 'string' ? variantId : null };
  };
  const list = <T>(read: () => T): T[] => {
    const found: T[] = [];
    for (let left = count(0, row.length); left > 0 && ok; left -= 1) found.push(read());
    return found;
  };
  const valueOf = (types: number): UnitValue => {
    const type = valueTypes[count(0, types - 1)] ?? 'percentage';
    return type === 'percentage' ? { type, basisPoints: count(1, 10_000) } : { type, minor: count(1, most) };
  };
  return {
    count,
    item,
    list,
    rest(read) {
      const found = [];
      while (ok && at < row.length) found.push(read());
      return found;
    },
    discount: () => valueOf(2) as DiscountValue,
    unitValue: () => valueOf(3),
    items: (role) => list(() => ({ ...item(), quantity: 1, role })),
    done: () => ok && at === row.length,
  };
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
