import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeShare, holdoutOf, isNotAsked, type KeptShare } from './holdout.ts';

const day = (no: number) => new Date(Date.UTC(2026, 0, no));
const none: KeptShare = { heldOutBps: 0, heldOutSalt: '', heldOutSince: null };
const five: KeptShare = { heldOutBps: 500, heldOutSalt: 's', heldOutSince: day(3) };

it.each<[string, KeptShare, Date | null, unknown]>([
  ['nobody is held out', none, day(1), null],
  ['nobody any more', { ...five, heldOutBps: 0 }, day(1), null],
  ['nobody is asked yet', five, null, null],
  ['it counts from the share on', five, day(1), { salt: 's', holdoutBps: 500, since: day(3), begun: day(1) }],
  [
    'and from the asking where that came later',
    five,
    day(9),
    { salt: 's', holdoutBps: 500, since: day(9), begun: day(9) },
  ],
])('%s', (_why, share, begun, holdout) => {
  expect(holdoutOf(share, begun)).toEqual(holdout);
});

it('a share begins anew when it changes, and only then', () => {
  expect(changeShare(none, 500, 'fresh', day(5))).toEqual({ ...five, heldOutSalt: 'fresh', heldOutSince: day(5) });
  expect(changeShare(five, 500, 'fresh', day(5))).toEqual(five);
  expect(changeShare(five, 0, 'fresh', day(5))).toEqual({ ...five, heldOutBps: 0, heldOutSince: day(5) });
});

it('a larger share holds out whoever the smaller one did, and a share is about as large as it says', () => {
  const bps = fc.integer({ min: 1, max: 2_000 });
  fc.assert(
    fc.property(bps, bps, fc.string({ minLength: 1 }), fc.uuid(), (a, b, salt, id) => {
      const small = changeShare(none, Math.min(a, b), salt, day(1));
      const large = changeShare(small, Math.max(a, b), 'other', day(2));
      const held = (share: KeptShare) => isNotAsked(holdoutOf(share, day(1)), id);
      if (held(small)) expect(held(large)).toBe(true);
    }),
  );
  const holdout = holdoutOf(five, day(1));
  const held = Array.from({ length: 20_000 }, (_, id) => isNotAsked(holdout, `c${String(id)}`)).filter(Boolean);
  expect(held.length / 20_000).toBeCloseTo(0.05, 2);
  expect(isNotAsked(null, 'anybody')).toBe(false);
});
