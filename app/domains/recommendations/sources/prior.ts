import { addPosterior } from '../engine/prior.ts';
import type { Source } from './source.ts';

/**
 * How often products of such types, prices and sales go together, moved by what the orders say of the very pair: the
 * voice for pairs that hardly anybody bought yet.
 */
export const prior: Source = {
  id: 'prior',
  floor: 0.002,
  hearsBasket: true,
  prior: { cart: 0.5 },
  write(parts, { question }, out) {
    addPosterior(parts, { items: question.basket, moment: question.moment, leftOut: parts.leftOut }, out);
  },
};
