import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BesideGuard, type CodeGuard, decodeCodeGuard, encodeCodeGuard } from './code-guard.ts';
import type { CodeTerms } from './model.ts';
import { priceCode } from './price-code.ts';

const product = (at: number) => ({ productId: String(8_000_000_000_000 + at), roomBps: 100 + at, priceMinor: 1_000 });

it('names as many of the weakest products as a checkout can read, and takes the rest for the next weakest', () => {
  const weakest = Array.from({ length: 2_000 }, (_, at) => product(at));
  const text = encodeCodeGuard(weakest);
  expect(text.length).toBeLessThanOrEqual(10_000);
  const guard = decodeCodeGuard(text);
  const named = guard?.products.size ?? 0;
  expect(named).toBeGreaterThan(480);
  // Nothing that is not named is taken for stronger than it is.
  expect(guard?.rest).toBe(weakest[named]?.roomBps);
  expect(decodeCodeGuard(encodeCodeGuard([product(1), product(5)]))?.rest).toBe(105);
  expect(decodeCodeGuard(encodeCodeGuard([]))).toEqual({ rest: 0, products: new Map() });
});

const noPairs = {
  ...{ productProduct: false, productOrder: false, orderOrder: false },
  ...{ productShipping: false, orderShipping: false },
};
const share = fc.record({ basisPoints: fc.integer({ min: 0, max: 9_999 }), minor: fc.integer({ min: 0, max: 3_000 }) });
const most = fc.record({
  basisPoints: fc.integer({ min: 0, max: 10_000 }),
  minor: fc.integer({ min: 0, max: 99_999 }),
  leftMinor: fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: null }),
  units: fc.integer({ min: 1, max: 20 }),
});

describe('a code of ours beside bundles and goals', () => {
  const line = { variantId: null, quantity: 1, giftCard: false, sellingPlan: false };
  const lines = [
    { ...line, productId: '1', unitPriceMinor: 10_000 },
    { ...line, productId: '2', unitPriceMinor: 5_000 },
  ];
  const set = { basisPoints: 1_500, minor: 0, leftMinor: null, units: 2 };
  const guard = (more: Partial<BesideGuard>): CodeGuard => ({
    rest: 3_000,
    products: new Map([
      ['1', 3_000],
      ['2', 3_000],
    ]),
    beside: {
      pairs: { ...noPairs, productOrder: true },
      off: new Map([
        ['1', set],
        ['2', set],
      ]),
      restOff: null,
      order: null,
      others: { basisPoints: 1_000, minor: 0 },
      ...more,
    },
  });
  const off = { minSubtotalMinor: null, productIds: null } as const;
  const minorOf = (code: CodeTerms, of: CodeGuard, others = 0, cartLines = lines) =>
    priceCode(cartLines, code, of, (minor) => minor, others).minor;
  const all = { type: 'amount', minor: 9_999, ...off } as const;

  it('gives all that it says where the margin is wide enough for both', () => {
    expect(minorOf({ type: 'amount', minor: 2_000, ...off }, guard({}))).toBe(2_000);
  });

  it.each<[string, number, number]>([
    // 30 % of 150.00 can come off; a set of both takes 15 %, and a minor unit of each for rounding.
    ['what is left beside a set', minorOf(all, guard({})), 4_500 - 2_252],
    ['everything, where the cart is too small for the set', minorOf(all, guard({}), 0, lines.slice(0, 1)), 3_000],
    [
      'everything, where the matrix lets no bundle stand beside it',
      minorOf({ ...all, productIds: ['1', '2'] }, guard({ pairs: { ...noPairs, orderOrder: true } })),
      4_500,
    ],
    [
      'half of what is left beside another code, which is left its share first',
      minorOf(all, guard({}), 1),
      Math.floor((2_248 - 1_501) / 2),
    ],
    [
      'less beside goals, once the cart reaches one',
      minorOf(
        all,
        guard({
          pairs: { ...noPairs, orderOrder: true },
          order: { fromMinor: 15_000, basisPoints: 1_000, minor: 0 },
        }),
      ),
      4_500 - 1_501,
    ],
    [
      'everything, before it does',
      minorOf(
        all,
        guard({
          pairs: { ...noPairs, orderOrder: true },
          order: { fromMinor: 15_001, basisPoints: 1_000, minor: 0 },
        }),
      ),
      4_500,
    ],
    [
      'nothing, where the rest cannot pay for a gift',
      minorOf(all, guard({ off: new Map([['1', { ...set, basisPoints: 10_000 }]]) })),
      0,
    ],
  ])('takes %s', (_label, minor, wanted) => {
    expect(minor).toBe(wanted);
  });
});

