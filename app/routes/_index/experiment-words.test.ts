import { describe, expect, it } from 'vitest';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { experimentWords } from './experiment-words.ts';

const arm = { visitors: 1000, buyers: 40, revenueMinor: 400_000, revenuePerVisitor: 400 };
const measured = {
  since: new Date('2026-10-01T00:00:00Z'),
  holdoutBps: 500,
  currency: 'USD',
  treatment: { ...arm, visitors: 19_000 },
  holdout: arm,
  sampleRatio: { matches: true, pValue: 0.5 },
};
const compared = {
  ...measured,
  difference: 123,
  interval: { low: 10, high: 236 },
  incrementalMinor: 2_337_000,
  incrementalInterval: { low: 190_000, high: 4_484_000 },
};

describe('experimentWords', () => {
  it.each([
    ['off', { status: 'off' }, 'The measurement is off'],
    ['too few visitors', { ...measured, status: 'not-enough-data', visitorsNeeded: 1 }, 'Too early to tell'],
    ['groups of the wrong size', { ...measured, status: 'sample-ratio-mismatch' }, 'The groups do not match'],
    ['a gain', { ...compared, status: 'gain' }, '+$23,370 because of Trellis'],
    [
      'a loss is said as plainly as a gain',
      { ...compared, status: 'loss', difference: -123, incrementalMinor: -2_337_000 },
      '-$23,370 because of Trellis',
    ],
    ['zero inside the interval', { ...compared, status: 'no-difference-seen' }, 'No clear difference yet'],
  ] satisfies [string, ExperimentResult, string][])('%s', (_name, result, headline) => {
    expect(experimentWords(result).headline).toBe(headline);
  });

  it('names the interval and writes a loss per visitor without a double negative', () => {
    const { text } = experimentWords({ ...compared, status: 'loss', difference: -123 });
    expect(text).toContain('$1.23 less each');
    expect(text).toContain('between +$1,900 and +$44,840');
  });
});
