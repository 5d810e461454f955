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