describe('a code of ours for shipping', () => {
  const line = {
    variantId: null,
    productId: '1',
    quantity: 1,
    unitPriceMinor: 5_000,
    giftCard: false,
    sellingPlan: false,
  };
  const off = { minSubtotalMinor: null, productIds: null } as const;
  const most = (text: string, others = 0, lines = [line], minSubtotalMinor: number | null = null) => {
    const guard = decodeCodeGuard(text);
    if (!guard) throw new Error('no guard');
    const terms = { type: 'free-shipping', ...off, minSubtotalMinor } as const;
    return priceCode(lines, terms, guard, (minor) => minor, others).freeUpToMinor;
  };

  it.each<[string, number | null, number | null]>([
    ['what the goods have above their floors', most('1;1000;'), 500],
    ['nothing of goods without any', most('1;0;'), 0],
    ['nothing of a gift card', most('1;1000;', 0, [line, { ...line, giftCard: true }]), 500],
    ['nothing of a subscription', most('1;1000;', 0, [line, { ...line, sellingPlan: true }]), 500],
    ['no shipping in a cart that is too small', most('1;1000;', 0, [line], 5_001), null],
    ['no shipping for gift cards alone', most('1;1000;', 0, [{ ...line, giftCard: true }]), null],
    ['what bundles leave where they may stand beside it', most('2;2000;1:2000:1000:0::1;8;;;0:0'), 1_000 - 501],
    ['all of it where they may not', most('2;2000;1:2000:1000:0::1;23;;;0:0'), 1_000],
    ['what the order’s goals leave', most('2;2000;;16;;5000:1000:0;0:0'), 1_000 - 501],
    ['its part beside other codes', most('2;2000;;16;;;100:0', 2), Math.floor((1_000 - 2 * 51) / 3)],
  ])('counts %s', (_label, minor, wanted) => {
    expect(minor).toBe(wanted);
  });

  it('and one for goods share what is left, and together leave the margin', () => {
    const guard = decodeCodeGuard('2;2000;;16;;;0:0')!;
    const all = { type: 'amount', minor: 9_999, ...off } as const;
    const goods = (others: number) => priceCode([line], all, guard, (minor) => minor, others).minor;
    expect([goods(0), goods(1)]).toEqual([1_000, 500]);
    // A minor unit is left to the other for what is rounded.
    expect(most('2;2000;;16;;;0:0', 1)).toBe(499);
    // One for products may not stand beside it here.
    const products = { ...all, productIds: ['1'] };
    expect(priceCode([line], products, guard, (minor) => minor, 1).minor).toBe(1_000);
  });
});

describe('a guard with what stands beside codes', () => {
  const order = fc.option(fc.record({ fromMinor: fc.nat(99_999), basisPoints: fc.nat(10_000), minor: fc.nat(9_999) }), {
    nil: null,
  });
  it('comes back as it was written, or gives less for what has no room in it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(9_999_999), fc.nat(10_000), fc.option(most, { nil: null })), {
          maxLength: 30,
          selector: ([id]) => id,
        }),
        fc.record({
          ...{ productProduct: fc.boolean(), productOrder: fc.boolean(), orderOrder: fc.boolean() },
          ...{ productShipping: fc.boolean(), orderShipping: fc.boolean() },
        }),
        order,
        share,
        fc.integer({ min: 1, max: 40 }),
        (told, pairs, goals, others, times) => {
          // As many as do not fit, with ids of a length of their own.
          const all = Array.from({ length: times }, (_, at) =>
            told.map(([id, roomBps, off]) => ({ productId: `${id}${String(at).padStart(9, '0')}`, roomBps, off })),
          ).flat();
          const rooms = all.map(({ productId, roomBps }) => ({ productId, roomBps, priceMinor: 1_000 }));
          const off = new Map(all.flatMap(({ productId, off: one }) => (one ? [[productId, one] as const] : [])));
          const text = encodeCodeGuard(rooms, { pairs, off, order: goals, others });
          expect(text.length).toBeLessThanOrEqual(10_000);
          const guard = decodeCodeGuard(text);
          expect(guard?.beside).toMatchObject({ pairs, order: goals, others });
          for (const { productId, roomBps, off: own } of all) {
            expect(guard?.products.get(productId) ?? guard?.rest).toBeLessThanOrEqual(roomBps);
            const known = guard?.products.has(productId)
              ? (guard.beside?.off.get(productId) ?? null)
              : (guard?.beside?.restOff ?? null);
            if (guard?.products.has(productId)) expect(known).toEqual(own);
            else if (own) {
              expect(known?.basisPoints).toBeGreaterThanOrEqual(own.basisPoints);
              expect(known?.minor).toBeGreaterThanOrEqual(own.minor);
              expect(known?.leftMinor ?? Infinity).toBeLessThanOrEqual(own.leftMinor ?? Infinity);
              expect(known?.units).toBeLessThanOrEqual(own.units);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    '2;5000;',
    '2;5000;;7;;;',
    '2;5000;;32;;;0:0',
    '2;5000;;7;1:2:3;;0:0',
    '2;5000;;7;;1:2;0:0',
    '2;5000;11:5:1:2:x:3;7;;;0:0',
    '2;5000;11:5:1;7;;;0:0',
    '1;5000;11:5:1:2::3',
    '3;5000;',
  ])('is none: %j', (text) => {
    expect(decodeCodeGuard(text)).toBeNull();
  });
});
