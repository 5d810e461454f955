import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  defaultIncentiveRules,
  floorOf,
  type IncentiveRules,
  marginOfTaxed,
  matrixOfRow,
} from '#app/domains/incentives/index.ts';
import { ideaEvidence } from '#tests/factories/bundle-ideas.ts';
import { assessIdea } from './assess-idea.ts';
import { nothingKnown } from './beside.ts';
import { chooseIdeas, isCovered } from './choose-ideas.ts';
import { type Assumptions, defaultAssumptions, type IdeaFound, type IdeaProduct } from './model.ts';

const idea = (ids: readonly string[] = ['1', '2'], more: Partial<IdeaFound['evidence']> = {}): IdeaFound => ({
  kind: 'fixed',
  evidence: { ...ideaEvidence(ids), ...more },
});

const product = (id: string, values: Partial<IdeaProduct['variants'][number]> = {}, sellable = true): IdeaProduct => ({
  id,
  title: `Thing ${id}`,
  productType: '',
  imageUrl: null,
  sellable,
  variants: [{ id: `${id}1`, priceMinor: 2000, costMinor: 400, stock: 50, sellWhenOutOfStock: false, ...values }],
});

const rules: IncentiveRules = { ...defaultIncentiveRules, minMarginBps: 1000 };
const assess = (
  products: readonly IdeaProduct[],
  own: Partial<IncentiveRules> = {},
  assumed: Partial<Assumptions> = {},
  of = idea(),
) =>
  assessIdea(of, products, {
    rules: { ...rules, ...own },
    assumptions: { ...defaultAssumptions, ...assumed },
    beside: nothingKnown,
  });

const noCombining = { product: false, order: false, shipping: false };

