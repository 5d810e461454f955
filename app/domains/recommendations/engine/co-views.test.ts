import { describe, expect, it } from 'vitest';
import { packHalves } from '../serving/id-halves.ts';
import { hearViews } from '../serving/viewed.ts';
import { at, createHistoryBuilder } from './history.ts';
import { learnCoViews } from './co-views.ts';
import { trainModel } from './train-model.ts';
import { collectViews } from './view-sessions.ts';

const minute = 60_000;
const products = 30;
const itemIndex = new Map(Array.from({ length: products }, (_, item) => [`p${String(item)}`, item]));

/** Visitors who look at a product and then at the two behind it, each on a shelf of ten. */
function shoppers(visitors: number, add: (visitor: number, product: string, at: number) => void): void {
  for (let visitor = 0; visitor < visitors; visitor += 1)
    for (let step = 0; step < 3; step += 1) {
      const item = (visitor % 3) * 10 + ((visitor * 7 + step) % 10);
      add(visitor, `p${String(item)}`, visitor * 60 * minute + step * minute);
    }
}

function learn(fill: (add: (visitor: number, product: string, at: number) => void) => void) {
  const views = collectViews();
  fill(views.add);
  return learnCoViews(views.finish(itemIndex), products);
}

const beside = (views: ReturnType<typeof learn>, item: number): number[] =>
  views === null ? [] : [...views.item.subarray(at(views.start, item), at(views.start, item + 1))];

describe('what visitors look at in one visit', () => {
  const usual = learn((add) => {
    shoppers(120, add);
  });

  it('makes neighbours of it, learns how much it says and tells from how many visits', () => {
    expect(new Set(beside(usual, 4).slice(0, 2))).toEqual(new Set([3, 5]));
    for (const other of beside(usual, 4)) expect(Math.floor(other / 10)).toBe(0);
    expect(usual?.report).toMatchObject({ visits: 120, cases: 120 });
    expect(usual?.weight).toBeGreaterThan(0.3);
  });

  it('hears little of what is looked at without any order', () => {
    let seed = 7;
    const any = () => (seed = (seed * 48_271) % 2_147_483_647) % products;
    const random = learn((add) => {
      for (let view = 0; view < 360; view += 1)
        add(Math.floor(view / 3), `p${String(any())}`, Math.floor(view / 3) * 60 * minute + (view % 3));
    });
    expect(random?.weight).toBeLessThan((usual?.weight ?? 0) / 2);
  });

  it.each([
    ['that looks at everything in one go', 1],
    ['that pauses after every two products', 60],
  ])('is not moved by a program of a hundred thousand views %s', (_, pauseMinutes) => {
    const moved = learn((add) => {
      shoppers(120, add);
      for (let view = 0; view < 100_000; view += 1)
        add(1_000, `p${String((view * 11) % products)}`, Math.floor(view / 2) * pauseMinutes * minute);
    });
    expect(moved).toEqual(usual);
  });

  it('counts a visitor once, and what one alone does not at all', () => {
    const views = learn((add) => {
      shoppers(120, add);
      for (let visit = 0; visit < 50; visit += 1)
        for (const [step, product] of ['p0', 'p29'].entries()) add(500, product, visit * 40 * minute + step);
    });
    expect(beside(views, 0)).not.toContain(29);
  });

  it('fades: of two neighbours that were looked at as often the later one comes first', () => {
    const views = learn((add) => {
      for (let visitor = 0; visitor < 20; visitor += 1) {
        const late = visitor < 10;
        const from = late ? 40 * 24 * 60 * minute : 0;
        add(visitor, 'p0', from);
        add(visitor, late ? 'p1' : 'p2', from + minute);
      }
    });
    expect(beside(views, 0)).toEqual([1, 2]);
  });

  it('changes nothing where nobody has looked at two products', () => {
    const alone = learn((add) => {
      add(0, 'p1', 0);
      add(1, 'p2', 0);
      add(1, 'gone', 1);
    });
    expect(alone).toBeNull();
    const builder = createHistoryBuilder();
    for (let order = 0; order < 40; order += 1)
      for (const item of [order % 5, 5 + (order % 5)])
        builder.add(`o${String(order)}`, `c${String(order % 9)}`, new Date(order * 3_600_000), `p${String(item)}`);
    const history = builder.build();
    const model = trainModel(history, [], { views: collectViews() });
    expect(model.report.views).toBeNull();
    expect(model.weights).toEqual(trainModel(history).weights);
  });

  it.each([
    ['texts', ['a', 'b', 'c', 'd'], ['b', 'c']],
    [
      'numbers',
      ['1', '8000000000002', '9223372036854775807', '4'],
      packHalves(['8000000000002', '9223372036854775807']),
    ],
  ])('speaks for what others look at beside what was looked at, once each and by its weight: %s', (_, all, ids) => {
    const [a = '', b = '', c = '', d = ''] = all;
    const interest = {
      products: [
        [a, 2],
        ['gone', 1],
        ['taken out', -2],
      ],
      words: [],
    } as const;
    const viewed = new Map([[a, { ids: ids ?? [], likeness: Float32Array.of(0.4, 0.1) }]]);
    const heard = hearViews(interest, viewed, 0.5, [d, c, b, a]);
    expect([...heard.keys()]).toEqual([c, b]);
    expect(heard.get(b)?.moved).toBeCloseTo(0.5 * Math.log(1 + (0.4 * 2) / Math.sqrt(5) / 0.02), 5);
    expect(heard.get(c)?.moved).toBeCloseTo(0.5 * Math.log(1 + (0.1 * 2) / Math.sqrt(5) / 0.02), 5);
    expect(heard.get(b)?.because).toBe(a);
    expect([...hearViews(interest, viewed, 0.5, [b]).keys()]).toEqual([b]);
  });
});
