import { createHistoryBuilder, type History } from '#app/domains/recommendations/index.ts';

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

/**
 * Orders of a shop whose products stand in themes of 20: most lines of an order are of its theme, the others are
 * of the bestsellers; a quarter as many customers as orders; ten orders a minute.
 */
export function generateHistory({ orders, products, linesPerOrder }: Stream): History {
  const random = createRandom();
  const builder = createHistoryBuilder();
  const ids = Array.from({ length: products }, (_, item) => `p${item}`);
  const customers = Math.max(1, orders >> 2);
  for (let order = 0; order < orders; order += 1) {
    const id = `o${order}`;
    const customer = `c${random(customers)}`;
    const moment = new Date(Date.UTC(2025, 0, 1) + order * 6_000);
    const theme = random(Math.max(1, Math.floor(products / 20))) * 20;
    for (let line = 0; line < linesPerOrder; line += 1) {
      const item = random(4) === 0 ? random(1 + random(products)) : (theme + random(20)) % products;
      builder.add(id, customer, moment, ids[item] ?? 'p0');
    }
  }
  return builder.build();
}
