import { describe, expect, it } from 'vitest';
import type { CatalogItem } from '../model.ts';
import { startCrew } from './crew.ts';
import { at, createHistoryBuilder, type History, keepBaskets } from './history.ts';
import { countNeighbours } from './neighbours.ts';
import { countDays } from './popularity.ts';
import { addPosterior, createPriorShares, learnPrior, openPairChances, tellsApart } from './prior.ts';
import { shrunk, strengthOf } from './prior-strength.ts';

const day = 86_400_000;
const item = (productId: string, productType: string, priceMinor: number | null): CatalogItem => ({
  productId,
  title: '',
  productType,
  vendor: '',
  tags: [],
  priceMinor,
  sellable: true,
});

/** Teas are bought with cups and lamps with bulbs; `tea-9` and `cup-9` have no sale. */
function shop(): { history: History; catalog: CatalogItem[] } {
  const builder = createHistoryBuilder();
  const catalog = ['tea', 'cup', 'lamp', 'bulb'].flatMap((type) =>
    Array.from({ length: 10 }, (_, k) => item(`${type}-${k}`, type, 1_000)),
  );
  for (const { productId } of catalog) builder.addItem(productId);
  let seed = 5;
  const random = (below: number) => Math.floor(((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647) * below);
  for (let order = 0; order < 60; order += 1) {
    const [one, other] = order % 2 === 0 ? ['tea', 'cup'] : ['lamp', 'bulb'];
    for (const type of [one, other]) builder.add(`o${order}`, null, new Date(order * day), `${type}-${random(9)}`);
  }
  return { history: builder.build(), catalog };
}

function open({ history, catalog }: { history: History; catalog: readonly (CatalogItem | undefined)[] }) {
  const neighbours = countNeighbours(history, 50, startCrew(1));
  const prior = learnPrior(
    history,
    history.items.map((id) => catalog.find((one) => one?.productId === id)),
    neighbours.counts,
  );
  const parts = { history, neighbours, prior, priorShares: createPriorShares(prior, countDays(history)) };
  const number = (id: string) => history.itemIndex.get(id) ?? -1;
  const ask = (items: readonly string[], leftOut = -1, moment = 100 * day) => {
    const out = new Float32Array(history.items.length);
    addPosterior(parts, { items: items.map(number), moment, leftOut }, out);
    return (id: string) => at(out, number(id));
  };
  return { parts, ask, number };
}

describe('strength of a prior', () => {
  it.each([
    ['infinite where counts stray as by chance or less', [5, 5, 5, 5], [5, 5, 5, 5], Infinity],
    ['small where they stray a lot', [0, 40, 0, 0], [10, 10, 10, 10], 400 / (100 + 900 + 100 + 100 - 40)],
    ['infinite without counts', [], [], Infinity],
  ])('is %s', (_, counts, expected, strength) => {
    expect(strengthOf(Float64Array.from(counts), Float64Array.from(expected))).toBeCloseTo(strength);
  });

  it('moves an estimate from the prior to the plain rate with the evidence', () => {
    expect(shrunk(0, 0, 3)).toBe(1);
    expect(shrunk(7, 2, Infinity)).toBe(1);
    expect(shrunk(2, 1, 3)).toBeCloseTo(1.25);
    expect(shrunk(2_000, 1_000, 3)).toBeCloseTo(2, 2);
  });
});

describe('the prior', () => {
  it('knows of types that go together, for products that were never sold too', () => {
    const { ask } = open(shop());
    const chance = ask(['tea-9']);
    expect(chance('cup-9')).toBeGreaterThan(5 * chance('bulb-9'));
    expect(chance('cup-9')).toBeGreaterThan(0);
    expect(chance('tea-1')).toBeLessThan(chance('cup-1'));
  });

  it('goes by price bands alone where no type is known, and is silent where there is no price either', () => {
    const { history, catalog } = shop();
    const priced = catalog.map((one) => ({
      ...one,
      productType: '',
      priceMinor: one.productType === 'tea' || one.productType === 'cup' ? 500 : 9_000,
    }));
    const byPrice = open({ history, catalog: priced }).ask(['tea-9']);
    expect(byPrice('cup-9')).toBeGreaterThan(2 * byPrice('lamp-9'));
    const blank = open({ history, catalog: [] });
    expect(tellsApart(blank.parts.prior)).toBe(false);
    expect(blank.ask(['tea-1'])('cup-1')).toBe(0);
    expect(openPairChances(blank.parts, 0)).toBeNull();
  });

  it('says of a pair what it says of the whole row', () => {
    const { parts, ask, number } = open(shop());
    const chances = openPairChances(parts, 100 * day);
    const { start, item: other, support } = parts.neighbours;
    const tea = number('tea-1');
    const row = new Map<number, number>();
    for (let k = at(start, tea); k < at(start, tea + 1); k += 1) row.set(at(other, k), at(support, k));
    expect(row.size).toBeGreaterThan(0);
    for (const id of parts.history.items)
      expect(chances?.(tea)(number(id), row.get(number(id)) ?? 0)).toBeCloseTo(ask(['tea-1'])(id), 5);
  });

  it('looks at no sale on or after the day of asking, in whatever order days are asked for', () => {
    const { history, catalog } = shop();
    const all = open({ history, catalog });
    const half = open({ history: keepBaskets(history, (basket) => basket < 20), catalog });
    const shares = all.parts.priorShares;
    const late = shares(100 * day);
    expect(shares(20 * day)).toEqual(createPriorShares(all.parts.prior, countDays(half.parts.history))(20 * day));
    expect(shares(100 * day)).toEqual(late);
    expect(late.reduce((sum, one) => sum + one, 0)).toBeCloseTo(2, 4);
  });

  it('forgets a basket that is to be unknown', () => {
    const builder = createHistoryBuilder();
    const types = new Map([...'abcdef'].map((id, k) => [id, `type ${k}`]));
    const orders = ['ab', 'cd', 'ef', 'ab', 'cd', 'ef', 'af'];
    orders.forEach((ids, order) => {
      for (const id of ids) builder.add(`o${order}`, null, new Date(order * day), id);
    });
    const catalog = [...types].map(([id, type]) => item(id, type, null));
    const { ask } = open({ history: builder.build(), catalog });
    expect(ask(['a'], 6)('f')).toBeLessThan(ask(['a'])('f'));
  });
});
