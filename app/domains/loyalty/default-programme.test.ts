import { describe, expect, it } from 'vitest';
import { type Business, defaultProgramme } from './default-programme.ts';
import { programmeSettings } from './model.ts';

const business = (change: Partial<Business> = {}): Business => ({
  currency: 'EUR',
  digits: 2,
  averageOrderMinor: 5000,
  marginBps: 4000,
  minMarginBps: 1000,
  write: (minor) => `${String(minor / 100)} €`,
  ...change,
});

describe('the programme that suits a shop', () => {
  it.each([
    ['the usual one', {}],
    ['no order yet', { averageOrderMinor: null }],
    ['a currency without minor units', { currency: 'JPY', digits: 0, averageOrderMinor: 6400 }],
    ['a currency with three digits', { currency: 'KWD', digits: 3, averageOrderMinor: 21_500 }],
    ['no margin to give', { marginBps: 1000, minMarginBps: 1000 }],
    ['all margin', { marginBps: 9900, minMarginBps: 0 }],
    ['tiny orders', { averageOrderMinor: 3 }],
    ['huge orders', { averageOrderMinor: 900_000_000 }],
  ])('is one that can be saved: %s', (_case, change) => {
    const settings = defaultProgramme(business(change));
    expect(programmeSettings.parse(settings)).toEqual(settings);
    expect(settings.tiers.levels).toHaveLength(3);
    expect(settings.rewards.length).toBeGreaterThan(0);
  });

  it('gives back a tenth of the margin above the floor', () => {
    const { rewards } = defaultProgramme(business());
    expect(rewards.map((one) => [one.title, one.cost])).toEqual([
      ['2.5 € off', 80],
      ['5 € off', 170],
      ['10 € off', 330],
    ]);
  });
});
