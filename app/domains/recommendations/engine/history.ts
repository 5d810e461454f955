/**
 * A shop's orders as typed arrays: 12 bytes for each bought product and a few for each order, so that a million
 * orders fit where a thousand objects would not. Numbering follows the sorted ids, so the order in which lines
 * arrive changes nothing.
 */
export interface History {
  readonly items: readonly string[];
  readonly itemIndex: ReadonlyMap<string, number>;
  readonly customers: readonly string[];
  readonly customerIndex: ReadonlyMap<string, number>;
  /** baskets in time order: moment (ms since 1970), customer (-1 = guest) and where their items start */
  readonly basketAt: Float64Array;
  readonly basketCustomer: Int32Array;
  readonly basketStart: Int32Array;
  readonly basketItem: Int32Array;
  /** each customer's baskets, oldest first */
  readonly customerStart: Int32Array;
  readonly customerBasket: Int32Array;
}

export interface HistoryBuilder {
  /** One bought product; the same product twice in one order counts once. */
  add(orderId: string, customerId: string | null, at: Date, productId: string): void;
  /** A product without sales, so that it has a number too. */
  addItem(productId: string): void;
  build(): History;
}

/** Collects order lines, in any order, without keeping an object for each. */
export function createHistoryBuilder(): HistoryBuilder {
  const orders = names();
  const items = names();
  const customers = names();
  let orderAt = new Float64Array(1024);
  let orderCustomer = new Int32Array(1024);
  let lineOrder = new Int32Array(4096);
  let lineItem = new Int32Array(4096);
  let lines = 0;
  return {
    add(orderId, customerId, at, productId) {
      const order = orders.number(orderId);
      if (order >= orderAt.length) {
        orderAt = grown(orderAt, new Float64Array(order * 2));
        orderCustomer = grown(orderCustomer, new Int32Array(order * 2));
      }
      orderAt[order] = at.getTime();
      orderCustomer[order] = customerId === null ? -1 : customers.number(customerId);
      if (lines >= lineOrder.length) {
        lineOrder = grown(lineOrder, new Int32Array(lines * 2));
        lineItem = grown(lineItem, new Int32Array(lines * 2));
      }
      lineOrder[lines] = order;
      lineItem[lines] = items.number(productId);
      lines += 1;
    },
    addItem(productId) {
      items.number(productId);
    },
    build() {
      const [itemNames, itemRank] = items.sorted();
      const [customerNames, customerRank] = customers.sorted();
      const [, orderRank] = orders.sorted();
      const count = orderRank.length;
      const byTime = Int32Array.from({ length: count }, (_, order) => order).sort(
        (a, b) => at(orderAt, a) - at(orderAt, b) || at(orderRank, a) - at(orderRank, b),
      );
      const place = new Int32Array(count);
      byTime.forEach((order, position) => (place[order] = position));
      const basketCustomer = sharedInts(count);
      const basketAt = new Float64Array(new SharedArrayBuffer(count * 8));
      byTime.forEach((order, position) => {
        basketAt[position] = at(orderAt, order);
        const customer = at(orderCustomer, order);
        basketCustomer[position] = customer < 0 ? -1 : at(customerRank, customer);
      });
      const rawStart = starts(lines, count, (line) => at(place, at(lineOrder, line)));
      const rawItem = fill(
        lines,
        rawStart,
        (line) => at(place, at(lineOrder, line)),
        (line) => at(itemRank, at(lineItem, line)),
      );
      const basketStart = sharedInts(count + 1);
      const basketItem = new Int32Array(lines);
      let written = 0;
      for (let basket = 0; basket < count; basket += 1) {
        const sorted = rawItem.subarray(at(rawStart, basket), at(rawStart, basket + 1)).sort();
        let previous = -1;
        for (const item of sorted) if (item !== previous) basketItem[written++] = previous = item;
        basketStart[basket + 1] = written;
      }
      return completeHistory(
        itemNames,
        customerNames,
        basketAt,
        basketCustomer,
        basketStart,
        sharedCopy(basketItem.subarray(0, written)),
      );
    },
  };
}

