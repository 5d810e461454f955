import { describe, expect, it } from 'vitest';
import type { ProgrammeSettings, TierRules } from '../model.ts';
import { periodOf } from './period.ts';
import { spentOf } from './spent.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

const base = usualProgramme();
const by = (period: TierRules['period']): ProgrammeSettings => ({ ...base, tiers: { ...base.tiers, period } });
const spans = (period: TierRules['period'], now: string, timeZone = 'Europe/Berlin') =>
  periodOf(by(period), new Date(now), timeZone).spans.map(({ since, until }) => [
    since.toISOString(),
    until?.toISOString() ?? null,
  ]);

describe('over which times figures count', () => {
  it.each<[string, TierRules['period'], string, string, (string | null)[][]]>([
    ['the last 365 days', 'rolling', '2026-03-01T12:00:00Z', 'Europe/Berlin', [['2025-03-01T12:00:00.000Z', null]]],
    ['since ever', 'lifetime', '2026-03-01T12:00:00Z', 'Europe/Berlin', [['1970-01-01T00:00:00.000Z', null]]],
    [
      'last year, and this year: each for itself',
      'year',
      '2026-03-01T12:00:00Z',
      'Europe/Berlin',
      [
        ['2024-12-31T23:00:00.000Z', '2025-12-31T22:59:59.999Z'],
        ['2025-12-31T23:00:00.000Z', null],
      ],
    ],
    [
      'the first moment of a year in the shop’s zone',
      'year',
      '2025-12-31T23:00:00Z',
      'Europe/Berlin',
      [
        ['2024-12-31T23:00:00.000Z', '2025-12-31T22:59:59.999Z'],
        ['2025-12-31T23:00:00.000Z', null],
      ],
    ],
    [
      'the same moment where the year is not over yet',
      'year',
      '2025-12-31T23:00:00Z',
      'America/New_York',
      [
        ['2024-01-01T05:00:00.000Z', '2025-01-01T04:59:59.999Z'],
        ['2025-01-01T05:00:00.000Z', null],
      ],
    ],
  ])('%s', (_case, period, now, zone, expected) => {
    expect(spans(period, now, zone)).toEqual(expected);
  });
});

describe('what an order counts for tiers that are reached by money', () => {
  const line = (keptMinor: number, giftCard = false) => ({ keptMinor, giftCard });
  it.each([
    ['goods', [line(1500), line(500)], 'EUR', 2000],
    ['gift cards do not: what is bought with them does', [line(1500), line(5000, true)], 'EUR', 1500],
    ['another currency by the programme’s rate, rounded down', [line(1001)], 'USD', 920],
    ['a currency without digits', [line(1000)], 'JPY', 620],
    ['a currency without a rate counts nothing', [line(1000)], 'CHF', 0],
  ])('%s', (_case, lines, currency, expected) => {
    expect(spentOf(lines, currency, { currency: 'EUR', rates: { USD: 920_000, JPY: 6_200 } })).toBe(expected);
  });
});
