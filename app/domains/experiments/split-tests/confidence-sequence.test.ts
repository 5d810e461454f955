import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHeldOut } from '#app/shared/assignment.ts';
import { chiSquareTail, sampleRatioOf } from './chi-square.ts';
import { adjust, boundary, contrastOf, tuning } from './confidence-sequence.ts';
import type { ArmSums, TestSums } from './model.ts';
import { planVisitors, readTest } from './rules.ts';

interface Visitor {
  readonly y: number;
  readonly x1?: number;
  readonly x2?: number;
}

const nobody: Omit<ArmSums, 'key'> = {
  visitors: 0,
  buyers: 0,
  orders: 0,
  revenueMinor: 0,
  profitMinor: 0,
  y: 0,
  yy: 0,
  x1: 0,
  x2: 0,
  x1x1: 0,
  x1x2: 0,
  x2x2: 0,
  x1y: 0,
  x2y: 0,
};

function sumsOf(key: string, visitors: readonly Visitor[]): ArmSums {
  const sum = (pick: (one: Required<Visitor>) => number) =>
    visitors.reduce((total, { y, x1 = 0, x2 = 0 }) => total + pick({ y, x1, x2 }), 0);
  return {
    ...nobody,
    key,
    visitors: visitors.length,
    buyers: sum(({ y }) => (y === 0 ? 0 : 1)),
    y: sum(({ y }) => y),
    yy: sum(({ y }) => y * y),
    x1: sum(({ x1 }) => x1),
    x2: sum(({ x2 }) => x2),
    x1x1: sum(({ x1 }) => x1 * x1),
    x1x2: sum(({ x1, x2 }) => x1 * x2),
    x2x2: sum(({ x2 }) => x2 * x2),
    x1y: sum(({ x1, y }) => x1 * y),
    x2y: sum(({ x2, y }) => x2 * y),
  };
}

/** mulberry32: small, seeded, good enough for a simulation */
function seeded(seed: number): { random: () => number; normal: () => number } {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { random, normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) };
}

describe('boundary', () => {
  it('is wider than a single look’s 1.96 everywhere and narrowest, in visitors’ terms, near its target', () => {
    for (const visitors of [10, 100, 1_000, 10_000, 100_000])
      expect(boundary(visitors, 1_000, 0.05)).toBeGreaterThan(2.5);
    const at = (target: number) => boundary(1_000, target, 0.05);
    expect(at(1_000)).toBeLessThan(Math.min(at(30), at(30_000)));
  });

  it('is the published formula', () => {
    const [n, rho, alpha] = [500, tuning(2_000, 0.05), 0.05];
    const half = Math.sqrt(
      ((2 * (n * rho ** 2 + 1)) / (n ** 2 * rho ** 2)) * Math.log(Math.sqrt(n * rho ** 2 + 1) / alpha),
    );
    expect(boundary(n, 2_000, alpha) / Math.sqrt(n)).toBeCloseTo(half, 12);
  });
});

