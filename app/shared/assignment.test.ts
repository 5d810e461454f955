import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armIn, bucketOf, isHeldOut } from './assignment.ts';

const visitors = Array.from({ length: 20_000 }, (_, index) => `visitor-${String(index)}`);
const arms = [
  { key: 'a', share: 5000 },
  { key: 'b', share: 3000 },
  { key: 'c', share: 2000 },
];
const whole = { layer: 'shop/x', from: 0, to: 10_000, salt: 's1', arms };

/** χ² of counts against equal shares of their sum. */
const chiSquare = (counts: readonly number[], shares: readonly number[]): number => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, at) => {
    const expected = total * (shares[at] ?? 0);
    return sum + (count - expected) ** 2 / expected;
  }, 0);
};

describe('assignment', () => {
  it.each([
    ['a known hash, so that no release moves visitors', 's1', '3f2c7e1a-0000-4000-8000-000000000001', 7371],
    ['no visitor id', 's1', '', 1130],
    ['letters beyond ASCII', 'ß', 'ü', 5227],
  ])('%s', (_why, salt, visitor, bucket) => {
    expect(bucketOf(visitor, salt)).toBe(bucket);
  });

  it('is the same every time, whatever else runs', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), fc.string(), (visitor, salt, layer) => {
        const split = { ...whole, salt, layer };
        const arm = armIn(visitor, split);
        expect(arm).not.toBeNull();
        expect(armIn(visitor, { ...split, arms: [...arms] })?.key).toBe(arm?.key);
      }),
    );
  });

  it('gives each arm its share', () => {
    const counts = arms.map(({ key }) => visitors.filter((visitor) => armIn(visitor, whole)?.key === key).length);
    // 13.8 is the 99.9 % quantile of χ² with 2 degrees of freedom.
    expect(
      chiSquare(
        counts,
        arms.map(({ share }) => share / 10_000),
      ),
    ).toBeLessThan(13.8);
  });

  it('never puts a visitor into two tests of one group, and loses none where the group is full', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 9999 }), (visitor, border) => {
        const first = armIn(visitor, { ...whole, to: border });
        const second = armIn(visitor, { ...whole, from: border, salt: 's2' });
        expect([first, second].filter((arm) => arm !== null)).toHaveLength(1);
      }),
    );
  });

  it.each([
    ['two tests', 's1', 's2'],
    ['salts that differ in their last letter', 'f00dfacecafe0001', 'f00dfacecafe0002'],
    ['salts that differ in their first letter', '1f00dfacecafe000', '2f00dfacecafe000'],
    ['the group and its test', 'shop/x', 's1'],
  ])('%s are independent', (_why, one, other) => {
    const half = (visitor: string, salt: string) => (bucketOf(visitor, salt) < 5000 ? 1 : 0);
    const counts = [0, 0, 0, 0];
    for (const visitor of visitors) {
      const cell = half(visitor, one) * 2 + half(visitor, other);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    // 16.3 is the 99.9 % quantile of χ² with 3 degrees of freedom.
    expect(chiSquare(counts, [0.25, 0.25, 0.25, 0.25])).toBeLessThan(16.3);
  });

  it('keeps whoever was held out, when the share grows', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(5000), fc.nat(5000), (visitor, a, b) => {
        if (isHeldOut(visitor, 's', Math.min(a, b))) expect(isHeldOut(visitor, 's', Math.max(a, b))).toBe(true);
      }),
    );
  });
});
