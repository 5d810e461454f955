import type { SourceId, Suggestion } from '../model.ts';
import { sources } from '../sources/index.ts';
import { linearWeight } from './ease.ts';
import { at, countItems } from './history.ts';
import { best } from './best.ts';
import { popularScore } from './popular-list.ts';
import { openPairChances } from './prior.ts';
import type { Model } from './train-model.ts';

/** The lists that are stored for a shop; made once after training, so that asking for a product is a look-up. */
export interface ProductLists {
  together(item: number, limit: number): Suggestion[];
  similar(item: number, limit: number): Suggestion[];
  popular(limit: number): Suggestion[];
}

/** Sales at which a product's own baskets weigh as much as its description when likeness is judged. */
const provenSales = 10;

/**
 * Ranks only a product's neighbours and look-alikes, with the weights learnt for guests' carts: work grows with the
 * products, not with their square.
 */
export function makeProductLists(model: Model): ProductLists {
  const { history, neighbours, content, linear } = model.parts;
  const n = history.items.length;
  const counts = countItems(history);
  const moment = (history.basketAt.at(-1) ?? 0) + 86_400_000;
  const trending = model.parts.popularity(moment, 7);
  const popular = model.parts.popularity(moment, 30);
  const established = model.parts.popularity(moment, 120);
  const lastYear = model.parts.popularityLastYear(moment);
  const hear = new Map(
    sources.map((source, index) => [source.id, { weight: model.weights.guest[index] ?? 0, floor: source.floor }]),
  );
  const voice = (id: SourceId, value: number) => {
    const heard = hear.get(id);
    return heard === undefined || value <= 0 ? 0 : heard.weight * Math.log(1 + value / heard.floor);
  };
  const chances = openPairChances(model.parts, moment);
  const sellable = (item: number) => model.offered[item] === 1;
  const sold = (item: number) =>
    voice('trending', trending[item] ?? 0) +
    voice('popular', popular[item] ?? 0) +
    voice('established', established[item] ?? 0) +
    voice('last-year', lastYear?.[item] ?? 0);
  const byPopularity = [
    ...best(
      Float64Array.from({ length: n }, (_, item) =>
        sellable(item) ? (popular[item] ?? 0) + (trending[item] ?? 0) + 1e-6 * at(counts, item) : -1,
      ),
      Math.min(n, 100),
    ),
  ].filter(sellable);

  const pairsOf = (item: number) => {
    const found = new Map<number, { support: number; cosine: number; lift: number; likeness: number }>();
    for (let k = at(neighbours.start, item); k < at(neighbours.start, item + 1); k += 1) {
      found.set(at(neighbours.item, k), {
        support: at(neighbours.support, k),
        cosine: at(neighbours.cosine, k),
        lift: at(neighbours.lift, k),
        likeness: 0,
      });
    }
    for (let k = at(content.start, item); k < at(content.start, item + 1); k += 1) {
      const other = at(content.item, k);
      const known = found.get(other);
      if (known) known.likeness = at(content.likeness, k);
      else found.set(other, { support: 0, cosine: 0, lift: 0, likeness: at(content.likeness, k) });
    }
    return [...found].filter(([other]) => other !== item && sellable(other));
  };

  /** Completes a short list with what sells, so that a page is never empty while there is something to offer. */
  const completed = (item: number, list: Suggestion[], limit: number): Suggestion[] => {
    const taken = new Set(list.map((one) => one.productId));
    const lowest = list.at(-1)?.score ?? 0;
    for (const other of byPopularity) {
      if (list.length >= limit) break;
      const productId = history.items[other] ?? '';
      if (other === item || taken.has(productId)) continue;
      list.push({
        productId,
        score: lowest - 1 - list.length / 1000,
        source: 'popular',
        reason: { support: at(counts, other), lift: 1, because: null },
      });
    }
    return list;
  };

  const ranked = (
    item: number,
    limit: number,
    rank: (
      pair: { support: number; cosine: number; lift: number; likeness: number },
      other: number,
    ) => { score: number; source: SourceId },
  ): Suggestion[] => {
    const pairs = pairsOf(item);
    const ranks = pairs.map(([other, pair]) => rank(pair, other));
    const list = [
      ...best(
        Float64Array.from(ranks, (one) => one.score),
        limit,
      ),
    ].map((index): Suggestion => {
      const [other, pair] = pairs[index] ?? [0, { support: 0, lift: 0 }];
      const lift = pair.support === 0 ? 1 : Math.exp((pair.lift * (pair.support + 4)) / pair.support);
      return {
        productId: history.items[other] ?? '',
        score: Math.round((ranks[index]?.score ?? 0) * 10_000) / 10_000,
        source: ranks[index]?.source ?? 'content',
        reason: { support: pair.support, lift: Math.round(lift * 100) / 100, because: history.items[item] ?? null },
      };
    });
    return completed(item, list, limit);
  };

  return {
    together: (item, limit) => {
      const chance = chances?.(item);
      return ranked(item, limit, (pair, other) => {
        const counted = voice('together', pair.lift / 3) + voice('basket-neighbours', pair.cosine);
        const modelled = linear === null ? 0 : voice('basket-model', linearWeight(linear, item, other));
        const looks = voice('content', pair.likeness / Math.SQRT2);
        const source: SourceId = pair.support > 0 ? (modelled > counted ? 'basket-model' : 'together') : 'content';
        const kinds = voice('prior', chance?.(other, pair.support) ?? 0);
        return { score: counted + modelled + looks + kinds + sold(other), source };
      });
    },
    similar: (item, limit) =>
      ranked(item, limit, (pair, other) => {
        const proven = Math.min(at(counts, item), at(counts, other));
        const share = proven / (proven + provenSales);
        const fromOrders = 0.5 * share * pair.cosine;
        const fromContent = (1 - 0.5 * share) * pair.likeness;
        return { score: fromOrders + fromContent, source: fromOrders > fromContent ? 'taste-neighbours' : 'content' };
      }),
    popular: (limit) =>
      byPopularity.slice(0, limit).map((item) => ({
        productId: history.items[item] ?? '',
        score: popularScore(trending[item] ?? 0, popular[item] ?? 0),
        source: 'popular',
        reason: { support: at(counts, item), lift: 1, because: null },
      })),
  };
}
