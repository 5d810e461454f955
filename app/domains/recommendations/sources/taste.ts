import { addLinear } from '../engine/ease.ts';
import { at } from '../engine/history.ts';
import type { Source } from './source.ts';

/** The linear model asked with the customer's history, later baskets louder. */
export const taste: Source = {
  id: 'taste',
  floor: 0.01,
  hearsBasket: false,
  knowsCustomer: true,
  prior: { cart: 0.1, next: 0.4, discover: 0.4 },
  write({ linear }, { profile }, out) {
    if (linear === null || profile.items.length === 0) return;
    addLinear(linear, profile.items, profile.latest, out);
  },
};

/** Cosine of baskets, summed over the customer's history, later baskets louder. */
export const tasteNeighbours: Source = {
  id: 'taste-neighbours',
  floor: 0.02,
  hearsBasket: false,
  knowsCustomer: true,
  prior: { next: 0.5, discover: 0.6 },
  write({ neighbours }, { profile }, out) {
    let total = 1;
    for (const weight of profile.latest) total += weight;
    const share = 1 / Math.sqrt(total);
    profile.items.forEach((item, place) => {
      const weight = at(profile.latest, place) * share;
      // Read without `at`: an access that sees one kind of array is faster, and these are many.
      const end = neighbours.start[item + 1] ?? 0;
      for (let k = neighbours.start[item] ?? 0; k < end; k += 1) {
        const other = neighbours.item[k] ?? 0;
        out[other] = (out[other] ?? 0) + (neighbours.cosine[k] ?? 0) * weight;
      }
    });
  },
};

/** What the past baskets most like the customer's latest purchases hold besides. */
export const tasteBaskets: Source = {
  id: 'taste-baskets',
  floor: 0.02,
  hearsBasket: false,
  knowsCustomer: true,
  prior: { next: 0.1, discover: 0.2 },
  write({ nearBaskets, leftOut }, { profile }, out) {
    if (profile.items.length > 0) nearBaskets(profile.items, profile.latest, leftOut, out);
  },
};
