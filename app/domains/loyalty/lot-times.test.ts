import { describe, expect, it } from 'vitest';
import { endOfDay, endOfDayAfterMonths, startOfDay } from './local-time.ts';
import { lotTimes } from './lot-times.ts';
import type { ProgrammeSettings } from './model.ts';

type Expiry = ProgrammeSettings['expiry'];
const berlin = 'Europe/Berlin';
const times = (earned: string, expiry: Expiry, { zone = berlin, pendingDays = 0, pending = false } = {}) => {
  const { vestAt, expiresAt } = lotTimes(new Date(earned), { pendingDays, expiry }, pending, zone);
  return [vestAt.toISOString(), expiresAt?.toISOString() ?? null];
};
const ends = (...given: Parameters<typeof times>) => times(...given)[1];
const yearly = (month: number, day: number, graceMonths = 0): Expiry => ({ type: 'yearly', month, day, graceMonths });

describe('a day begins with the shop’s', () => {
  it.each<[string, readonly [number, number, number], string, string]>([
    ['winter', [2026, 1, 1], berlin, '2025-12-31T23:00:00.000Z'],
    ['summer', [2026, 7, 1], berlin, '2026-06-30T22:00:00.000Z'],
    ['the day on which clocks go forward', [2026, 3, 29], berlin, '2026-03-28T23:00:00.000Z'],
    ['the day after it', [2026, 3, 30], berlin, '2026-03-29T22:00:00.000Z'],
    ['the day on which clocks go back', [2026, 10, 25], berlin, '2026-10-24T22:00:00.000Z'],
    ['the day after it', [2026, 10, 26], berlin, '2026-10-25T23:00:00.000Z'],
    ['far west', [2026, 1, 1], 'Pacific/Honolulu', '2026-01-01T10:00:00.000Z'],
    ['beyond the date line', [2026, 1, 1], 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
    ['an offset of 45 minutes', [2026, 1, 1], 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
    [
      'a midnight that the clocks skip begins after the jump',
      [2026, 9, 6],
      'America/Santiago',
      '2026-09-06T04:00:00.000Z',
    ],
    ['a midnight that comes twice begins with the first', [2026, 4, 5], 'America/Havana', '2026-04-05T04:00:00.000Z'],
    ['days beyond the month run over', [2026, 2, 29], 'UTC', '2026-03-01T00:00:00.000Z'],
  ])('%s', (_case, [year, month, day], zone, expected) => {
    expect(startOfDay(year, month, day, zone).toISOString()).toBe(expected);
  });

  it('and ends a moment before the next', () => {
    expect(endOfDay('2026-12-31', berlin).toISOString()).toBe('2026-12-31T22:59:59.999Z');
    expect(endOfDay('2024-02-29', 'UTC').toISOString()).toBe('2024-02-29T23:59:59.999Z');
  });
});

describe('months later', () => {
  it.each<[string, string, number, string, string]>([
    ['31 January and a month is all of February', '2026-01-31T12:00:00Z', 1, berlin, '2026-02-28T23:00:00.000Z'],
    ['in a leap year the 29th, too', '2028-01-31T12:00:00Z', 1, berlin, '2028-02-29T23:00:00.000Z'],
    ['29 February and a year', '2028-02-29T12:00:00Z', 12, berlin, '2029-02-28T23:00:00.000Z'],
    ['over the end of a year', '2026-11-30T12:00:00Z', 3, berlin, '2027-02-28T23:00:00.000Z'],
    ['from winter into summer', '2026-01-15T12:00:00Z', 6, berlin, '2026-07-15T22:00:00.000Z'],
    [
      'the day is that of the shop: still the 31st',
      '2026-02-01T04:00:00Z',
      1,
      'America/New_York',
      '2026-03-01T05:00:00.000Z',
    ],
  ])('%s', (_case, from, months, zone, expected) => {
    expect(endOfDayAfterMonths(new Date(from), months, zone).toISOString()).toBe(expected);
  });
});

describe('when points can be used and when they end', () => {
  it('never, where they never end; after the time in which goods come back, where they wait', () => {
    const never: Expiry = { type: 'never' };
    expect(times('2026-03-01T12:00:00Z', never)).toEqual(['2026-03-01T12:00:00.000Z', null]);
    expect(times('2026-03-01T12:00:00Z', never, { pendingDays: 14, pending: true })[0]).toBe(
      '2026-03-15T12:00:00.000Z',
    );
  });

  it('months are counted from when they can be used', () => {
    const after: Expiry = { type: 'after', months: 1 };
    expect(times('2026-01-20T12:00:00Z', after, { pendingDays: 11, pending: true })).toEqual([
      '2026-01-31T12:00:00.000Z',
      '2026-02-28T23:00:00.000Z',
    ]);
  });

  it.each<[string, string, Expiry, string | undefined, string]>([
    [
      '31 December: its last moment is still in time',
      '2026-03-01T12:00:00Z',
      yearly(12, 31),
      berlin,
      '2026-12-31T23:00:00.000Z',
    ],
    ['on the day itself: the same evening', '2026-12-31T12:00:00Z', yearly(12, 31), berlin, '2026-12-31T23:00:00.000Z'],
    [
      'in the first moment after it: next year',
      '2026-12-31T23:00:00Z',
      yearly(12, 31),
      berlin,
      '2027-12-31T23:00:00.000Z',
    ],
    [
      'the same moment further west is before it',
      '2026-12-31T23:00:00Z',
      yearly(12, 31),
      'America/New_York',
      '2027-01-01T05:00:00.000Z',
    ],
    ['the 31st of a month of 30 days', '2026-03-01T12:00:00Z', yearly(6, 31), berlin, '2026-06-30T22:00:00.000Z'],
    ['29 February in a usual year', '2026-01-01T12:00:00Z', yearly(2, 29), berlin, '2026-02-28T23:00:00.000Z'],
    ['29 February in a leap year', '2028-01-01T12:00:00Z', yearly(2, 29), berlin, '2028-02-29T23:00:00.000Z'],
    ['earned on 29 February, ending on it', '2028-02-29T12:00:00Z', yearly(2, 29), berlin, '2028-02-29T23:00:00.000Z'],
    [
      'earned after 28 February of a usual year: the leap day after it',
      '2027-03-01T12:00:00Z',
      yearly(2, 29),
      berlin,
      '2028-02-29T23:00:00.000Z',
    ],
    ['a day on which clocks go forward', '2026-01-01T12:00:00Z', yearly(3, 29), berlin, '2026-03-29T22:00:00.000Z'],
    ['a day on which clocks go back', '2026-08-01T12:00:00Z', yearly(10, 25), berlin, '2026-10-25T23:00:00.000Z'],
    [
      'grace: too young, they live another year',
      '2026-11-15T12:00:00Z',
      yearly(12, 31, 3),
      berlin,
      '2027-12-31T23:00:00.000Z',
    ],
    ['grace: old enough', '2026-09-15T12:00:00Z', yearly(12, 31, 3), berlin, '2026-12-31T23:00:00.000Z'],
    [
      'grace that ends with the very day',
      '2026-09-30T12:00:00Z',
      yearly(12, 31, 3),
      berlin,
      '2026-12-31T23:00:00.000Z',
    ],
    [
      'grace that ends on the very day is not yet over',
      '2026-09-30T22:00:00Z',
      yearly(12, 31, 3),
      berlin,
      '2027-12-31T23:00:00.000Z',
    ],
    ['the longest grace', '2026-02-01T12:00:00Z', yearly(12, 31, 11), berlin, '2027-12-31T23:00:00.000Z'],
  ])('one day each year: %s', (_case, earned, expiry, zone, expected) => {
    expect(ends(earned, expiry, { zone: zone ?? berlin })).toBe(expected);
  });
});
