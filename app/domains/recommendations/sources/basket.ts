import { addLinear } from '../engine/ease.ts';
import { at } from '../engine/history.ts';
import type { Source } from './source.ts';

/** Bought together: mean shrunk log-lift with what is in the basket. */
export const together: Source = {
  id: 'together',
  floor: 0.1,
  hearsBasket: true,
  prior: { cart: 0.3 },
  write({ neighbours }, { question }, out) {
    const share = 1 / (question.basket.length + 2);
    for (const item of question.basket) {
      for (let k = at(neighbours.start, item); k < at(neighbours.start, item + 1); k += 1) {
        const other = at(neighbours.item, k);
        out[other] = at(out, other) + at(neighbours.lift, k) * share;
      }
    }
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
    for (const item of question.basket) {
      for (let k = at(neighbours.start, item); k < at(neighbours.start, item + 1); k += 1) {
        const other = at(neighbours.item, k);
        out[other] = at(out, other) + at(neighbours.cosine, k) * share;
      }
    }
  },
};
