import type { Head } from '../serving/head.ts';
import { hearing, soldVoice } from '../serving/hear.ts';
import type { FreshSales } from './fresh-popular.ts';

/**
 * The products that complete every cart, with what some of them sell by now: a product that sells better than the last of
 * them comes in, and as many as before stay. What it was before counts in nothing, so that adding sales twice changes
 * nothing.
 */
export function freshenHead(head: Head, fresh: readonly FreshSales[]): Head {
  const hear = hearing(head.weights);
  const scoreOf = ([, , week, month, season, lastYear]: Head['popular'][number]): number =>
    soldVoice(hear, [week, month, season, lastYear]) + hear.prior(season);
  const known = new Map(head.popular.map((one) => [one[0], one]));
  for (const { id, count, sold, sellable } of fresh)
    if (known.has(id) || sellable === true) known.set(id, [id, count, ...sold]);
  const popular = [...known.values()]
    .map((one) => ({ one, score: scoreOf(one) }))
    .sort((a, b) => b.score - a.score || (a.one[0] < b.one[0] ? -1 : 1))
    .slice(0, head.popular.length)
    .map(({ one }) => one);
  return { ...head, popular };
}
