import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amount,
  box,
  breaks,
  buyGet,
  eachFor,
  fixed,
  freeShipping,
  giftFor,
  goals,
  mix,
  orderOff,
  percent,
  together,
} from '#tests/conformance/carts/offers.ts';
import {
  decodeDiscountConfigs,
  defaultIncentiveRules,
  encodeDiscountConfigs,
  noPriceTests,
  type Offer,
  offersFor,
  type PriceTests,
  type UnitValue,
  valuesOf,
  visitorOf,
  withValues,
} from './index.ts';

const offers = [fixed('b1', percent(1000), ['1', '2']), fixed('b2', percent(500), ['3', '4'])];
const tests: PriceTests = {
  holdout: { salt: 'pepper', bps: 1000 },
  tests: [
    {
      bundleId: 'b1',
      layer: 'shop/t1',
      from: 0,
      to: 8000,
      salt: 's',
      arms: [
        { share: 3000, values: [] },
        { share: 3000, values: [percent(1500)] },
        { share: 4000, values: [{ type: 'amount', minor: 250 }] },
      ],
    },
  ],
};
const ids = Array.from({ length: 3000 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
const discountOf = (visitor: string | null): unknown => {
  const [first] = offersFor(offers, tests, visitor);
  return first && 'discount' in first ? first.discount : null;
};

describe('the version of a price test', () => {
  it('is one of the merchant’s own, the same each time, in the shares that were set', () => {
    const counts = new Map<string, number>();
    for (const id of ids) {
      const found = JSON.stringify(discountOf(id));
      expect(JSON.stringify(discountOf(id))).toBe(found);
      counts.set(found, (counts.get(found) ?? 0) + 1);
    }
    // 10 % are held out and 20 % take no part: both get the bundle as it stands, beside the first version's 30 %.
    const share = (discount: unknown) => (counts.get(JSON.stringify(discount)) ?? 0) / ids.length;
    expect(share(percent(1500))).toBeCloseTo(0.9 * 0.8 * 0.3, 1);
    expect(share({ type: 'amount', minor: 250 })).toBeCloseTo(0.9 * 0.8 * 0.4, 1);
    expect(counts.size).toBe(3);
  });

  it('leaves bundles alone that no test is about', () => {
    for (const id of ids.slice(0, 50)) expect(offersFor(offers, tests, id)[1]).toBe(offers[1]);
  });

  it.each([
    ['nobody', null],
    ['an empty attribute', ''],
    ['a word', 'cheapest'],
    ['an id in capitals, which no storefront makes', '0000000A-0000-4000-8000-000000000000'],
    ['an id with more behind it', '00000000-0000-4000-8000-000000000000;discount=100'],
  ])('is the bundle as it stands for %s', (_, text) => {
    expect(visitorOf(text)).toBeNull();
    expect(discountOf(visitorOf(text))).toEqual(percent(1000));
  });

  it('never is anything else, whatever a shopper writes', () => {
    const allowed = [percent(1000), percent(1500), { type: 'amount', minor: 250 }];
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.uuid()), (text) => {
        expect(allowed).toContainEqual(discountOf(visitorOf(text)));
      }),
    );
  });

  const kinds: readonly (readonly [string, Offer, readonly UnitValue[]])[] = [
    ['a fixed set', fixed('e', percent(1000), ['1', '2']), [amount(300)]],
    ['a mix', mix('e', 2, percent(1000), ['1', '2']), [percent(1)]],
    ['a box, size by size', box('e', [2, 4], [[2, percent(500)], [4, percent(900)]], ['1']), [amount(100), amount(700)]], // prettier-ignore
    ['quantity breaks, step by step', breaks('e', 'mixed', [[2, percent(500)], [3, percent(900)]], ['1']), [eachFor(900), eachFor(800)]], // prettier-ignore
    ['buy one, get one', buyGet('e', [1, ['1']], [1, ['2']], percent(5000)), [eachFor(100)]],
    ['a pair', together('e', ['1'], ['2'], 1000), [percent(9000)]],
    ['thresholds and discounts of the goals of a cart', goals('e', [[100, freeShipping], [900, orderOff(percent(500))]]), [amount(200), amount(800), amount(50)]], // prettier-ignore
  ];

  it.each(kinds)('changes what %s gives and nothing else', (_, offer, values) => {
    const version = withValues(offer, values);
    expect(valuesOf(version)).toEqual(values);
    expect(withValues(version, valuesOf(offer))).toEqual(offer);
  });

  it.each(kinds)('leaves %s as it stands where it does not fit', (_, offer, values) => {
    expect(withValues(offer, [...values, percent(1)])).toBe(offer);
    expect(withValues(offer, values.slice(1))).toBe(offer);
  });

  it.each<[string, Offer, readonly UnitValue[]]>([
    ['a price for a set, which is off all units together', fixed('e', percent(1000), ['1', '2']), [eachFor(100)]],
    ['an amount for a pair, which is a share', together('e', ['1'], ['2'], 1000), [amount(100)]],
    [
      'goals that do not rise',
      goals('e', [
        [100, freeShipping],
        [900, freeShipping],
      ]),
      [amount(200), amount(200)],
    ],
    ['a goal that is reached by a share', goals('e', [[100, freeShipping]]), [percent(100)]],
    ['anything for a gift, which is free', giftFor('e', [1, ['1']], ['2']), [percent(1)]],
  ])('does not know %s', (_, offer, values) => {
    expect(withValues(offer, values)).toBe(offer);
  });
});

describe('price tests in the configuration', () => {
  const encode = (priceTests?: PriceTests): string[] => {
    const encoded = encodeDiscountConfigs(offers, [], defaultIncentiveRules, 'USD', priceTests);
    if (!encoded.ok) throw new Error(encoded.code);
    return encoded.value;
  };

  it('come back as they were written', () => {
    expect(decodeDiscountConfigs(encode(tests))?.priceTests).toEqual(tests);
    expect(decodeDiscountConfigs(encode())?.priceTests).toEqual(noPriceTests);
  });

  it('cost no byte where there is none', () => {
    expect(encode(noPriceTests)).toEqual(encode());
    expect(encode()[0]).not.toContain('"t"');
  });

  it('of a bundle that is not live are left out', () => {
    const other: PriceTests = { ...tests, tests: tests.tests.map((test) => ({ ...test, bundleId: 'paused' })) };
    expect(encode(other)).toEqual(encode());
  });

  it('change the generation, so that shards of two publications are never mixed', () => {
    const generation = (shards: string[]) => (JSON.parse(shards[0] ?? '{}') as { g: number }).g;
    expect(generation(encode(tests))).not.toBe(generation(encode()));
  });

  it.each([
    ['a version without a share', (row: unknown[]) => row.slice(0, 5)],
    ['a discount above 100 %', (row: unknown[]) => row.map((cell) => (cell === 1500 ? 15_000 : cell))],
    ['no bundle', (row: unknown[]) => [7, ...row.slice(1)]],
    ['something left over', (row: unknown[]) => [...row, 1]],
  ])('make a shard unusable with %s: it is priced as a whole or not at all', (_, damage) => {
    const shard = JSON.parse(encode(tests)[0] ?? '{}') as { t: unknown[][] };
    shard.t = shard.t.map((row, at) => (at === 1 ? damage(row) : row));
    expect(decodeDiscountConfigs([shard])).toBeNull();
  });
});
