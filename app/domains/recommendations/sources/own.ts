import { at } from '../engine/history.ts';
import type { Source } from './source.ts';

/** How regularly this customer buys it: share of their baskets, one imagined empty basket added. */
export const ownHabit: Source = {
  id: 'own-habit',
  floor: 0.05,
  hearsBasket: false,
  knowsCustomer: true,
  prior: { cart: 0.3, next: 1 },
  write(_parts, { profile }, out) {
    profile.items.forEach((item, place) => (out[item] = at(profile.count, place) / (profile.baskets + 1)));
  },
};

/** The same with baskets fading over 60 days; the blend decides how much recency matters in this shop. */
export const ownRecent: Source = {
  id: 'own-recent',
  floor: 0.05,
  hearsBasket: false,
  knowsCustomer: true,
  prior: { cart: 0.1, next: 0.3 },
  write(_parts, { profile }, out) {
    profile.items.forEach((item, place) => (out[item] = at(profile.recent, place) / (profile.recentTotal + 0.3)));
  },
};

/** How many baskets ago it was bought last. */
export const ownLatest: Source = {
  id: 'own-latest',
  floor: 0.2,
  hearsBasket: false,
  knowsCustomer: true,
  prior: { next: 0.1 },
  write(_parts, { profile }, out) {
    profile.items.forEach((item, place) => (out[item] = at(profile.latest, place)));
  },
};

/** Has it, and it is a product that people come back for: some products are used up, others last. */
export const ownReplenished: Source = {
  id: 'own-replenished',
  floor: 0.05,
  hearsBasket: false,
  knowsCustomer: true,
  prior: { next: 0.2 },
  write({ repeats }, { profile }, out) {
    for (const item of profile.items) out[item] = at(repeats.rate, item);
  },
};
