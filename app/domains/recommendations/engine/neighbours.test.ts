import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { best } from './best.ts';
import { startCrew } from './crew.ts';
import { createHistoryBuilder } from './history.ts';
import { countChunk, countNeighbours, mergeChunks, shrunkLogLift, supportLeft } from './neighbours.ts';

const alone = startCrew(1);

describe('the support of a pair without some baskets', () => {
  it.each([
    ['is what is left in a row with room', 5, 2, 0.5, 0, 3],
    ['is what is left where that still reaches the last of a full row', 5, 2, 0.5, 0.3, 3],
    ['is nothing where it does not', 5, 2, 0.5, 0.31, 0],
    ['is nothing where nothing is left', 2, 2, 0.5, 0, 0],
    ['is nothing where it was nothing', 0, 1, 0, 0.1, 0],
  ])('%s', (_, support, taken, cosine, least, left) => {
    expect(supportLeft(support, taken, cosine, least)).toBe(left);
  });
});

describe('shrunk log-lift', () => {
  it.each([
    ['a pair as frequent as chance is worth nothing', 10, 100, 100, 1000, 0],
    ['rarer than chance is not negative', 1, 500, 500, 1000, 0],
    ['never together is nothing', 0, 10, 10, 1000, 0],
    ['four joint orders count half of their logarithm', 4, 4, 4, 1000, Math.log(250) / 2],
  ])('%s', (_, joint, a, b, total, expected) => {
    expect(shrunkLogLift(joint, a, b, total)).toBeCloseTo(expected, 6);
  });

  it('believes a proven pair more than a lucky one of the same lift', () => {
    expect(shrunkLogLift(40, 40, 40, 10_000)).toBeGreaterThan(shrunkLogLift(1, 1, 1, 250));
  });
});

describe('neighbours', () => {
  const shop = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 30,
  });

  it('count what a plain double loop counts', () => {
    fc.assert(
      fc.property(shop, (baskets) => {
        const builder = createHistoryBuilder();
        baskets.forEach((basket, order) =>
          basket.forEach((item) => builder.add(`${order}`, null, new Date(order), `p${item}`)),
        );
        const history = builder.build();
        const { start, item, support } = countNeighbours(history, 50, alone);
        history.items.forEach((name, one) => {
          const found = new Map<string, number>();
          for (let k = start[one] ?? 0; k < (start[one + 1] ?? 0); k += 1)
            found.set(history.items[item[k] ?? 0] ?? '', support[k] ?? 0);
          for (const other of history.items) {
            const joint =
              other === name
                ? 0
                : baskets.filter(
                    (basket) => basket.includes(Number(name.slice(1))) && basket.includes(Number(other.slice(1))),
                  ).length;
            expect(found.get(other) ?? 0).toBe(joint);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('the kept neighbours', () => {
  /** All pairs of the baskets, counted in Maps and ranked in full, as 32-bit floats rank them. */
  function ranked(baskets: readonly (readonly number[])[], items: number, keep: number) {
    const count = new Array<number>(items).fill(0);
    const joint = Array.from({ length: items }, () => new Map<number, number>());
    for (const basket of baskets)
      for (const one of basket) {
        count[one] = (count[one] ?? 0) + 1;
        for (const other of basket) if (other !== one) joint[one]?.set(other, (joint[one].get(other) ?? 0) + 1);
      }
    const score = (other: number, support: number) =>
      Math.fround(Math.fround(support) * Math.fround(1 / Math.sqrt(count[other] ?? 0)));
    return joint.map((row, one) =>
      [...row]
        .sort(([a, x], [b, y]) => score(b, y) - score(a, x) || a - b)
        .slice(0, keep)
        .map(([other, support]) => ({
          other,
          support,
          cosine: Math.fround(support / Math.sqrt((count[one] ?? 0) * (count[other] ?? 0))),
          lift: shrunkLogLift(support, count[one] ?? 0, count[other] ?? 0, baskets.length),
        })),
    );
  }

  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const anyBasket = (items: number, lines: number) => [
    // Squared, so that some products are in many baskets.
    ...new Set(Array.from({ length: lines }, () => Math.floor(random() ** 2 * items))),
  ];

  it.each([
    ['long rows in a small shop', 400, 300, 60, 10],
    ['rows of which only a sample is looked at first', 1_500, 120, 90, 40],
    ['more items than fit in lines of two bytes', 17_000, 40, 60, 30],
    ['all that there are', 300, 40, 30, 300],
    ['supports beyond the tables of logarithms', 40, 2_500, 12, 20],
  ])('are the best by cosine: %s', (_, items, orders, lines, keep) => {
    const baskets = Array.from({ length: orders }, () => anyBasket(items, lines));
    const builder = createHistoryBuilder();
    const name = (item: number) => `p${String(item).padStart(6, '0')}`;
    for (let item = 0; item < items; item += 1) builder.addItem(name(item));
    baskets.forEach((basket, order) =>
      basket.forEach((item) => builder.add(`${order}`, null, new Date(order), name(item))),
    );
    const { start, item, support, cosine, lift } = countNeighbours(builder.build(), keep, alone);
    const expected = ranked(baskets, items, keep);
    const all = expected.flat();
    const starts = [0];
    for (const row of expected) starts.push((starts.at(-1) ?? 0) + row.length);
    expect(Array.from(start)).toEqual(starts);
    expect(Array.from(item)).toEqual(all.map(({ other }) => other));
    expect(Array.from(support)).toEqual(all.map((pair) => pair.support));
    expect(Array.from(cosine)).toEqual(all.map((pair) => pair.cosine));
    const farthest = all.reduce((most, pair, k) => Math.max(most, Math.abs((lift[k] ?? NaN) - pair.lift)), 0);
    expect(farthest).toBeLessThan(1e-5);
  });
});

describe('chunks', () => {
  it('merge to the result of a single run, bit for bit, in any number and order', () => {
    const shop = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }), { maxLength: 40 });
    fc.assert(
      fc.property(shop, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }), (baskets, of, keep) => {
        const builder = createHistoryBuilder();
        baskets.forEach((basket, order) =>
          basket.forEach((item) => builder.add(`${order}`, null, new Date(order), `p${item}`)),
        );
        const history = builder.build();
        const chunks = Array.from({ length: of }, (_, chunk) => countChunk(history, chunk, of, keep));
        expect(mergeChunks(chunks.reverse())).toEqual(countNeighbours(history, keep, alone));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a basket of very many lines', () => {
  it('makes the pairs of 400 of its lines', () => {
    const builder = createHistoryBuilder();
    for (let item = 0; item < 5_000; item += 1) builder.add('huge', null, new Date(0), `p${item}`);
    const { item, start } = countNeighbours(builder.build(), 1_000, alone);
    expect(item).toHaveLength(400 * 399);
    const rows = Array.from({ length: 5_000 }, (_, one) => new Set(item.subarray(start[one], start[one + 1])));
    expect(new Set(rows.map((row) => row.size))).toEqual(new Set([0, 399]));
    expect(rows.some((row, one) => row.has(one))).toBe(false);
  });
});

describe('the best of a list', () => {
  it('equals a full sort, ties by place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 20 }),
        (values, keep) => {
          const expected = values
            .map((_, index) => index)
            .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
            .slice(0, keep);
          expect([...best(Float64Array.from(values), keep)]).toEqual(expected);
        },
      ),
    );
  });
});
