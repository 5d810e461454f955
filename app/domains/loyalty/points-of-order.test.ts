import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EarnRule } from './earning/registry.ts';
import type { ProgrammeSettings } from './model.ts';
import { type EarningOrder, keptLines, type MirroredLine, pointsOfOrder } from './points-of-order.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

const base = usualProgramme();
const withRules = (rules: EarnRule[], change: Partial<ProgrammeSettings> = {}): ProgrammeSettings => ({
  ...base,
  rules,
  ...change,
});
const money: EarnRule = { id: 'money', kind: 'amount', on: true, points: 1, perMinor: 100 };
const line = (keptMinor: number, change: Partial<EarningOrder['lines'][number]> = {}) => ({
  productId: 'p',
  collectionIds: [],
  keptMinor,
  giftCard: false,
  subscription: false,
  ...change,
});
const order = (change: Partial<EarningOrder> = {}): EarningOrder => ({
  placedAt: new Date('2026-03-10T12:00:00Z'),
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  lines: [line(4999)],
  ordersBefore: 0,
  lastOrderAt: null,
  subscriptionsBefore: 0,
  customerSince: null,
  tierBps: null,
  ...change,
});
const days = (count: number) => new Date(order().placedAt.getTime() - count * 86_400_000);
const off = { ...money, on: false } as const;

describe('points of an order', () => {
  const flat = { id: 'x', on: true, points: 50 } as const;
  it.each<[string, EarnRule[], Partial<EarningOrder>, number]>([
    ['money is rounded down once', [money], { lines: [line(150), line(150)] }, 3],
    ['under one point is none', [money], { lines: [line(99)] }, 0],
    ['ten points for each 3.00', [{ ...money, points: 10, perMinor: 300 }], { lines: [line(1000)] }, 33],
    ['a rule that is off gives nothing', [off], {}, 0],
    ['gift cards give nothing', [money], { lines: [line(5000, { giftCard: true }), line(1000)] }, 10],
    ['per order', [{ kind: 'order', ...flat }], {}, 50],
    [
      'no more than a thousand million',
      [{ ...money, points: 1_000_000, perMinor: 1 }],
      { tierBps: 15_000 },
      1_000_000_000,
    ],
    ['first order', [{ kind: 'first-order', ...flat }], {}, 50],
    ['not the second', [{ kind: 'first-order', ...flat }], { ordersBefore: 1 }, 0],
    ['third order', [{ kind: 'order-count', ...flat, count: 3, repeats: false }], { ordersBefore: 2 }, 50],
    ['sixth is not the third', [{ kind: 'order-count', ...flat, count: 3, repeats: false }], { ordersBefore: 5 }, 0],
    ['every third', [{ kind: 'order-count', ...flat, count: 3, repeats: true }], { ordersBefore: 5 }, 50],
    ['soon after another', [{ kind: 'recent-order', ...flat, days: 30 }], { lastOrderAt: days(30) }, 50],
    ['a moment too late', [{ kind: 'recent-order', ...flat, days: 30 }], { lastOrderAt: days(30.001) }, 0],
    ['nothing before', [{ kind: 'recent-order', ...flat, days: 30 }], {}, 0],
    ['a new account', [{ kind: 'new-customer', ...flat, days: 7 }], { customerSince: days(7) }, 50],
    ['made after the order', [{ kind: 'new-customer', ...flat, days: 7 }], { customerSince: days(-1) }, 50],
    ['an old account', [{ kind: 'new-customer', ...flat, days: 7 }], { customerSince: days(8) }, 0],
    ['an account of unknown age', [{ kind: 'new-customer', ...flat, days: 7 }], {}, 0],
    ['first subscription', [{ kind: 'first-subscription', ...flat }], { lines: [line(1, { subscription: true })] }, 50],
    ['tier', [money], { tierBps: 15_000, lines: [line(1000)] }, 15],
    [
      'the best multiplier, not their product',
      [money, { id: 'm', kind: 'product-multiplier', on: true, bps: 20_000, productIds: ['p'], collectionIds: [] }],
      { tierBps: 15_000, lines: [line(1000), line(1000, { productId: 'q' })] },
      35,
    ],
    [
      'excluded wins over everything',
      [money, { id: 'm', kind: 'product-multiplier', on: true, bps: 0, productIds: [], collectionIds: ['sale'] }],
      { tierBps: 15_000, lines: [line(1000, { collectionIds: ['sale'] })] },
      0,
    ],
  ])('%s', (_case, rules, change, expected) => {
    const { points, reasons } = pointsOfOrder(order(change), withRules(rules));
    expect(points).toBe(expected);
    expect(reasons.reduce((sum, reason) => sum + reason.points, 0)).toBe(points);
  });

  const happy = (change: object): EarnRule[] => [
    money,
    { id: 'h', kind: 'happy-hours', on: true, bps: 20_000, weekdays: [7], from: 60, to: 240, ...change },
  ];
  it.each<[string, string, object, number]>([
    ['before', '2026-03-28T23:59:00Z', {}, 10],
    ['its first minute, 1:00 in Berlin', '2026-03-29T00:00:00Z', {}, 20],
    ['the hour that is skipped: 3:59 comes two hours later', '2026-03-29T01:59:00Z', {}, 20],
    ['its end, 4:00 summer time', '2026-03-29T02:00:00Z', {}, 10],
    ['an hour that comes twice, first', '2026-10-25T00:30:00Z', { from: 120, to: 180 }, 20],
    ['an hour that comes twice, again', '2026-10-25T01:30:00Z', { from: 120, to: 180 }, 20],
    ['over midnight', '2026-03-30T00:30:00Z', { from: 1380, to: 180 }, 20],
    ['over midnight, but from another day', '2026-03-29T00:30:00Z', { from: 1380, to: 180 }, 10],
    ['a whole day', '2026-03-29T21:59:00Z', { from: 0, to: 0 }, 20],
  ])('happy hours: %s', (_case, at, change, expected) => {
    const placed = order({ placedAt: new Date(at), lines: [line(1000)] });
    expect(pointsOfOrder(placed, withRules(happy(change))).points).toBe(expected);
  });

  it('turns another currency by the merchant’s rate, digits included', () => {
    const settings = withRules([money], { rates: { JPY: 6_200, KWD: 3_000_000 } });
    expect(pointsOfOrder(order({ currency: 'JPY', lines: [line(5000)] }), settings).points).toBe(31);
    expect(pointsOfOrder(order({ currency: 'KWD', lines: [line(5000)] }), settings).points).toBe(15);
    expect(pointsOfOrder(order({ currency: 'USD' }), settings)).toEqual({
      points: 0,
      reasons: [{ rule: 'money', kind: 'currency', points: 0 }],
    });
  });
});

