import { describe, expect, it } from 'vitest';
import type { Contrast, SplitTest, TestReading } from '#app/domains/experiments/index.ts';
import { surface } from '../../ui/charts/axis.ts';
import { bandOf, drawBand } from './band.ts';
import { changeWords, perVisitor, readingNotes, readingWords } from './experiment-words.ts';

const test: Pick<SplitTest, 'arms' | 'state' | 'stopReason'> = {
  arms: [
    { key: 'a', share: 5_000, change: {} },
    { key: 'b', share: 5_000, change: { title: 'Goes well' } },
  ],
  state: 'running',
  stopReason: null,
};
const focus: Contrast = { key: 'b', difference: 12, low: -4, high: 28 };
const reading: TestReading = {
  verdict: 'open',
  currency: 'USD',
  visitors: 2_000,
  arms: [],
  focus,
  sampleRatioPValue: 0.5,
  varianceReduction: 0.123,
  visitorsNeeded: 900,
  machines: 1,
  capMinor: 12_000,
  capped: 2,
  assumedShare: 0.25,
};

describe('one sentence', () => {
  it.each<[string, Partial<TestReading>, Partial<typeof test>, string]>([
    [
      'open',
      {},
      {},
      'Version B (title “Goes well”) earned $0.12 more per visitor than what stands today; we are not sure yet: about 9 more days.',
    ],
    [
      'open, small',
      { focus: { ...focus, difference: -1.234 } },
      {},
      'Version B (title “Goes well”) earned $1.23 less per 100 visitors than what stands today; we are not sure yet: about 9 more days.',
    ],
    [
      'open, hopeless',
      { visitorsNeeded: 1_000_000 },
      {},
      'Version B (title “Goes well”) earned $0.12 more per visitor than what stands today; we are not sure yet: more than half a year.',
    ],
    [
      'open and over',
      {},
      { state: 'stopped' },
      'Version B (title “Goes well”) earned $0.12 more per visitor than what stands today; but that may be chance.',
    ],
    [
      'better',
      { verdict: 'better' },
      {},
      'Version B (title “Goes well”) earned $0.12 more per visitor than what stands today. That is more than chance: you can apply it now.',
    ],
    [
      'worse',
      { verdict: 'worse', focus: { ...focus, difference: -12 } },
      { state: 'stopped', stopReason: 'harm' },
      'Version B (title “Goes well”) earned $0.12 less per visitor than what stands today. That is more than chance, so the experiment stopped by itself.',
    ],
    [
      'worse, before it is judged',
      { verdict: 'worse', focus: { ...focus, difference: -12 } },
      {},
      'Version B (title “Goes well”) earned $0.12 less per visitor than what stands today. That is more than chance, so the experiment will stop by itself within the hour.',
    ],
    [
      'a price that wins',
      { verdict: 'better' },
      { arms: [test.arms[0]!, { key: 'b', share: 5_000, change: { values: [{ type: 'amount', minor: 250 }] } }] },
      'Version B ($2.50 off) earned $0.12 more per visitor than what stands today. That is more than chance: you can apply it now.',
    ],
    [
      'over too early',
      { verdict: 'not-enough-data', focus: null },
      { state: 'stopped' },
      '2,000 visitors: too few bought to compare.',
    ],
    [
      'too early',
      { verdict: 'not-enough-data', focus: null },
      {},
      '2,000 visitors so far: too few bought to compare, about 9 more days.',
    ],
    [
      'nobody',
      { verdict: 'no-visitors', focus: null },
      {},
      'The first visitors appear here a minute after they look at a product.',
    ],
  ])('%s', (_why, part, state, sentence) => {
    expect(readingWords({ ...test, ...state }, { ...reading, ...part }, 100).sentence).toBe(sentence);
  });

  const hides: Partial<typeof test> = { arms: [test.arms[0]!, { key: 'b', share: 5_000, change: { hide: true } }] };
  const less = { focus: { ...focus, difference: -12 } };
  it.each<[string, Partial<TestReading>, Partial<typeof test>, string]>([
    [
      'earns',
      { verdict: 'worse', ...less },
      { ...hides, state: 'stopped', stopReason: 'harm' },
      'success: Visitors who saw it brought $0.12 more per visitor than those who did not. That is more than chance, so the experiment stopped by itself.',
    ],
    [
      'costs',
      { verdict: 'better' },
      hides,
      'critical: Visitors who saw it brought $0.12 less per visitor than those who did not. That is more than chance: you can take it out of the store by applying version B.',
    ],
    [
      'is not clear',
      less,
      hides,
      'info: Visitors who saw it brought $0.12 more per visitor than those who did not; we are not sure yet: about 9 more days.',
    ],
    [
      'has been seen by nobody',
      { verdict: 'no-visitors', focus: null },
      hides,
      'info: The first visitors appear here a minute after they look at a product.',
    ],
  ])('of what half of the visitors see: it %s', (_what, part, state, expected) => {
    const { tone, sentence } = readingWords({ ...test, ...state }, { ...reading, ...part }, 100);
    expect(`${tone}: ${sentence}`).toBe(expected);
  });

  it('shows no difference where the groups do not match', () => {
    const words = readingWords(test, { ...reading, verdict: 'sample-ratio-mismatch', focus: null }, 100);
    expect([words.tone, words.sentence]).toEqual(['warning', expect.stringContaining('No difference is shown')]);
  });
});

