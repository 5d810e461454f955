import { describe, expect, it } from 'vitest';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { experimentWords, measureWords } from './experiment-words.ts';

const arm = { visitors: 1000, buyers: 40, profitPerVisitor: 400 };
const measured = {
  since: new Date('2026-10-01T00:00:00Z'),
  holdoutBps: 500,
  currency: 'USD',
  treatment: { ...arm, visitors: 19_000 },
  holdout: arm,
  sampleRatioPValue: 0.5,
  varianceReduction: 0.1,
  assumedShare: 0,
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
    [
      'too few visitors',
      { ...measured, status: 'not-enough-data', visitorsNeeded: 1, leastBuyers: 25 },
      'Too early to tell',
    ],
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
    expect(text).toContain('$1.23 less profit each');
    expect(text).toContain('between +$1,900 and +$44,840');
  });

  it('says what is missing, and that nobody has bought where that cannot be said', () => {
    const early = { ...measured, status: 'not-enough-data', leastBuyers: 25 } as const;
    expect(experimentWords({ ...early, visitorsNeeded: 1200 }).text).toContain('About 1,200 more visitors');
    expect(experimentWords({ ...early, visitorsNeeded: null }).text).toContain('Nobody who was counted has bought yet');
    const nobody = { visitors: 0, buyers: 0, profitPerVisitor: 0 };
    expect(experimentWords({ ...early, treatment: nobody, holdout: nobody, visitorsNeeded: null }).text).toContain(
      'Nobody has been counted yet',
    );
  });

  it('says for how much of the revenue the margin is assumed, where it is for some', () => {
    const result = { ...compared, status: 'gain' } as const;
    expect(measureWords(result, '1 October')).not.toContain('assumed');
    expect(measureWords({ ...result, assumedShare: 0.123 }, '1 October')).toContain('For 12.3% of the revenue');
  });
});
