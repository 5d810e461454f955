import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, floorOf, guardDiscount, marginBps, marginOfTaxed, percentageOf, withoutTax } from './margin.ts';
import { readConversion } from './rate.ts';

describe('the margin guard', () => {
  it.each([
    { why: 'cost ÷ (1 − 20 %)', price: 2000, cost: 1200, min: 2000, standard: 0, floor: 1500 },
    { why: 'rounded up, for the merchant', price: 2000, cost: 1000, min: 3000, standard: 0, floor: 1429 },
    { why: 'no minimum: the cost itself', price: 2000, cost: 1200, min: 0, standard: 0, floor: 1200 },
    { why: 'unknown cost: half of the price', price: 1999, cost: null, min: 0, standard: 5000, floor: 1000 },
    { why: 'a margin of 100 % forbids every discount', price: 2000, cost: 0, min: 10_000, standard: 0, floor: 2000 },
    { why: 'a free good may be given away', price: 2000, cost: 0, min: 5000, standard: 0, floor: 0 },
  ])('floor: $why', ({ price, cost, min, standard, floor }) => {
    expect(floorOf(price, cost, { minMarginBps: min, defaultMarginBps: standard })).toBe(floor);
  });

  it('leaves at least the margin at the floor, and less one unit below it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 7 }), fc.integer({ min: 0, max: 9999 }), (cost, min) => {
        const floor = floorOf(cost * 2, cost, { minMarginBps: min, defaultMarginBps: 0 });
        expect((floor - cost) * 10_000).toBeGreaterThanOrEqual(min * floor);
        expect((floor - 1 - cost) * 10_000).toBeLessThan(min * (floor - 1));
      }),
    );
  });

  it.each([
    { why: 'never at a loss, 19 % tax in a price of 119.00', cost: 9000, min: 0, tax: 1900, floor: 10_710 },
    { why: 'a fifth of the price without tax', cost: 8000, min: 2000, tax: 2500, floor: 12_500 },
    { why: 'no tax in the price', cost: 8000, min: 2000, tax: 0, floor: 10_000 },
  ])('floor of a price with tax: $why', ({ cost, min, tax, floor }) => {
    const minMarginBps = marginOfTaxed(min, tax, Math.ceil);
    const found = floorOf(20_000, cost, { minMarginBps, defaultMarginBps: 0 });
    expect(found).toBeGreaterThanOrEqual(floor);
    // Rounded to whole basis points, up.
    expect(found).toBeLessThanOrEqual(floor * 1.0002);
  });

  it('keeps the margin of the price without tax, whatever the tax, with and without a known cost', () => {
    const share = fc.integer({ min: 0, max: 9_000 });
    fc.assert(
      fc.property(share, share, fc.integer({ min: 0, max: 5_000 }), fc.nat(10 ** 6), (min, standard, tax, cost) => {
        const rules = {
          minMarginBps: marginOfTaxed(min, tax, Math.ceil),
          defaultMarginBps: marginOfTaxed(standard, tax, Math.floor),
        };
        const keeps = (floor: number, costMinor: number) => {
          const net = (floor * 10_000) / (10_000 + tax);
          expect(net - costMinor).toBeGreaterThanOrEqual((net * min) / 10_000 - 1e-6);
        };
        keeps(floorOf(10 ** 7, cost, rules), cost);
        const price = 10 ** 6 + cost;
        keeps(floorOf(price, null, rules), ((price * 10_000) / (10_000 + tax)) * (1 - standard / 10_000));
      }),
    );
  });

  it.each([
    { why: 'room enough', wanted: 300, price: 2000, floor: 1500, minor: 300, outcome: 'untouched' },
    { why: 'up to the floor', wanted: 900, price: 2000, floor: 1500, minor: 500, outcome: 'reduced' },
    { why: 'at the floor', wanted: 900, price: 1500, floor: 1500, minor: 0, outcome: 'refused' },
    { why: 'below it already', wanted: 900, price: 1000, floor: 1500, minor: 0, outcome: 'refused' },
    { why: 'more than the price', wanted: 900, price: 500, floor: 0, minor: 500, outcome: 'untouched' },
  ])('guard: $why', ({ wanted, price, floor, minor, outcome }) => {
    expect(guardDiscount(wanted, price, floor)).toEqual({ minor, outcome });
  });

  it('rounds percentages half up and margins down', () => {
    expect(percentageOf(990, 1500)).toBe(149);
    expect(percentageOf(333, 1000)).toBe(33);
    expect(marginBps(2999, 1000)).toBe(6665);
    expect(marginBps(0, 100)).toBeNull();
    expect(marginBps(100, 300)).toBe(-20_000);
  });

  it('shows the margin of the price without its tax', () => {
    expect(marginBps(12_500, 8_000, 2_500)).toBe(2000);
    expect(marginBps(11_900, 9_000, 1_900)).toBe(1000);
    expect(withoutTax(11_900, 1_900)).toBe(10_000);
  });

  it('shows the merchant’s own margin again where the cost is unknown, and at least the minimum at the floor', () => {
    const share = fc.integer({ min: 0, max: 9_000 });
    fc.assert(
      fc.property(share, share, fc.integer({ min: 0, max: 5_000 }), fc.nat(10 ** 6), (min, standard, tax, cost) => {
        const rules = {
          minMarginBps: marginOfTaxed(min, tax, Math.ceil),
          defaultMarginBps: marginOfTaxed(standard, tax, Math.floor),
        };
        const price = 10 ** 7 + cost;
        const shown = marginBps(price, costOf(price, null, rules), tax) ?? 0;
        // The cost is rounded up to whole basis points of the price with its tax.
        expect(shown).toBeLessThanOrEqual(standard);
        expect(shown).toBeGreaterThanOrEqual(standard - 3);
        const floor = floorOf(price, cost, rules);
        if (floor > 0) expect(marginBps(floor, cost, tax)).toBeGreaterThanOrEqual(min);
      }),
    );
  });
});

describe('presentment rates', () => {
  it.each([
    { why: 'same currency', rate: '1.0', from: 'USD', to: 'USD', minor: 1999, nearest: 1999, up: 1999 },
    { why: '460.65 cents', rate: '0.9213', from: 'USD', to: 'EUR', minor: 500, nearest: 461, up: 461 },
    { why: 'half up', rate: '0.5', from: 'USD', to: 'EUR', minor: 5, nearest: 3, up: 3 },
    { why: '747.75 yen', rate: '149.55', from: 'USD', to: 'JPY', minor: 500, nearest: 748, up: 748 },
    { why: 'costs round up', rate: '0.9213', from: 'USD', to: 'EUR', minor: 100, nearest: 92, up: 93 },
    { why: 'two to three decimals', rate: '0.3075', from: 'USD', to: 'KWD', minor: 1000, nearest: 3075, up: 3075 },
  ])('$why', ({ rate, from, to, minor, nearest, up }) => {
    const conversion = readConversion(rate, from, to);
    expect([conversion?.nearest(minor), conversion?.up(minor)]).toEqual([nearest, up]);
  });

  it.each(['', '0', '0.00', '-1', 'NaN', '1e3', '1,5', ' 1'])('refuses %j', (rate) => {
    expect(readConversion(rate, 'USD', 'EUR')).toBeNull();
  });
});