it('says what is assumed, capped and left out', () => {
  const notes = readingNotes(reading, { marginBps: 4_000, withholds: false }).join(' ');
  for (const part of [
    '25% of the revenue',
    '40% is assumed',
    '12.3% less noisy',
    '$120.00',
    '2 visitors earned more',
    '1 visitor is left out as machines: more than 300',
  ])
    expect(notes).toContain(part);
  expect(notes).not.toContain('not given');
  expect(readingNotes(reading, { marginBps: 4_000, withholds: true }).join(' ')).toContain('counts as not given');
});

it.each([
  [{}, 'As it is today'],
  [{ hide: true as const }, 'Not shown'],
  [{ source: 'popular' as const, title: 'X' }, 'Title “X”, Popular products first'],
  [{ objective: 'margin' as const }, 'Chosen for margin'],
  [{ place: 'drawer' as const }, 'In the cart drawer only'],
  [{ values: [{ type: 'percentage' as const, basisPoints: 1250 }] }, '12.5% off'],
  [
    {
      values: [
        { type: 'amount' as const, minor: 500 },
        { type: 'price' as const, minor: 799 },
      ],
    },
    '$5.00 off · $7.99 each',
  ],
])('%j is called %s', (change, words) => {
  expect(changeWords(change, 'USD')).toBe(words);
});

it('writes amounts below five minor units for a hundred visitors', () => {
  expect([perVisitor(5, 'USD'), perVisitor(4.9, 'USD'), perVisitor(0, 'USD')]).toEqual([
    ['$0.05', 'per visitor'],
    ['$4.90', 'per 100 visitors'],
    ['$0.00', 'per visitor'],
  ]);
});

describe('chart', () => {
  const history = Array.from({ length: 20 }, (_, index) => ({
    day: `2026-10-${String(index + 1).padStart(2, '0')}`,
    points: [{ key: 'b', difference: 3, low: 3 - 100 / (index + 1), high: 3 + 100 / (index + 1), visitors: index }],
  }));

  it('takes its height from the later days, keeps everything inside and has a line at zero', () => {
    const band = drawBand(bandOf(history, 'b'));
    expect(band.axis.ticks).toContain(0);
    expect(Math.max(...band.axis.ticks)).toBeLessThan(40);
    const heights = [...band.area.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map((match) => Number(match[1]));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...heights)).toBeLessThanOrEqual(surface.height);
  });

  it('of one day is a point, of another version nothing', () => {
    expect(drawBand(bandOf(history.slice(0, 1), 'b'))).toMatchObject({ area: '', places: [{ x: 0 }] });
    expect(bandOf(history, 'c')).toEqual([]);
  });
});