describe('assessIdea', () => {
  it('prices the whole, tries discounts and proposes the one that earns most', () => {
    const found = assess([product('1'), product('2')]);
    expect(found).toMatchObject({ priceMinor: 4000, costMinor: 800, marginBps: 8000, refusal: null, assumedCosts: [] });
    const profits = found.points.map(({ profit }) => profit.value);
    expect(found.best?.profit.value).toBe(Math.max(...profits));
    for (const { profit } of found.points) {
      expect(profit.low).toBeLessThanOrEqual(profit.value);
      expect(profit.high).toBeGreaterThanOrEqual(profit.value);
    }
  });

  it('computes profit and break-even as written down', () => {
    // 16 chances a month, 40 % whole: 1.5 times the odds and 5 % off at elasticity 0 give an attach rate of 50 %.
    const [point] = assess([product('1'), product('2')], {}, { elasticity: 0 }).points;
    // 1.6 orders more × (3800 − 800 − 1600) − 16 × 0.4 × 200
    expect(point).toMatchObject({ basisPoints: 500, priceMinor: 3800, profit: { value: 960 } });
    expect(point?.extraBundles).toBeCloseTo(1.6, 6);
    expect(point?.breakEven).toBeCloseTo(0.4 * (1 + 200 / 1400), 6);
  });

  it('expects of prices with tax what the same prices without it bring', () => {
    const tax = 2_500;
    const plain = assess([product('1'), product('2', { costMinor: null })]);
    const taxed = assess([product('1', { priceMinor: 2500 }), product('2', { priceMinor: 2500, costMinor: null })], {
      minMarginBps: marginOfTaxed(rules.minMarginBps, tax, Math.ceil),
      defaultMarginBps: marginOfTaxed(rules.defaultMarginBps, tax, Math.floor),
      taxInPricesBps: tax,
    });
    expect(taxed).toMatchObject({ priceMinor: 5000, costMinor: plain.costMinor, marginBps: plain.marginBps });
    expect(taxed.points.map(({ profit, breakEven, worst }) => ({ profit, breakEven, worst }))).toEqual(
      plain.points.map(({ profit, breakEven, worst }) => ({ profit, breakEven, worst })),
    );
    expect(taxed.best?.priceMinor).toBe(((plain.best?.priceMinor ?? 0) * 5) / 4);
  });

  it('counts the discount on every bundle of an order', () => {
    const dozen = assess(
      [product('1'), product('2')],
      {},
      { elasticity: 0 },
      idea(['1', '2'], { bundlesPerOrder: 12 }),
    );
    expect(dozen.points[0]?.profit.value).toBe(-13_120);
    expect(dozen.refusal).toBe('does-not-pay');
  });

  it('says so where a cost is assumed', () => {
    const found = assess([product('1', { costMinor: null }), product('2')]);
    expect([found.assumedCosts, found.costMinor]).toEqual([['1'], 1000 + 400]);
  });

  it.each([
    [
      'no discount leaves the minimum margin',
      [product('1', { costMinor: 1790 }), product('2', { costMinor: 1790 })],
      {},
      {},
      'margin',
    ],
    [
      'with free shipping on top none does',
      [product('1', { costMinor: 1650 }), product('2', { costMinor: 1650 })],
      {},
      { shippingBps: 2000 },
      'stack',
    ],
    [
      'with a code on top none does',
      [product('1', { costMinor: 1500 }), product('2', { costMinor: 1500 })],
      { combinesWith: matrixOfRow({ ...noCombining, order: true }) },
      { codeBps: 3000 },
      'stack',
    ],
    ['a part is gone', [product('1')], {}, {}, 'unavailable'],
    ['a part is hidden', [product('1'), product('2', {}, false)], {}, {}, 'unavailable'],
    ['a part is sold out', [product('1'), product('2', { stock: 0 })], {}, {}, 'out-of-stock'],
  ] as const)('refuses where %s', (_name, products, own, assumed, refusal) => {
    expect(assess(products, own, assumed)).toMatchObject({ refusal, best: null });
  });

  it('does not count a code that the merchant lets not combine', () => {
    const products = [product('1', { costMinor: 1500 }), product('2', { costMinor: 1500 })];
    const found = assess(products, { combinesWith: matrixOfRow(noCombining) }, { codeBps: 9000, shippingBps: 9000 });
    expect(found.points[0]?.worst).toMatchObject({ refusal: null, with: [] });
  });

  it('knows how long the scarcest part lasts', () => {
    expect(assess([product('1'), product('2', { stock: 10 })]).cover).toEqual({ days: 20, productId: '2', units: 10 });
    expect(assess([product('1', { stock: null }), product('2', { sellWhenOutOfStock: true })]).cover).toBeNull();
  });

  it('never allows a discount whose worst stack is below the floor', () => {
    const variant = fc.record({
      priceMinor: fc.integer({ min: 1, max: 100_000 }),
      costMinor: fc.option(fc.integer({ min: 0, max: 100_000 })),
    });
    fc.assert(
      fc.property(
        variant,
        variant,
        fc.record({ product: fc.boolean(), order: fc.boolean(), shipping: fc.boolean() }),
        fc.integer({ min: 0, max: 9000 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (one, other, combinesWith, minMarginBps, codeBps, shippingBps) => {
          const own = { ...rules, combinesWith: matrixOfRow(combinesWith), minMarginBps };
          const { points } = assess([product('1', one), product('2', other)], own, { codeBps, shippingBps });
          const price = one.priceMinor + other.priceMinor;
          const floor = [one, other].reduce((sum, each) => sum + floorOf(each.priceMinor, each.costMinor, own), 0);
          for (const { basisPoints, worst } of points) {
            if (worst.refusal !== null) continue;
            const off = Math.floor((price * basisPoints) / 10_000);
            expect(price - off + 1).toBeGreaterThanOrEqual(floor);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('chooseIdeas', () => {
  const judged = (ids: readonly string[]) => ({
    idea: idea(ids),
    assessment: assess(
      ids.map((id) => product(id)),
      {},
      {},
      idea(ids),
    ),
  });

  it('shows no product more than three times and no two ideas that overlap by half', () => {
    const chosen = chooseIdeas(['2', '3', '4', '5', '6'].map((other) => judged(['1', other])));
    expect(chosen).toHaveLength(3);
    expect(chooseIdeas([judged(['1', '2', '3']), judged(['1', '2'])])).toHaveLength(1);
  });

  it('keeps refused ones apart, behind the others', () => {
    const refused = {
      idea: idea(['8', '9']),
      assessment: { ...judged(['8', '9']).assessment, refusal: 'margin' as const },
    };
    expect(chooseIdeas([refused, judged(['1', '2'])]).map(({ assessment }) => assessment.refusal)).toEqual([
      null,
      'margin',
    ]);
  });

  it('knows what a live bundle does already', () => {
    expect(isCovered(idea(['1', '2']), [new Set(['1', '2', '3'])])).toBe(true);
    expect(isCovered(idea(['1', '4']), [new Set(['1', '2', '3'])])).toBe(false);
  });
});