/** The same shop with some baskets left out; items and customers keep their numbers. */
export function keepBaskets(history: History, keep: (basket: number) => boolean): History {
  const kept: number[] = [];
  for (let basket = 0; basket < history.basketAt.length; basket += 1) if (keep(basket)) kept.push(basket);
  const basketStart = sharedInts(kept.length + 1);
  kept.forEach((basket, position) => {
    basketStart[position + 1] =
      at(basketStart, position) + at(history.basketStart, basket + 1) - at(history.basketStart, basket);
  });
  const basketItem = sharedInts(at(basketStart, kept.length));
  kept.forEach((basket, position) => basketItem.set(itemsOf(history, basket), at(basketStart, position)));
  return completeHistory(
    history.items,
    history.customers,
    Float64Array.from(kept, (basket) => at(history.basketAt, basket)),
    Int32Array.from(kept, (basket) => at(history.basketCustomer, basket)),
    basketStart,
    basketItem,
    history,
  );
}

/** The items of one basket, ascending. */
export function itemsOf(history: History, basket: number): Int32Array {
  return history.basketItem.subarray(at(history.basketStart, basket), at(history.basketStart, basket + 1));
}

/** The baskets of one customer, oldest first. */
export function basketsOf(history: History, customer: number): Int32Array {
  return history.customerBasket.subarray(at(history.customerStart, customer), at(history.customerStart, customer + 1));
}

/** In how many baskets each item is. */
export function countItems(history: History): Float64Array {
  const counts = new Float64Array(history.items.length);
  const { basketItem } = history;
  for (let line = 0; line < basketItem.length; line += 1) {
    const item = basketItem[line] ?? 0;
    counts[item] = (counts[item] ?? 0) + 1;
  }
  return counts;
}

/** Zeroes in memory that threads share without a copy. */
export function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

/** Reads a typed array at an index that is known to be inside it. */
export function at(array: Int32Array | Float32Array | Float64Array, index: number): number {
  return array[index] ?? 0;
}

/** A history from what it is made of: all else in it follows. The last three lie in shared memory where threads use it. */
export function completeHistory(
  items: readonly string[],
  customers: readonly string[],
  basketAt: Float64Array,
  basketCustomer: Int32Array,
  basketStart: Int32Array,
  basketItem: Int32Array,
  known?: Pick<History, 'itemIndex' | 'customerIndex'>,
): History {
  const named = basketCustomer.reduce((sum, customer) => sum + (customer < 0 ? 0 : 1), 0);
  const customerStart = sharedInts(customers.length + 1);
  for (const customer of basketCustomer)
    if (customer >= 0) customerStart[customer + 1] = at(customerStart, customer + 1) + 1;
  for (let customer = 0; customer < customers.length; customer += 1) {
    customerStart[customer + 1] = at(customerStart, customer + 1) + at(customerStart, customer);
  }
  const next = customerStart.slice();
  const customerBasket = sharedInts(named);
  basketCustomer.forEach((customer, basket) => {
    if (customer < 0) return;
    customerBasket[at(next, customer)] = basket;
    next[customer] = at(next, customer) + 1;
  });
  return {
    items,
    itemIndex: known?.itemIndex ?? new Map(items.map((item, index) => [item, index])),
    customers,
    customerIndex: known?.customerIndex ?? new Map(customers.map((customer, index) => [customer, index])),
    basketAt,
    basketCustomer,
    basketStart,
    basketItem,
    customerStart,
    customerBasket,
  };
}

/** The same numbers in memory that threads share without a copy. */
export function sharedCopy(values: Int32Array): Int32Array {
  const copy = sharedInts(values.length);
  copy.set(values);
  return copy;
}

function names() {
  const numbers = new Map<string, number>();
  return {
    number(name: string): number {
      let number = numbers.get(name);
      if (number === undefined) numbers.set(name, (number = numbers.size));
      return number;
    },
    /** the names in code-unit order, and for each number its place there */
    sorted(): [string[], Int32Array] {
      const list = [...numbers.keys()].sort();
      const rank = new Int32Array(list.length);
      list.forEach((name, position) => (rank[numbers.get(name) ?? 0] = position));
      return [list, rank];
    },
  };
}

function grown<A extends Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

function starts(lines: number, rows: number, rowOf: (line: number) => number): Int32Array {
  const start = new Int32Array(rows + 1);
  for (let line = 0; line < lines; line += 1) start[rowOf(line) + 1] = at(start, rowOf(line) + 1) + 1;
  for (let row = 0; row < rows; row += 1) start[row + 1] = at(start, row + 1) + at(start, row);
  return start;
}

function fill(
  lines: number,
  start: Int32Array,
  rowOf: (line: number) => number,
  valueOf: (line: number) => number,
): Int32Array {
  const next = start.slice();
  const values = new Int32Array(lines);
  for (let line = 0; line < lines; line += 1) {
    const row = rowOf(line);
    values[at(next, row)] = valueOf(line);
    next[row] = at(next, row) + 1;
  }
  return values;
}