const mirrored: fc.Arbitrary<MirroredLine> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPriceMinor: fc.integer({ min: 0, max: 50_000 }),
    off: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ quantity, unitPriceMinor, off: share }) => ({
    productId: 'p',
    collectionIds: [],
    giftCard: false,
    subscription: false,
    quantity,
    refundedQuantity: 0,
    unitPriceMinor,
    discountMinor: Math.floor(quantity * unitPriceMinor * share),
  }));

describe('what is kept of an order', () => {
  const sums = (totalMinor: number, refundedMinor = 0, cancelled = false, goodwillMinor: number | null = null) => ({
    ...{ totalMinor, refundedMinor, cancelled, goodwillMinor },
  });
  const two: MirroredLine = {
    productId: 'p',
    collectionIds: [],
    giftCard: false,
    subscription: false,
    quantity: 3,
    refundedQuantity: 1,
    unitPriceMinor: 1000,
    discountMinor: 1,
  };
  it.each([
    ['a unit came back', sums(3499, 1000), [two], [1999]],
    ['only the shipping came back', sums(3499, 500, false, 0), [{ ...two, refundedQuantity: 0 }], [2999]],
    ['a unit and the shipping', sums(3499, 1500, false, 0), [two], [1999]],
    ['a unit, the shipping and money for the trouble', sums(3499, 1700, false, 200), [two], [1799]],
    [
      'money for the trouble, over two lines',
      sums(6498, 600, false, 600),
      [
        { ...two, refundedQuantity: 0 },
        { ...two, refundedQuantity: 0 },
      ],
      [2699, 2699],
    ],
    ['money came back without goods', sums(3000, 600), [{ ...two, refundedQuantity: 0 }], [2399]],
    ['more than everything', sums(3000, 9000), [two], null],
    ['cancelled', sums(3000, 0, true), [two], null],
    ['every unit', sums(3500, 2999), [{ ...two, refundedQuantity: 3 }], null],
    ['nothing was paid', sums(0, 0), [{ ...two, refundedQuantity: 0, discountMinor: 3000 }], [0]],
    [
      'more units than there were',
      sums(3500, 100),
      [
        { ...two, refundedQuantity: 5 },
        { ...two, refundedQuantity: 0 },
      ],
      [0, 2999],
    ],
  ])('%s', (_case, of, lines, expected) => {
    expect(keptLines(of, lines)?.map(({ keptMinor }) => keptMinor) ?? null).toEqual(expected);
  });

  it('never grows by a refund, and never exceeds what was paid', () => {
    fc.assert(
      fc.property(
        fc.array(mirrored, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.array(fc.tuple(fc.nat(4), fc.nat(9), fc.nat(20_000)), { maxLength: 6 }),
        fc.boolean(),
        (lines, shipping, refunds, told) => {
          const paid = lines.reduce((sum, one) => sum + one.quantity * one.unitPriceMinor - one.discountMinor, 0);
          let now = { refunded: 0, goodwill: 0, lines };
          const pointsNow = () =>
            pointsOfOrder(
              order({
                lines:
                  keptLines(sums(paid + shipping, now.refunded, false, told ? now.goodwill : null), now.lines) ?? [],
              }),
              withRules([{ ...money, perMinor: 37 }]),
            ).points;
          let before = pointsNow();
          expect(before).toBe(Math.floor(paid / 37));
          for (const [which, units, minor] of refunds) {
            now = {
              refunded: now.refunded + minor,
              goodwill: now.goodwill + Math.floor(minor / 3),
              lines: now.lines.map((one, index) =>
                index === which
                  ? { ...one, refundedQuantity: Math.min(one.quantity, one.refundedQuantity + units) }
                  : one,
              ),
            };
            const after = pointsNow();
            expect(after).toBeLessThanOrEqual(before);
            before = after;
          }
        },
      ),
    );
  });
});
