import type { History } from '#app/domains/recommendations/index.ts';

export interface Stream {
  readonly orders: number;
  readonly products: number;
  readonly linesPerOrder: number;
}

/** Small whole numbers from a fixed start (a linear congruential generator): every run makes the same orders. */
function createRandom(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const shared = (length: number) => new Int32Array(new SharedArrayBuffer(length * 4));

/**
 * Orders of a shop whose products stand in themes of 20: most lines of an order are of its theme, the others are
 * of the bestsellers; a quarter as many customers as orders; ten orders a minute. Written straight into the arrays
 * of a history, so that ten million orders need no ten million names; customers have numbers only.
 */
export function generateHistory({ orders, products, linesPerOrder }: Stream): History {
  const random = createRandom();
  const customers = Math.max(1, orders >> 2);
  const basketAt = new Float64Array(new SharedArrayBuffer(orders * 8));
  const basketCustomer = shared(orders);
  const basketStart = shared(orders + 1);
  const basketItem = shared(orders * linesPerOrder);
  const customerStart = shared(customers + 1);
  const lines = new Int32Array(linesPerOrder);
  let written = 0;
  for (let order = 0; order < orders; order += 1) {
    const customer = random(customers);
    basketAt[order] = Date.UTC(2025, 0, 1) + order * 6_000;
    basketCustomer[order] = customer;
    customerStart[customer + 1] = (customerStart[customer + 1] ?? 0) + 1;
    const theme = random(Math.max(1, Math.floor(products / 20))) * 20;
    for (let line = 0; line < linesPerOrder; line += 1)
      lines[line] = random(4) === 0 ? random(1 + random(products)) : (theme + random(20)) % products;
    let previous = -1;
    for (const item of lines.sort()) if (item !== previous) basketItem[written++] = previous = item;
    basketStart[order + 1] = written;
  }
  for (let customer = 0; customer < customers; customer += 1)
    customerStart[customer + 1] = (customerStart[customer + 1] ?? 0) + (customerStart[customer] ?? 0);
  const next = customerStart.slice();
  const customerBasket = shared(orders);
  basketCustomer.forEach((customer, order) => {
    const place = next[customer] ?? 0;
    customerBasket[place] = order;
    next[customer] = place + 1;
  });
  return {
    items: Array.from({ length: products }, (_, item) => `p${item}`),
    itemIndex: new Map(),
    customers: new Array<string>(customers).fill(''),
    customerIndex: new Map(),
    basketAt,
    basketCustomer,
    basketStart,
    basketItem: basketItem.subarray(0, written),
    customerStart,
    customerBasket,
  };
}
