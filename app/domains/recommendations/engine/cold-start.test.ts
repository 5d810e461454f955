import { describe, expect, it } from 'vitest';
import type { CatalogItem } from '../model.ts';
import { modelSureness } from './confidence.ts';
import { createHistoryBuilder } from './history.ts';
import { seeded } from './intervals.ts';
import { suggest } from './suggest.ts';
import { type Model, trainModel } from './train-model.ts';

const firstOrders = 50;
const questions = 300;
const shown = 5;
const kinds = [
  ['tea', 'cup'],
  ['lamp', 'bulb'],
  ['pen', 'ink'],
] as const;
const perKind = 15;

const day = 86_400_000;
const catalog = kinds.flat().flatMap((type) =>
  Array.from({ length: perKind }, (_, place): CatalogItem => ({
    productId: `${type}-${String(place)}`,
    title: `${type} ${String(place)}`,
    productType: type,
    vendor: '',
    tags: [],
    priceMinor: 1_000,
    sellable: true,
  })),
);

type Pair = readonly [string, string];

/** Orders of one product and its companion of the other kind; some products sell several times as often as others. */
function shoppers(seed: number): () => Pair {
  const random = seeded(seed);
  const any = () => Math.floor(random() ** 2 * perKind);
  return () => {
    const [one, other] = kinds[Math.floor(random() * kinds.length)] ?? kinds[0];
    return [`${one}-${String(any())}`, `${other}-${String(any())}`];
  };
}

/** A shop after so many orders, and later pairs: any, or those that none of the orders held. */
function train(
  orders: number,
  known: readonly CatalogItem[],
  among: 'any' | 'unseen',
): { model: Model; later: readonly Pair[] } {
  const builder = createHistoryBuilder();
  const buy = shoppers(11);
  const seen = new Set<string>();
  for (let order = 0; order < orders; order += 1) {
    const pair = buy();
    seen.add(pair.join());
    for (const productId of pair) builder.add(`o${String(order)}`, null, new Date(order * day), productId);
  }
  for (const { productId } of catalog) builder.addItem(productId);
  const later: Pair[] = [];
  while (later.length < questions) {
    const pair = buy();
    if (among === 'any' || !seen.has(pair.join())) later.push(pair);
  }
  return { model: trainModel(builder.build(), known), later };
}

/** In how many of the later orders the second product was among those suggested to the first. */
function hitRate(model: Model, later: readonly Pair[]): number {
  const hits = later.filter(([first, second]) =>
    suggest(model, { surface: 'cart', productIds: [first], customerId: null, limit: shown }).some(
      (one) => one.productId === second,
    ),
  );
  return hits.length / later.length;
}

/** The same by what sells best, whatever the first product is: what a shop has without us. */
function bestsellers(model: Model, later: readonly Pair[]): number {
  const { items } = model.parts.history;
  const counts = model.parts.neighbours.counts;
  const best = items
    .map((id, item) => ({ id, sold: counts[item] ?? 0 }))
    .sort((a, b) => b.sold - a.sold)
    .slice(0, shown + 1);
  const hits = later.filter(([first, second]) =>
    best
      .filter(({ id }) => id !== first)
      .slice(0, shown)
      .some(({ id }) => id === second),
  );
  return hits.length / later.length;
}

describe('a shop of fifty orders', () => {
  it('is suggested twice as well as by its bestsellers, for pairs that nobody has bought yet', () => {
    const { model, later } = train(firstOrders, catalog, 'unseen');
    const own = hitRate(model, later);
    expect(own).toBeGreaterThan(2 * bestsellers(model, later));
  });

  it('loses nothing against its bestsellers where no product has a type', () => {
    const { model, later } = train(firstOrders, [], 'any');
    expect(hitRate(model, later)).toBeGreaterThanOrEqual(bestsellers(model, later));
  });

  it.each([
    [10, 'a-guess'],
    [49, 'a-guess'],
    [50, 'some-evidence'],
    [400, 'sure'],
  ])('says after %i orders how sure it is: %s', (orders, word) => {
    const sureness = modelSureness(train(orders, catalog, 'any').model.report);
    expect(sureness).toMatchObject({ word, orders });
    expect(sureness.ownEvidence).toBeLessThan(1);
  });
});
