import { at } from '../engine/history.ts';
import type { Source } from './source.ts';

/** Looks like what is in the basket, or like what the customer had: the only voice for products without sales. */
export const content: Source = {
  id: 'content',
  floor: 0.1,
  hearsBasket: true,
  prior: { cart: 0.2, next: 0.05, discover: 0.1 },
  write({ content: likes }, { question, profile }, out) {
    const fromBasket = question.basket.length > 0;
    const items: ArrayLike<number> = fromBasket ? question.basket : profile.items;
    let total = 1;
    for (let place = 0; place < items.length; place += 1) total += fromBasket ? 1 : at(profile.latest, place);
    for (let place = 0; place < items.length; place += 1) {
      const item = items[place] ?? 0;
      const weight = (fromBasket ? 1 : at(profile.latest, place)) / Math.sqrt(total);
      // Read without `at`: an access that sees one kind of array is faster, and these are many.
      const end = likes.start[item + 1] ?? 0;
      for (let k = likes.start[item] ?? 0; k < end; k += 1) {
        const other = likes.item[k] ?? 0;
        out[other] = (out[other] ?? 0) + (likes.likeness[k] ?? 0) * weight;
      }
    }
  },
};
