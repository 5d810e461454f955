/** One line of a past order. */
export interface BasketLine {
  readonly orderId: string;
  /** null for guests */
  readonly customerId: string | null;
  readonly placedAt: Date;
  readonly productId: string;
  readonly quantity: number;
}

/** Past baskets in flat arrays, oldest first. Basket `b` holds places `start[b]` to `start[b + 1]`. */
export interface Baskets {
  readonly start: Uint32Array;
  /** index into `products`; distinct within a basket */
  readonly item: Uint32Array;
  readonly quantity: Uint32Array;
  /** milliseconds since 1970 */
  readonly at: Float64Array;
  /** a number for each buyer; guests have one of their own each */
  readonly buyer: Uint32Array;
  readonly products: readonly string[];
  /** baskets that were left out by the caps */
  readonly capped: number;
}

/** Of a larger basket the products that most orders hold count: who buys 500 things at once tells about the buyer. */
export const mostProductsPerBasket = 60;
/** One buyer counts for 2 % of all orders at most, but always for 3 and never for more than 12: the latest ones. */
const buyerShare = 0.02;
const buyerLeast = 3;
const buyerMost = 12;

interface Open {
  readonly orderId: string;
  readonly customerId: string | null;
  readonly at: number;
  readonly lines: Map<number, number>;
}

export interface BasketReader {
  /** Takes the next line. Lines of one order follow each other; orders come oldest first. */
  add(line: BasketLine): void;
  build(): Baskets;
}

/** Gathers order lines into baskets; `build` applies the caps. Lines of one product in an order are added up. */
export function createBasketReader(): BasketReader {
  const indexes = new Map<string, number>();
  const orders: Open[] = [];
  return {
    add({ orderId, customerId, placedAt, productId, quantity }) {
      if (quantity <= 0) return;
      let open = orders.at(-1);
      if (open?.orderId !== orderId) {
        open = { orderId, customerId, at: placedAt.getTime(), lines: new Map() };
        orders.push(open);
      }
      let index = indexes.get(productId);
      if (index === undefined) {
        index = indexes.size;
        indexes.set(productId, index);
      }
      open.lines.set(index, (open.lines.get(index) ?? 0) + quantity);
    },
    build: () => flatten(orders, [...indexes.keys()]),
  };
}

/** True for the orders that count: of each buyer the latest few, and one of several that hold the same. */
function countingOrders(orders: readonly Open[]): boolean[] {
  const most = Math.min(buyerMost, Math.max(buyerLeast, Math.floor(orders.length * buyerShare)));
  const taken = new Map<string, { count: number; sets: Set<string> }>();
  const counts = orders.map(() => false);
  for (let index = orders.length - 1; index >= 0; index -= 1) {
    const order = orders[index];
    if (!order) continue;
    if (order.customerId !== null) {
      const known = taken.get(order.customerId) ?? { count: 0, sets: new Set() };
      taken.set(order.customerId, known);
      const set = [...order.lines].map(([item, quantity]) => `${String(item)}x${String(quantity)}`).join();
      if (known.count >= most || known.sets.has(set)) continue;
      known.count += 1;
      known.sets.add(set);
    }
    counts[index] = true;
  }
  return counts;
}

function flatten(orders: readonly Open[], products: readonly string[]): Baskets {
  const counts = countingOrders(orders);
  const kept = orders.filter((_, index) => counts[index]);
  const popularity = new Uint32Array(products.length);
  for (const { lines } of kept) for (const index of lines.keys()) popularity[index] = (popularity[index] ?? 0) + 1;

  const start = new Uint32Array(kept.length + 1);
  kept.forEach(({ lines }, index) => {
    start[index + 1] = (start[index] ?? 0) + Math.min(lines.size, mostProductsPerBasket);
  });
  const size = start[kept.length] ?? 0;
  const item = new Uint32Array(size);
  const quantity = new Uint32Array(size);
  const buyers = new Map<string, number>();
  const buyer = new Uint32Array(kept.length);
  kept.forEach((order, index) => {
    const name = order.customerId === null ? `guest ${String(index)}` : `customer ${order.customerId}`;
    const number = buyers.get(name) ?? buyers.size;
    buyers.set(name, number);
    buyer[index] = number;
    let lines = [...order.lines];
    if (lines.length > mostProductsPerBasket)
      lines = lines
        .sort(([a], [b]) => (popularity[b] ?? 0) - (popularity[a] ?? 0) || a - b)
        .slice(0, mostProductsPerBasket);
    lines.forEach(([line, count], place) => {
      item[(start[index] ?? 0) + place] = line;
      quantity[(start[index] ?? 0) + place] = count;
    });
  });
  return {
    start,
    item,
    quantity,
    at: Float64Array.from(kept, ({ at }) => at),
    buyer,
    products,
    capped: orders.length - kept.length,
  };
}

/** Units of a product (index into `products`) in a basket; 0 where it is not in there. */
export function unitsIn({ start, item, quantity }: Baskets, basket: number, product: number): number {
  for (let place = start[basket] ?? 0; place < (start[basket + 1] ?? 0); place += 1)
    if (item[place] === product) return quantity[place] ?? 0;
  return 0;
}
