import { describe, expect, it } from 'vitest';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { basisWords, type HeldOut, holdoutWords } from './holdout-words.ts';

const arm = { visitors: 1_000, buyers: 30, profitPerVisitor: 500 };
const measured = {
  since: new Date('2026-10-01T00:00:00Z'),
  holdoutBps: 500,
  currency: 'EUR',
  treatment: arm,
  holdout: arm,
  sampleRatioPValue: 0.5,
  varianceReduction: 0,
  assumedShare: 0,
};
const span = {
  difference: 1,
  interval: { low: 0, high: 2 },
  incrementalMinor: 120_000,
  incrementalInterval: { low: -5_000, high: 240_000 },
};
const early = { ...measured, status: 'not-enough-data', visitorsNeeded: 900_000, leastBuyers: 25 } as const;
const sign: HeldOut = {
  name: 'the sign',
  off: { headline: 'Nothing to compare', text: 'Switch it on.' },
  without: 'customers see no sign',
};

describe('what a comparison says', () => {
  it.each<[ExperimentResult, string, string]>([
    [{ status: 'off' }, 'Nothing to compare', 'Switch it on.'],
    [
      early,
      'Too early to tell',
      '5% of customers see no sign. The two groups are compared once 25 customers of each have bought.',
    ],
    [
      { ...measured, status: 'sample-ratio-mismatch' },
      'The groups do not match',
      'The sizes of the two groups do not fit the share of 5%, so no difference is shown.',
    ],
    [
      { ...measured, ...span, status: 'no-difference-seen' },
      'No clear difference yet',
      'In all, the sign changed your profit by between -€50 and +€2,400. That still includes zero, so it may be chance.',
    ],
    [
      { ...measured, ...span, status: 'gain' },
      '+€1,200 because of the sign',
      'In all that is most likely between -€50 and +€2,400: in 19 of 20 such measurements the true value lies in there, however often you look.',
    ],
    [
      { ...measured, ...span, incrementalMinor: -300, status: 'loss' },
      '-€3 because of the sign',
      'most likely between',
    ],
  ])('%j', (result, headline, text) => {
    const said = holdoutWords(result, sign);
    expect(said.headline.replaceAll('−', '-')).toBe(headline);
    expect(said.text.replaceAll('−', '-')).toContain(text);
  });

  it('waits for what its page names', () => {
    const missing = ({ visitorsNeeded }: { visitorsNeeded: number | null }) => `${String(visitorsNeeded)} are missing.`;
    expect(holdoutWords(early, { ...sign, missing }).text).toBe('5% of customers see no sign. 900000 are missing.');
  });
});

it('says for how much of the revenue the margin is assumed, where it is for some', () => {
  expect(basisWords(early, 'Profit per customer.')).toBe('Profit per customer.');
  expect(basisWords({ ...early, assumedShare: 0.123 }, 'Profit per customer.')).toBe(
    'Profit per customer. For 12.3% of the revenue no cost is known; your usual margin is assumed there.',
  );
});
