import { areAlternatives } from './alternatives.ts';
import { type Baskets, unitsIn } from './baskets.ts';
import { countPairs } from './count-pairs.ts';
import { recentWindow, toEvidence } from './evidence.ts';
import { findQuantities } from './find-quantities.ts';
import { createGather } from './gather.ts';
import type { Evidence, IdeaFound, IdeaProduct } from './model.ts';
import type { Search } from './search.ts';
import { countLow, wilson } from './statistics.ts';

/** Products must meet so many times more often than by chance, at the lower end of what the counts allow. */
const leastLift = 1.2;
/** Two friends are no pattern. */
const leastBuyers = 3;
/** Pairs, with most orders beyond chance first, that become ideas or grow into triples and groups. */
const mostPairs = 600;
const mostTriples = 300;
/** Products to choose among. */
const mostAlternatives = 6;

export interface Findings {
  readonly ideas: readonly IdeaFound[];
  readonly threshold: number;
  readonly pairs: number;
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly orders: number;
}

/**
 * Looks for bundles in past baskets: pairs and triples that complete each other, alternatives to mix, and
 * products that are bought several at a time. Products that cannot be offered (gone, hidden, gift cards) are
 * counted in baskets but never proposed. Yields its progress as a share of one.
 */
export function* findIdeas(baskets: Baskets, products: ReadonlyMap<string, IdeaProduct>): Generator<number, Findings> {
  const counts = yield* countPairs(baskets);
  const window = recentWindow(baskets);
  const search: Search = {
    baskets,
    counts,
    window,
    gather: createGather(baskets, window.from),
    productAt(rank) {
      const product = products.get(baskets.products[counts.ranked[rank] ?? -1] ?? '');
      return product?.sellable && product.variants.length > 0 ? product : null;
    },
  };
  const pairs = strongPairs(search);
  const groups = groupAlternatives(search, pairs);
  const grouped = new Set(groups.flatMap((ranks) => pairKeys(ranks)));
  const fixed = pairs.filter(({ a, b }) => !grouped.has(keyOf([a, b])));
  const sets = [...fixed.map(({ a, b }) => [a, b]), ...triples(search, fixed)];
  const ideas = [
    ...sets.flatMap((ranks) => toFixed(search, ranks)),
    ...groups.flatMap((ranks) => toMix(search, ranks)),
    ...findQuantities(search),
  ];
  return {
    ideas: ideas.filter(({ evidence }) => evidence.buyers >= leastBuyers),
    threshold: counts.threshold,
    pairs: counts.pairs.length,
  };
}

const keyOf = (ranks: readonly number[]): string => [...ranks].sort((a, b) => a - b).join();
const pairKeys = (ranks: readonly number[]): string[] =>
  ranks.flatMap((a, index) => ranks.slice(index + 1).map((b) => keyOf([a, b])));
const ordersWith = (search: Search, rank: number): number => search.counts.holders[rank]?.length ?? 0;

/** Orders with both products that chance alone would give. */
const byChance = (search: Search, a: number, b: number): number =>
  (ordersWith(search, a) * ordersWith(search, b)) / Math.max(1, search.baskets.at.length);

function strongPairs(search: Search): Pair[] {
  return search.counts.pairs
    .filter(({ a, b, orders }) => countLow(orders) > leastLift * byChance(search, a, b))
    .filter(({ a, b }) => search.productAt(a) !== null && search.productAt(b) !== null)
    .map((pair) => ({ ...pair, beyond: pair.orders - byChance(search, pair.a, pair.b) }))
    .sort((x, y) => y.beyond - x.beyond || x.a - y.a || x.b - y.b)
    .slice(0, mostPairs);
}

/** Alternatives that are bought together: each group grows from its strongest pair. */
function groupAlternatives(search: Search, pairs: readonly Pair[]): number[][] {
  const alike = pairs.filter(({ a, b }) => alternatives(search, a, b));
  const used = new Set<number>();
  const groups: number[][] = [];
  for (const { a, b } of alike) {
    if (used.has(a) || used.has(b)) continue;
    const group = [a, b];
    for (const pair of alike) {
      if (group.length >= mostAlternatives) break;
      const next = group.includes(pair.a) ? pair.b : group.includes(pair.b) ? pair.a : null;
      if (next === null || used.has(next) || group.includes(next)) continue;
      if (group.every((member) => alternatives(search, member, next))) group.push(next);
    }
    group.forEach((rank) => used.add(rank));
    groups.push(group);
  }
  return groups;
}

function alternatives(search: Search, a: number, b: number): boolean {
  const [one, other] = [search.productAt(a), search.productAt(b)];
  return one !== null && other !== null && areAlternatives(one, other);
}

