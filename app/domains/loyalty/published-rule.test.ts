import { describe, expect, it } from 'vitest';
import { bucketSeed } from '#app/shared/assignment.ts';
import type { EarnRule } from './earning/registry.ts';
import type { ProgrammeSettings } from './model.ts';
import { publishedRule } from './published-rule.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

const settings: ProgrammeSettings = {
  ...usualProgramme(),
  pointsName: 'stars',
};
const money: EarnRule = { id: 'm', kind: 'amount', on: true, points: 10, perMinor: 250 };
const happy = (weekdays: number[], from: number, to: number): EarnRule => ({
  ...{ id: 'h', kind: 'happy-hours', on: true, bps: 20_000 },
  ...{ weekdays, from, to },
});
const published = (rules: EarnRule[], now = '2026-03-27T12:00:00Z', timeZone = 'Europe/Berlin') =>
  publishedRule({ ...settings, rules }, { salt: 'salt', timeZone, now: new Date(now) });

describe('what pages are told of points', () => {
  it('is the rule of money in its smallest figures, with multipliers, without what depends on the customer', () => {
    const more: EarnRule = {
      ...{ id: 'x', kind: 'product-multiplier', on: true, bps: 0 },
      ...{ productIds: ['5'], collectionIds: [] },
    };
    const order: EarnRule = { id: 'o', kind: 'order', on: true, points: 500 };
    expect(published([money, more, { ...more, id: 'y', on: false }, order])).toEqual({
      name: 'stars',
      currency: 'EUR',
      points: 1,
      perMinor: 25,
      multipliers: [{ bps: 0, productIds: ['5'], collectionIds: [] }],
      hours: [],
      seed: bucketSeed('salt'),
      holdoutBps: settings.holdoutBps,
    });
  });

  it('is nothing where money earns nothing', () => {
    expect(published([{ ...money, on: false }])).toBeNull();
  });

  it.each([
    ['an evening', [5], 18 * 60, 20 * 60, '2026-03-27T17:00:00.000Z', '2026-03-27T19:00:00.000Z'],
    ['a night into the next day', [5], 22 * 60, 2 * 60, '2026-03-27T21:00:00.000Z', '2026-03-28T01:00:00.000Z'],
    ['a whole day', [6], 0, 0, '2026-03-27T23:00:00.000Z', '2026-03-28T23:00:00.000Z'],
    ['the day on which the clocks go forward', [7], 0, 0, '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['an hour after the change', [7], 8 * 60, 9 * 60, '2026-03-29T06:00:00.000Z', '2026-03-29T07:00:00.000Z'],
    ['the last hour of that day', [7], 23 * 60 + 30, 0, '2026-03-29T21:30:00.000Z', '2026-03-29T22:00:00.000Z'],
  ])('happy hours by the clocks on the wall: %s', (_what, weekdays, from, to, startsAt, endsAt) => {
    expect(published([money, happy(weekdays, from, to)])?.hours[0]).toEqual({ bps: 20_000, startsAt, endsAt });
  });

  it('tells two weeks of hours ahead, the same all day long', () => {
    const hours = (now: string) => published([money, happy([1, 2, 3, 4, 5, 6, 7], 600, 660)], now)?.hours;
    expect(hours('2026-05-01T22:30:00Z')).toHaveLength(15);
    expect(hours('2026-05-01T22:30:00Z')).toEqual(hours('2026-05-02T21:00:00Z'));
    expect(hours('2026-05-01T22:30:00Z')?.[0]?.startsAt).toBe('2026-05-01T08:00:00.000Z');
  });
});