describe('variance reduction', () => {
  const visitor = fc.record({
    y: fc.integer({ min: -5_000, max: 50_000 }),
    x1: fc.integer({ min: 0, max: 50_000 }),
    x2: fc.integer({ min: 0, max: 28 }),
  });
  const arm = fc.array(visitor, { minLength: 3, maxLength: 40 });

  it('never makes the estimate less certain and never moves it where arms have one past', () => {
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const { reduction, arms } = adjust([sumsOf('a', a), sumsOf('b', b)]);
        expect(reduction).toBeGreaterThanOrEqual(0);
        expect(reduction).toBeLessThanOrEqual(1);
        const twin = adjust([sumsOf('a', a), sumsOf('b', a)]).arms;
        expect(twin.get('a')?.mean).toBeCloseTo(a.reduce((sum, { y }) => sum + y, 0) / a.length, 4);
        expect(arms.get('a')?.variance).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('takes away what the past explains: all of it where profit repeats', () => {
    const past = [0, 0, 100, 300, 0, 700, 50, 20];
    const visitors = past.map((x1, index) => ({ y: 2 * x1 + 10, x1, x2: index % 3 }));
    const { theta, reduction, arms } = adjust([sumsOf('a', visitors.slice(0, 4)), sumsOf('b', visitors.slice(4))]);
    expect(theta[0]).toBeCloseTo(2, 6);
    expect(reduction).toBeCloseTo(1, 6);
    expect(arms.get('a')?.mean).toBeCloseTo(arms.get('b')?.mean ?? 0, 6);
  });

  it.each([
    ['nothing is known of anybody', [{ y: 5 }, { y: 7 }, { y: 0 }]],
    ['both covariates say the same', [1, 2, 3].map((x) => ({ y: x * 3, x1: x, x2: x }))],
    ['one covariate never varies', [1, 2, 3].map((x) => ({ y: x, x1: 4, x2: x }))],
  ])('stays finite where %s', (_why, visitors: Visitor[]) => {
    const { theta, arms } = adjust([sumsOf('a', visitors), sumsOf('b', visitors)]);
    expect([...theta, arms.get('a')?.mean, arms.get('a')?.variance].every(Number.isFinite)).toBe(true);
  });

  it('is unbiased and narrower where regular customers differ by chance between the arms', () => {
    const { random, normal } = seeded(4);
    let [sum, plain, adjusted] = [0, 0, 0];
    for (let run = 0; run < 300; run += 1) {
      const draw = (): Visitor => {
        const x1 = random() < 0.3 ? 3_000 * Math.exp(0.5 * normal()) : 0;
        return { y: Math.max(0, 0.6 * x1 + 500 * normal()), x1 };
      };
      const sums = [sumsOf('a', Array.from({ length: 200 }, draw)), sumsOf('b', Array.from({ length: 200 }, draw))];
      const { arms, reduction } = adjust(sums);
      sum += (arms.get('b')?.mean ?? 0) - (arms.get('a')?.mean ?? 0);
      plain += ((sums[1]?.y ?? 0) / 200 - (sums[0]?.y ?? 0) / 200) ** 2;
      adjusted += ((arms.get('b')?.mean ?? 0) - (arms.get('a')?.mean ?? 0)) ** 2;
      expect(reduction).toBeGreaterThan(0.3);
    }
    expect(Math.abs(sum / 300)).toBeLessThan(3 * Math.sqrt(adjusted / 300 / 300));
    expect(adjusted).toBeLessThan(0.6 * plain);
  });
});

/** A test of a shop in which buyers' profit is lognormal, read each day; returns the first day with a verdict. */
function daily(options: {
  random: () => number;
  normal: () => number;
  days: number;
  perDay: number;
  shares: readonly number[];
  conversion: number;
  spread: number;
  /** multiplies the conversion of the arms after the first */
  lift: number;
  planned: number;
}): { verdict: string; day: number } {
  const { random, normal, days, perDay, shares, conversion, spread, lift, planned } = options;
  const arms = shares.map((share, index) => ({ key: 'abcde'.charAt(index), share, change: {} }));
  const sums = arms.map(({ key }) => ({ ...sumsOf(key, []) }));
  for (let day = 1; day <= days; day += 1) {
    arms.forEach((arm, index) => {
      const one = sums[index];
      if (!one) return;
      const visitors = Math.round((perDay * arm.share) / 10_000);
      const rate = conversion * (index === 0 ? 1 : lift);
      // Buyers as a Poisson count, so that a simulated shop costs its buyers and not its visitors.
      let [buyers, product] = [-1, 1];
      const limit = Math.exp(-visitors * rate);
      while (product > limit) {
        product *= random();
        buyers += 1;
      }
      let [y, yy] = [one.y, one.yy];
      for (let buyer = 0; buyer < buyers; buyer += 1) {
        const profit = 2_000 * Math.exp(Math.min(Math.log(10), spread * normal()));
        y += profit;
        yy += profit ** 2;
      }
      sums[index] = { ...one, visitors: one.visitors + visitors, buyers: one.buyers + buyers, y, yy };
    });
    const all: TestSums = { currency: 'EUR', arms: sums, machines: 0, capMinor: null, capped: 0, assumedShare: 0 };
    const { verdict } = readTest({ arms, plannedVisitors: planned }, all);
    if (verdict === 'better' || verdict === 'worse') return { verdict, day };
  }
  return { verdict: 'open', day: days };
}

describe('looking every day', () => {
  it.each([
    ['two equal arms', { shares: [5000, 5000], conversion: 0.03, spread: 0.8, planned: 40_000 }],
    ['a small arm and very uneven baskets', { shares: [9000, 1000], conversion: 0.03, spread: 1.2, planned: 40_000 }],
    [
      'four arms against the control',
      { shares: [2000, 2000, 2000, 2000, 2000], conversion: 0.04, spread: 0.8, planned: 0 },
    ],
    ['the standing holdout, which has no plan', { shares: [500, 9500], conversion: 0.03, spread: 1.2, planned: 0 }],
    ['a plan far larger than what comes', { shares: [5000, 5000], conversion: 0.02, spread: 0.8, planned: 4_000_000 }],
  ])('finds nothing where nothing is, in 19 of 20 tests and more: %s', (_why, shop) => {
    const generator = seeded(20261121);
    const runs = 400;
    let alarms = 0;
    for (let run = 0; run < runs; run += 1) {
      if (daily({ ...generator, ...shop, days: 60, perDay: 1_000, lift: 1 }).verdict !== 'open') alarms += 1;
    }
    expect(alarms / runs).toBeLessThan(0.05);
  });

  it('would find something in many more of them with a single look’s interval', () => {
    const { normal } = seeded(5);
    let alarms = 0;
    for (let run = 0; run < 400; run += 1) {
      let sum = 0;
      for (let day = 1; day <= 60; day += 1) {
        sum += normal();
        if (Math.abs(sum) / Math.sqrt(day) > 1.96) {
          alarms += 1;
          break;
        }
      }
    }
    expect(alarms / 400).toBeGreaterThan(0.2);
  });

  it('finds a change of the planned size by the planned number of visitors in 4 of 5 tests, and earlier on average', () => {
    const generator = seeded(99);
    const [conversion, spread, lift] = [0.03, 0.8, 1.25];
    const mean = 2_000 * Math.exp(spread ** 2 / 2) * conversion;
    const variance = 2_000 ** 2 * Math.exp(2 * spread ** 2) * conversion - mean ** 2;
    const arms = [{ share: 5000 }, { share: 5000 }];
    const planned = planVisitors({ visitorsPerDay: 1_000, mean, variance }, { arms, effectBps: 2_500 }) ?? 0;
    const days = 40;
    const found = Array.from({ length: 200 }, () =>
      daily({ ...generator, days, perDay: planned / days, shares: [5000, 5000], conversion, spread, lift, planned }),
    );
    const right = found.filter(({ verdict }) => verdict === 'better');
    expect(right.length / 200).toBeGreaterThan(0.75);
    expect(right.reduce((sum, { day }) => sum + day, 0) / right.length).toBeLessThan(0.75 * days);
    expect(found.some(({ verdict }) => verdict === 'worse')).toBe(false);
  });
});

describe('contrast', () => {
  it('turns with its arms and scales with the currency', () => {
    const a = { visitors: 400, mean: 120, variance: 90_000 };
    const b = { visitors: 600, mean: 100, variance: 70_000 };
    const options = { comparisons: 2, target: 5_000 };
    const there = contrastOf('a', a, b, options);
    const back = contrastOf('b', b, a, options);
    expect([there.difference, there.low]).toEqual([-back.difference, expect.closeTo(-back.high, 9)]);
    const yen = contrastOf('a', { ...a, mean: 12_000, variance: 9e8 }, { ...b, mean: 10_000, variance: 7e8 }, options);
    expect(yen.high).toBeCloseTo(there.high * 100, 6);
  });
});

describe('χ²', () => {
  it.each([
    [3.841, 1, 0.05],
    [5.991, 2, 0.05],
    [18.467, 4, 0.001],
    [0.1, 3, 0.9918],
    [0, 3, 1],
  ])('tail of %d with %d degrees of freedom is %d', (value, degrees, expected) => {
    expect(chiSquareTail(value, degrees)).toBeCloseTo(expected, 4);
  });

  it.each([
    ['nobody yet', [0, 0], 1],
    ['as planned', [600, 400], 1],
    ['one arm loses a fifth of its visitors', [600, 320], 0.00032],
    ['fewer than five expected in the smaller one', [11, 0], 1],
  ])('sizes of the arms: %s', (_why, [a = 0, b = 0], expected) => {
    const p = sampleRatioOf([
      { visitors: a, share: 6_000 },
      { visitors: b, share: 4_000 },
    ]);
    expect(Math.abs(p - expected)).toBeLessThan(0.002);
  });

  it('agree with the storefront’s hash at the share that was asked for', () => {
    const { random } = seeded(7);
    const total = 40_000;
    const held = Array.from({ length: total }, () => isHeldOut(String(random()), 'salt', 500)).filter(Boolean).length;
    const p = sampleRatioOf([
      { visitors: held, share: 500 },
      { visitors: total - held, share: 9_500 },
    ]);
    expect(p).toBeGreaterThan(0.001);
  });
});
