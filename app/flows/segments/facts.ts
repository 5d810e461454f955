import { standingsOf } from '#app/domains/loyalty/index.ts';
import type { ShopFacts } from '#app/domains/segments/index.ts';
import { linkedBrowsers } from '#app/domains/signals/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';

/** What the conditions of segments need to know of a shop. */
export const segmentFacts = (
  { id, currency, timeZone }: Pick<Shop, 'id' | 'currency' | 'timeZone'>,
  now: Date,
): ShopFacts => ({
  currency,
  timeZone,
  now,
  standings: standingsOf(id),
  browsers: (only) => linkedBrowsers(id, only),
});
