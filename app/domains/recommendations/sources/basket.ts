import { addLinear } from '../engine/ease.ts';
import type { Neighbours } from '../engine/neighbours.ts';
import type { Source } from './source.ts';

/** Bought together: mean shrunk log-lift with what is in the basket. */
export const together: Source = {
  id: 'together',
  floor: 0.1,
  hearsBasket: true,
  prior: { cart: 0.3 },
  write({ neighbours }, { question }, out) {
    addRows(neighbours, neighbours.lift, question.basket, 1 / (question.basket.length + 2), out);
  },
};

/** The linear model asked with the basket. */
export const basketModel: Source = {
  id: 'basket-model',
  floor: 0.02,
  hearsBasket: true,
  prior: { cart: 1 },
  write({ linear }, { question }, out) {
    if (linear === null || question.basket.length === 0) return;
    addLinear(linear, question.basket, null, out);
  },
};

/** Cosine of baskets, summed over what is in the basket. */
export const basketNeighbours: Source = {
  id: 'basket-neighbours',
  floor: 0.02,
  hearsBasket: true,
  prior: { cart: 0.7 },
  write({ neighbours }, { question }, out) {
    const share = 1 / Math.sqrt(Math.max(1, question.basket.length));
    addRows(neighbours, neighbours.cosine, question.basket, share, out);
  },
};

/** Adds what the items' neighbours have of a number, each times the share. */
function addRows(
  { start, item: others }: Neighbours,
  values: Float32Array,
  items: readonly number[],
  share: number,
  out: Float32Array,
): void {
  // Read without `at`: an access that sees one kind of array is faster, and lessons ask for thousands of baskets.
  for (const item of items) {
    const end = start[item + 1] ?? 0;
    for (let k = start[item] ?? 0; k < end; k += 1) {
      const other = others[k] ?? 0;
      out[other] = (out[other] ?? 0) + (values[k] ?? 0) * share;
    }
  }
}
