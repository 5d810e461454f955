import { groupOf, strangers } from '../engine/customer-groups.ts';
import type { Source } from './source.ts';

const popularity = (id: 'trending' | 'popular' | 'established', days: number, prior: Source['prior']): Source => ({
  id,
  floor: 0.001,
  hearsBasket: false,
  prior,
  write(parts, { question }, out) {
    out.set(parts.popularity(question.moment, days));
  },
});

/** What sells this week, this month and this season; their differences tell what is rising or leaving. */
export const trending = popularity('trending', 7, { cart: 0.2, next: 0.3, discover: 0.4 });
export const popular = popularity('popular', 30, { cart: 0.2, next: 0.4, discover: 0.6 });
export const established = popularity('established', 120, { cart: -0.3, next: -0.3, discover: -0.4 });

/** What sold in these weeks a year ago, silent until the shop is that old: what comes back with its season. */
export const lastYear: Source = {
  id: 'last-year',
  floor: 0.001,
  hearsBasket: false,
  prior: { cart: 0.05, next: 0.1, discover: 0.1 },
  write(parts, { question }, out) {
    const shares = parts.popularityLastYear(question.moment);
    if (shares !== null) out.set(shares);
  },
};

/**
 * What customers like this one buy: alike in the size of their orders, the prices and the kind of what they bought.
 * A cart says more than the group of who fills it: there this source was measured to cost quality.
 */
export const popularAmong: Source = {
  id: 'popular-among',
  floor: 0.001,
  hearsBasket: false,
  knowsCustomer: true,
  heardOn: ['next', 'discover'],
  prior: { next: 0.1, discover: 0.1 },
  write(parts, { question, profile }, out) {
    const group = groupOf(parts.groups, profile);
    if (group !== strangers) out.set(parts.popularityAmong(question.moment, group));
  },
};
