import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roomOfSet } from './room-of-set.ts';

it.each<[string, number | null, number[], number]>([
  // Two parts of 100.00, 30 % may come off; at 10 % less they cost 180.00, and 40.00 more may come off.
  ['a share off', 1_000, [3_000, 3_000], 2_222],
  ['by the weakest part', 1_000, [3_000, 1_500], 555],
  ['all that the parts can bear', 3_000, [3_000, 9_000], 0],
  ['more than they can bear', 3_000, [2_000, 9_000], 0],
  ['everything', 10_000, [10_000], 0],
  ['an amount', null, [9_000], 0],
  ['no parts', 1_000, [], 0],
])('%s', (_label, discountBps, rooms, wanted) => {
  expect(roomOfSet(discountBps, rooms)).toBe(wanted);
});

it('leaves the parts above their floors, whatever they cost', () => {
  const part = fc.record({ price: fc.integer({ min: 1, max: 99_999 }), room: fc.integer({ min: 0, max: 10_000 }) });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 10_000 }), (parts, off) => {
      const room = roomOfSet(
        off,
        parts.map((one) => one.room),
      );
      if (room === 0) return;
      const sum = (of: (one: (typeof parts)[number]) => number) => parts.reduce((total, one) => total + of(one), 0);
      const sold = sum(({ price }) => (price * (10_000 - off)) / 10_000);
      const floor = sum(({ price, room: own }) => (price * (10_000 - own)) / 10_000);
      expect(sold - (sold * room) / 10_000).toBeGreaterThanOrEqual(floor - 1e-6);
    }),
  );
});
