import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeHoldout, holdoutOf, isNotAsked, type HoldoutSetting } from './holdout.ts';

const day = (no: number) => new Date(Date.UTC(2026, 0, no));
const none: HoldoutSetting = { holdoutBps: 0, holdoutSalt: '', holdoutSince: null };
const five: HoldoutSetting = { holdoutBps: 500, holdoutSalt: 's', holdoutSince: day(3) };

it.each<[string, HoldoutSetting, Date | null, unknown]>([
  ['nobody is held out', none, day(1), null],
  ['nobody any more', { ...five, holdoutBps: 0 }, day(1), null],
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
  expect(changeHoldout(none, 500, 'fresh', day(5))).toEqual({ ...five, holdoutSalt: 'fresh', holdoutSince: day(5) });
  expect(changeHoldout(five, 500, 'fresh', day(5))).toEqual(five);
  expect(changeHoldout(five, 0, 'fresh', day(5))).toEqual({ ...five, holdoutBps: 0, holdoutSince: day(5) });
});

it('a larger share holds out whoever the smaller one did, and a share is about as large as it says', () => {
  const bps = fc.integer({ min: 1, max: 2_000 });
  fc.assert(
    fc.property(bps, bps, fc.string({ minLength: 1 }), fc.uuid(), (a, b, salt, id) => {
      const small = changeHoldout(none, Math.min(a, b), salt, day(1));
      const large = changeHoldout(small, Math.max(a, b), 'other', day(2));
      const held = (share: HoldoutSetting) => isNotAsked(holdoutOf(share, day(1)), id);
      if (held(small)) expect(held(large)).toBe(true);
    }),
  );
  const holdout = holdoutOf(five, day(1));
  const held = Array.from({ length: 20_000 }, (_, id) => isNotAsked(holdout, `c${String(id)}`)).filter(Boolean);
  expect(held.length / 20_000).toBeCloseTo(0.05, 2);
  expect(isNotAsked(null, 'anybody')).toBe(false);
});
