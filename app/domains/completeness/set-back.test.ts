import '#tests/setup/properties.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOfAnotherClock, setBackAfter } from './set-back.ts';

const minute = 60_000;
/** in minutes */
const day = 1_440;
const at = (minutes: number) => new Date(Date.UTC(2026, 5, 1, 12) + minutes * minute);
const span = { from: at(-10), until: at(50) };

test.each([
  ['older than now: its time counts', -1, null, false],
  ['by the same clock, written this very moment', 0, null, false],
  ['an answer that took some seconds', 0.4, null, false],
  ['later than the platform’s clock: by another one', 1, null, true],
  ['hours later', 180, null, true],
  ['before the clock was set back', -11, span, false],
  ['before or after, nobody knows', -5, span, true],
  ['the last moment of the old clock', 50, span, true],
])('held at %s', (_what, held, setBack, other) => {
  expect(isOfAnotherClock(at(held), at(0), setBack)).toBe(other);
});

test('a span that is over and what came after it', () => {
  expect(isOfAnotherClock(at(50.1), at(90), span)).toBe(false);
  expect(isOfAnotherClock(at(50), at(90), span)).toBe(true);
});

const look = { before: at(-5), beforeSkewMs: 0, now: at(0), skewMs: 0 };
test.each([
  ['as before', null, look, null],
  ['moved ahead', null, { ...look, skewMs: 10 * minute }, null],
  ['moved ahead, after it was set back once', span, { ...look, skewMs: 10 * minute }, span],
  ['ahead and set right', null, { ...look, beforeSkewMs: 10 * minute }, { from: at(-6), until: at(11) }],
  ['right and set behind', null, { ...look, skewMs: -60 * minute }, { from: at(-66), until: at(1) }],
  [
    'ahead and less ahead',
    null,
    { ...look, beforeSkewMs: 60 * minute, skewMs: 30 * minute },
    { from: at(24), until: at(61) },
  ],
  ['again, soon after', span, { ...look, beforeSkewMs: 60 * minute }, { from: at(-10), until: at(61) }],
  [
    'again, long after',
    { from: at(-900), until: at(-800) },
    { ...look, beforeSkewMs: 60 * minute },
    { from: at(-6), until: at(61) },
  ],
  ['never looked at', null, { before: null, beforeSkewMs: null, now: at(0), skewMs: -90_000 }, null],
  ['never looked at, of a span of before', span, { ...look, beforeSkewMs: null, skewMs: -90_000 }, span],
  [
    'set back, and nobody noted when it was looked at',
    null,
    { ...look, before: null, skewMs: -60 * minute },
    { from: at(-60 - day - 1), until: at(1) },
  ],
  [
    'set back days after a look',
    null,
    { ...look, before: at(-9 * day), skewMs: -60 * minute },
    { from: at(-60 - day - 1), until: at(1) },
  ],
])('a clock that was %s', (_what, known, looks, expected) => {
  expect(setBackAfter(known, looks)).toEqual(expected);
});

const seconds = (from: number, to: number) => fc.integer({ min: from, max: to });

test('whenever it is set back between two looks: a change of before gives way to one of after, read at any time', () => {
  const property = fc.property(
    seconds(1, 3_600),
    seconds(61, 86_400),
    seconds(0, 3_600),
    seconds(0, 3_600),
    seconds(0, 200_000),
    fc.boolean(),
    (gap, by, sinceSet, later, wait, behind) => {
      // The clock is set back `by` seconds, `gap` seconds at most after a look, and looked at again `sinceSet` after that.
      const set = 0;
      const before = new Date((set - gap) * 1_000);
      const beforeSkewMs = behind ? 0 : by * 1_000;
      const skewMs = beforeSkewMs - by * 1_000;
      const now = new Date((set + sinceSet) * 1_000);
      const setBack = setBackAfter(null, { before, beforeSkewMs, now, skewMs });
      const held = new Date(set * 1_000 + beforeSkewMs);
      const changed = new Date((set + later) * 1_000 + skewMs);
      if (changed >= held) return;
      const readAt = (set + Math.max(later, sinceSet) + wait) * 1_000;
      expect(isOfAnotherClock(held, new Date(readAt + skewMs), setBack)).toBe(true);
    },
  );
  fc.assert(property, { numRuns: 2_000 });
});

test('between two servers whose clocks differ the span goes along and grows no longer', () => {
  const property = fc.property(
    seconds(61, 3_600),
    fc.array(seconds(1_800, 7_200), { minLength: 60, maxLength: 90 }),
    (by, waits) => {
      let known: ReturnType<typeof setBackAfter> = null;
      let now = at(0);
      for (const wait of waits) {
        const before = now;
        now = new Date(now.getTime() + wait * 1_000);
        known = setBackAfter(known, { before, beforeSkewMs: by * 1_000, now, skewMs: 0 });
        known = setBackAfter(known, { before: now, beforeSkewMs: 0, now, skewMs: by * 1_000 });
      }
      expect(known?.from.getTime()).toBeGreaterThanOrEqual(now.getTime() - (day + 1) * minute);
      expect(known?.until.getTime()).toBeLessThanOrEqual(now.getTime() + by * 1_000 + minute);
    },
  );
  fc.assert(property);
});

test('by a clock that never goes back, what was written before now always counts', () => {
  const property = fc.property(seconds(-86_400, 86_400), seconds(0, 86_400), (skew, ago) => {
    const known = setBackAfter(null, { before: at(-5), beforeSkewMs: skew * 1_000, now: at(0), skewMs: skew * 1_000 });
    const held = new Date(at(0).getTime() + (skew - ago) * 1_000);
    expect(isOfAnotherClock(held, new Date(at(0).getTime() + skew * 1_000), known)).toBe(false);
  });
  fc.assert(property);
});