/** Third products that follow from a pair far more often than by chance and meet both of its products often. */
function triples(search: Search, pairs: readonly Pair[]): number[][] {
  const { counts, gather, baskets } = search;
  const partners = new Map<number, number[]>();
  for (const { a, b } of pairs) {
    partners.set(a, [...(partners.get(a) ?? []), b]);
    partners.set(b, [...(partners.get(b) ?? []), a]);
  }
  const seen = new Set<string>();
  const found: { ranks: number[]; beyond: number }[] = [];
  for (const { a, b, orders } of pairs) {
    for (const c of partners.get(a) ?? []) {
      const key = keyOf([a, b, c]);
      if (c === b || seen.has(key) || !(partners.get(b) ?? []).includes(c)) continue;
      seen.add(key);
      const holders = [a, b, c].flatMap((rank) => counts.holders[rank] ?? []);
      const { support } = gather(holders, 3);
      const expected = (orders * ordersWith(search, c)) / Math.max(1, baskets.at.length);
      if (support < counts.threshold || countLow(support) <= leastLift * expected) continue;
      found.push({ ranks: [a, b, c], beyond: support - expected });
    }
  }
  return found
    .sort((x, y) => y.beyond - x.beyond)
    .slice(0, mostTriples)
    .map(({ ranks }) => ranks);
}

function salesOf(search: Search, ranks: readonly number[]): Evidence['sales'] {
  return ranks.map((rank) => ({
    productId: idAt(search, rank),
    orders: ordersWith(search, rank),
    dailyUnits: (search.window.units[search.counts.ranked[rank] ?? -1] ?? 0) / search.window.days,
  }));
}

const idAt = (search: Search, rank: number): string => search.baskets.products[search.counts.ranked[rank] ?? -1] ?? '';

function toFixed(search: Search, ranks: readonly number[]): IdeaFound[] {
  const holders = ranks.flatMap((rank) => search.counts.holders[rank] ?? []);
  const counts = search.gather(holders, ranks.length);
  // The rarest part: from it the others follow most often.
  const given = [...ranks].sort((a, b) => ordersWith(search, a) - ordersWith(search, b))[0];
  if (given === undefined) return [];
  const orders = search.baskets.at.length;
  const rest = ranks.filter((rank) => rank !== given);
  const restOrders =
    rest.length === 1 ? ordersWith(search, rest[0] ?? -1) : search.counts.count(rest[0] ?? 0, rest[1] ?? 0);
  const expected = (ordersWith(search, given) * restOrders) / Math.max(1, orders);
  return [
    {
      kind: 'fixed',
      evidence: toEvidence(counts, search.window, {
        parts: ranks.map((rank) => ({ productId: idAt(search, rank), quantity: 1 })),
        pickCount: 0,
        orders,
        bundlesPerOrder: bundlesPerOrder(search, ranks, 0),
        partUnits: 1,
        given: {
          productId: idAt(search, given),
          orders: ordersWith(search, given),
          confidence: wilson(counts.support, ordersWith(search, given)),
        },
        lift: { value: counts.support / expected, low: countLow(counts.support) / expected },
        sales: salesOf(search, ranks),
      }),
    },
  ];
}

function toMix(search: Search, ranks: readonly number[]): IdeaFound[] {
  const holders = ranks.flatMap((rank) => search.counts.holders[rank] ?? []);
  const two = search.gather(holders, 2);
  const three = search.gather(holders, 3);
  // Where most who take two take three, three is the offer.
  const pickCount = ranks.length > 2 && three.support * 2 >= two.support ? 3 : 2;
  const pairs = ranks.flatMap((a, index) => ranks.slice(index + 1).map((b) => ({ a, b })));
  const met = pairs.reduce((sum, { a, b }) => sum + search.counts.count(a, b), 0);
  const expected = pairs.reduce((sum, { a, b }) => sum + byChance(search, a, b), 0);
  return [
    {
      kind: 'mix-and-match',
      evidence: toEvidence(pickCount === 3 ? three : two, search.window, {
        parts: ranks.map((rank) => ({ productId: idAt(search, rank), quantity: 1 })),
        pickCount,
        orders: search.baskets.at.length,
        bundlesPerOrder: bundlesPerOrder(search, ranks, pickCount),
        partUnits: 1,
        given: null,
        lift: { value: met / expected, low: countLow(met) / expected },
        sales: salesOf(search, ranks),
      }),
    },
  ];
}

/**
 * Whole bundles in the orders that hold one, as a mean: a set is whole as often as its rarest part, a
 * mix-and-match as often as its units fill one. Who buys a dozen of each gets the discount a dozen times.
 */
function bundlesPerOrder({ baskets, counts }: Search, ranks: readonly number[], pickCount: number): number {
  let [bundles, orders] = [0, 0];
  const holders = ranks.flatMap((rank) => counts.holders[rank] ?? []).sort((a, b) => a.length - b.length);
  // A whole set is in baskets of its rarest part only.
  const looked = pickCount === 0 ? (holders[0] ?? []) : new Set(holders.flatMap((list) => [...list]));
  for (const basket of looked) {
    const units = ranks.map((rank) => unitsIn(baskets, basket, counts.ranked[rank] ?? -1));
    const whole =
      pickCount === 0
        ? Math.min(...units)
        : units.filter((count) => count > 0).length >= pickCount
          ? Math.floor(units.reduce((sum, count) => sum + count, 0) / pickCount)
          : 0;
    if (whole === 0) continue;
    bundles += whole;
    orders += 1;
  }
  return orders === 0 ? 1 : bundles / orders;
}
