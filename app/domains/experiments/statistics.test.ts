import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { ArmMoments } from './model.ts';
import { centralMoments, differenceInterval, sampleRatioPValue, studentQuantile975 } from './statistics.ts';

function moments(values: Iterable<number>): ArmMoments {
  let [visitors, buyers, sum, sumOfSquares, sumOfCubes] = [0, 0, 0, 0, 0];
  for (const value of values) {
    visitors += 1;
    if (value !== 0) buyers += 1;
    sum += value;
    sumOfSquares += value ** 2;
    sumOfCubes += value ** 3;
  }
  return { visitors, buyers, sum, sumOfSquares, sumOfCubes };
}

/** mulberry32: small, seeded, good enough for a simulation */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('quantile of Student’s t', () => {
  it.each([
    [5, 2.571, 'a handful of visitors'],
    [30, 2.042, 'tables stop here'],
    [Number.POSITIVE_INFINITY, 1.96, 'the normal limit'],
  ])('%d degrees → %d (%s)', (degrees, expected) => {
    expect(studentQuantile975(degrees)).toBeCloseTo(expected, 2);
  });
});

describe('interval of the difference', () => {
  it('is Welch’s where nothing is skewed', () => {
    const { difference, interval } = differenceInterval(moments([1, 2, 3, 4, 5]), moments([2, 4, 6, 8, 10]));
    // R: t.test(1:5, 2*(1:5)) → -6.9, 0.9 at 5.88 degrees of freedom
    expect(difference).toBe(-3);
    expect(interval.low).toBeCloseTo(-6.9, 1);
    expect(interval.high).toBeCloseTo(0.9, 1);
  });

  it('is a point where every visitor spent the same', () => {
    expect(differenceInterval(moments([5, 5]), moments([3, 3])).interval).toEqual({ low: 2, high: 2 });
  });

  it('holds its own estimate, turns with its arms and scales with the currency', () => {
    const arm = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const there = differenceInterval(moments(a), moments(b));
        const back = differenceInterval(moments(b), moments(a));
        const tolerance = 1e-6 * (1 + Math.abs(there.interval.low) + Math.abs(there.interval.high));
        expect(there.interval.low).toBeLessThanOrEqual(there.interval.high + tolerance);
        expect(Math.abs(there.interval.low + back.interval.high)).toBeLessThanOrEqual(tolerance);
        const tenfold = differenceInterval(moments(a.map((x) => x * 10)), moments(b.map((x) => x * 10)));
        expect(Math.abs(tenfold.interval.high - 10 * there.interval.high)).toBeLessThanOrEqual(20 * tolerance);
      }),
    );
  });

  it.each([
    {
      share: 0.05,
      conversion: 0.03,
      spread: 0.8,
      visitors: 16_700,
      why: 'the default holdout at the fewest buyers that are shown',
    },
    { share: 0.05, conversion: 0.02, spread: 1.2, visitors: 40_000, why: 'a shop with very uneven baskets' },
    { share: 0.5, conversion: 0.03, spread: 0.8, visitors: 3000, why: 'equal arms' },
  ])('covers the truth in about 95 of 100 shops: $why', ({ share, conversion, spread, visitors }) => {
    const random = seeded(20261121);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    // Buyers are placed first, so that a simulated shop costs its buyers and not its visitors.
    const arm = (size: number) => {
      const mean = size * conversion;
      const buyers = Math.max(0, Math.round(mean + Math.sqrt(mean * (1 - conversion)) * normal()));
      const spent = Array.from({ length: buyers }, () => Math.round(5000 * Math.exp(spread * normal())));
      return { ...moments(spent), visitors: size };
    };
    const runs = 1000;
    let [below, above] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const { interval } = differenceInterval(
        arm(Math.round(visitors * (1 - share))),
        arm(Math.round(visitors * share)),
      );
      if (interval.high < 0) below += 1;
      if (interval.low > 0) above += 1;
    }
    expect((below + above) / runs, `${String(below)} below, ${String(above)} above`).toBeLessThan(0.065);
    expect(Math.max(below, above) / runs).toBeLessThan(0.05);
  });
});

describe('sample ratio', () => {
  it.each([
    [50, 1000, 0.05, 1, 'as configured'],
    [61, 1000, 0.05, 0.1105, 'χ² = 2.547'],
    [100, 1000, 0.05, 4.0e-13, 'twice too many'],
    [0, 0, 0.05, 1, 'nobody yet'],
    [1, 1, 0.05, 1, 'the first visitor is held out'],
    [9, 99, 0.05, 1, 'fewer than five expected'],
    [0, 200, 0.05, 0.0012, 'ten expected, none seen: χ² = 10.526'],
  ])('%d of %d at %d → p = %d (%s)', (held, total, share, expected) => {
    const p = sampleRatioPValue(held, total, share);
    expect(Math.abs(p - expected)).toBeLessThan(0.001 + expected * 0.01);
  });

  it('the storefront’s hash assigns the share that was asked for', () => {
    const random = seeded(7);
    const total = 40_000;
    const held = Array.from({ length: total }, () => isHeldOut(String(random()), 'salt', 500)).filter(Boolean).length;
    expect(sampleRatioPValue(held, total, 0.05)).toBeGreaterThan(0.001);
  });
});

it('moments of a known list', () => {
  expect(centralMoments(moments([1, 2, 6]))).toEqual({ mean: 3, variance: 7, third: expect.closeTo(6) as number });
});
