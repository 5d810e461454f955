import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startCrew } from './crew.ts';
import { groupCustomers } from './customer-groups.ts';
import { addLinear, linearWeight, trainLinear } from './ease.ts';
import { at, basketsOf, createHistoryBuilder, type History, keepBaskets } from './history.ts';
import { countNeighbours } from './neighbours.ts';
import { withPopularity } from './parts.ts';
import { countDays } from './popularity.ts';
import { learnPrior } from './prior.ts';
import { profileOf } from './question.ts';
import { countRepeats } from './repeats.ts';
import { openWithout, partsWithout } from './without.ts';

const alone = startCrew(1);
const noContent = { start: new Int32Array(20), item: new Int32Array(0), likeness: new Float32Array(0) };

function count(history: History) {
  const neighbours = countNeighbours(history, 50, alone);
  const prior = learnPrior(history, new Array(history.items.length), neighbours.counts);
  return withPopularity({
    history,
    neighbours,
    linear: trainLinear(history, 3, alone),
    content: noContent,
    prior,
    repeats: countRepeats(history),
    days: countDays(history),
    groups: groupCustomers(history, { category: prior.categories.of, band: prior.bands.of }, neighbours.counts),
  });
}

const shop = fc.array(
  fc.record({
    customer: fc.integer({ min: 0, max: 4 }),
    items: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 2, maxLength: 25 },
);

describe('the parts without a basket', () => {
  it('are those of the history without it, as far as its customer asks for them', () => {
    fc.assert(
      fc.property(shop, fc.integer({ min: 0, max: 4 }), (orders, named) => {
        const builder = createHistoryBuilder();
        // Customer 0 stands for guests.
        orders.forEach(({ customer, items }, order) =>
          items.forEach((item) =>
            builder.add(`o${order}`, customer === 0 ? null : `c${customer}`, new Date(order * 86_400_000), `p${item}`),
          ),
        );
        const history = builder.build();
        const customer = history.customerIndex.get(`c${named}`) ?? -1;
        // Of a customer the last basket, of guests any.
        const lesson = customer < 0 ? history.basketCustomer.indexOf(-1) : (basketsOf(history, customer).at(-1) ?? -1);
        fc.pre(lesson >= 0);
        const profile = profileOf(history, customer, at(history.basketAt, lesson));
        const without = partsWithout(count(history), lesson, profile);
        const retrained = count(keepBaskets(history, (basket) => basket !== lesson));

        const asked = [
          ...new Set([
            ...history.basketItem.subarray(history.basketStart[lesson], history.basketStart[lesson + 1]),
            ...profile.items,
          ]),
        ];
        for (const item of asked) {
          expect(rowOf(without.neighbours, item)).toEqual(rowOf(retrained.neighbours, item));
        }
        for (const item of profile.items)
          expect(at(without.repeats.rate, item)).toBeCloseTo(at(retrained.repeats.rate, item), 5);
        const models = [without.linear, retrained.linear].map((model) => {
          if (model === null) throw new Error('a small shop has a linear model');
          return history.items.map((_, from) => {
            const scores = new Float32Array(history.items.length);
            addLinear(model, [from], [1], scores);
            return scores;
          });
        });
        models[0]?.forEach((row, from) =>
          row.forEach((weight, to) => {
            if (from !== to) expect(weight).toBeCloseTo(models[1]?.[from]?.[to] ?? NaN, 4);
          }),
        );
        if (without.linear !== null) {
          const [, ...rest] = history.basketItem.subarray(history.basketStart[lesson], history.basketStart[lesson + 1]);
          const plain = new Float32Array(history.items.length);
          addLinear(without.linear, rest, new Float32Array(rest.length).fill(1), plain);
          // Answered from the sum of the basket that was taken out.
          const known = new Float32Array(history.items.length);
          addLinear(without.linear, rest, null, known);
          known.forEach((score, item) => expect(score).toBeCloseTo(plain[item] ?? NaN, 4));
        }
        if (retrained.linear !== null && history.items.length > 1)
          expect(models[0]?.[0]?.[1]).toBeCloseTo(linearWeight(retrained.linear, 0, 1), 4);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the parts without one basket after the other', () => {
  it('are bit for bit those without each of them alone', () => {
    fc.assert(
      fc.property(shop, (orders) => {
        const builder = createHistoryBuilder();
        orders.forEach(({ customer, items }, order) =>
          items.forEach((item) => builder.add(`o${order}`, `c${customer}`, new Date(order * 86_400_000), `p${item}`)),
        );
        const history = builder.build();
        const parts = count(history);
        const without = openWithout(parts);
        for (let lesson = 0; lesson < history.basketAt.length; lesson += 1) {
          const profile = profileOf(history, at(history.basketCustomer, lesson), at(history.basketAt, lesson));
          const [next, alone] = [without(lesson, profile), partsWithout(parts, lesson, profile)];
          const own = history.basketItem.subarray(history.basketStart[lesson], history.basketStart[lesson + 1]);
          for (const item of [...own, ...profile.items])
            expect(partOf(next.neighbours, item)).toEqual(partOf(alone.neighbours, item));
          for (const item of own) expect(liftsOf(next.neighbours, item)).toEqual(liftsOf(alone.neighbours, item));
          expect(next.linear?.scale).toEqual(alone.linear?.scale);
        }
      }),
      { numRuns: 20 },
    );
  });
});

type Counted = ReturnType<typeof countNeighbours>;
const place = ({ start }: Counted, item: number) => [at(start, item), at(start, item + 1)] as const;
const partOf = (all: Counted, item: number) => [
  [...all.item.subarray(...place(all, item))],
  [...all.support.subarray(...place(all, item))],
  [...all.cosine.subarray(...place(all, item))],
];
const liftsOf = (all: Counted, item: number) => [...all.lift.subarray(...place(all, item))];

/** An item's neighbours in the order of their numbers; lift is kept for the basket's own rows only, so it is left out. */
function rowOf(neighbours: ReturnType<typeof countNeighbours>, item: number): [number, number, number][] {
  const row: [number, number, number][] = [];
  for (let k = at(neighbours.start, item); k < at(neighbours.start, item + 1); k += 1)
    if (at(neighbours.support, k) > 0)
      row.push([at(neighbours.item, k), at(neighbours.support, k), Math.round(at(neighbours.cosine, k) * 1e5)]);
  return row.sort((a, b) => a[0] - b[0]);
}
