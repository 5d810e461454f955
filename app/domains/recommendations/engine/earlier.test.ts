import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startCrew } from './crew.ts';
import { cutOf, historyBefore, neighboursBefore } from './earlier.ts';
import { beginLinear, linearWeight, trainLinear } from './ease.ts';
import { at, createHistoryBuilder, type History } from './history.ts';
import { countNeighbours, type Neighbours } from './neighbours.ts';

const alone = startCrew(1);
const orders = fc.array(
  fc.record({
    customer: fc.integer({ min: 0, max: 4 }),
    day: fc.integer({ min: 0, max: 12 }),
    items: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 30 },
);

function historyOf(shop: readonly { customer: number; day: number; items: readonly number[] }[]): History {
  const builder = createHistoryBuilder();
  // Customer 0 stands for guests.
  shop.forEach(({ customer, day, items }, order) =>
    items.forEach((item) =>
      builder.add(`o${order}`, customer === 0 ? null : `c${customer}`, new Date(day * 86_400_000), `p${item}`),
    ),
  );
  return builder.build();
}

/** The pairs that somebody bought, by both products. */
function pairsOf({ start, item, support, cosine, lift }: Neighbours): Map<string, readonly number[]> {
  const pairs = new Map<string, readonly number[]>();
  for (let one = 0; one < start.length - 1; one += 1)
    for (let k = at(start, one); k < at(start, one + 1); k += 1)
      if (at(support, k) > 0)
        pairs.set(
          `${one} ${at(item, k)}`,
          [at(support, k), at(cosine, k), at(lift, k)].map((x) => Number(x.toFixed(4))),
        );
  return pairs;
}

describe('what was counted before the late orders', () => {
  it('is what the earlier orders alone would have given', () => {
    fc.assert(
      fc.property(orders, (shop) => {
        const history = historyOf(shop);
        const cut = cutOf(history);
        const before = historyBefore(history, cut);
        const counted = countNeighbours(before, 50, alone);
        const taken = neighboursBefore(countNeighbours(history, 50, alone), history, cut);
        expect([...taken.counts]).toEqual([...counted.counts]);
        expect(taken.total).toBe(counted.total);
        expect(pairsOf(taken)).toEqual(pairsOf(counted));

        const { earlier } = beginLinear(history, { ridge: 3, cut }, alone)();
        const alike = trainLinear(before, 3, alone);
        if (cut === history.basketAt.length) expect(earlier).toBeNull();
        else if (earlier === null || alike === null) throw new Error('both have a linear model');
        else
          for (let from = 0; from < history.items.length; from += 1)
            for (let to = 0; to < history.items.length; to += 1)
              expect(linearWeight(earlier, from, to)).toBeCloseTo(linearWeight(alike, from, to), 4);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps orders of one moment on one side, and all of them where there is no earlier one', () => {
    fc.assert(
      fc.property(orders, (shop) => {
        const { basketAt } = historyOf(shop);
        const cut = cutOf({ basketAt });
        expect(cut).toBeGreaterThan(0);
        if (cut < basketAt.length) expect(at(basketAt, cut - 1)).toBeLessThan(at(basketAt, cut));
        else expect(new Set(basketAt).size).toBe(1);
      }),
    );
  });

  it('leaves a pair out that only late orders brought into a full row', () => {
    // 300 others go with product 0 as often: by cosine its row ends among them, whatever late orders add to one.
    const builder = createHistoryBuilder();
    const name = (item: number) => `p${String(item).padStart(3, '0')}`;
    const day = (one: number) => new Date(one * 86_400_000);
    for (let other = 1; other <= 300; other += 1)
      for (const item of [0, other]) builder.add(`a${other}`, null, day(other), name(item));
    for (const item of [0, 300]) builder.add('late', null, day(400), name(item));
    const history = builder.build();
    const all = countNeighbours(history, 200, alone);
    expect(pairsOf(all).get('0 300')?.[0]).toBe(2);
    expect(pairsOf(neighboursBefore(all, history, 300)).has('0 300')).toBe(false);
  });
});
