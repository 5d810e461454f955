import { expect, it } from 'vitest';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { earnedBasis, earnedWords } from './earned-words.ts';

const arm = { visitors: 1_000, buyers: 30, profitPerVisitor: 500 };
const measured = {
  since: new Date('2026-10-01T00:00:00Z'),
  holdoutBps: 500,
  currency: 'EUR',
  treatment: arm,
  holdout: arm,
  sampleRatioPValue: 0.5,
  varianceReduction: 0,
  assumedShare: 0.25,
};
const span = {
  difference: 1,
  interval: { low: 0, high: 2 },
  incrementalMinor: 120_000,
  incrementalInterval: { low: -5_000, high: 240_000 },
};

it.each<[ExperimentResult, string, string]>([
  [{ status: 'off' }, 'Not measured', 'You set the share in the programme'],
  [
    { ...measured, status: 'not-enough-data', visitorsNeeded: 900_000, leastBuyers: 25 },
    'Too early to tell',
    'once 25 customers of each have bought',
  ],
  [{ ...measured, status: 'sample-ratio-mismatch' }, 'The groups do not match', 'the share of 5%'],
  [{ ...measured, ...span, status: 'no-difference-seen' }, 'No clear difference yet', 'between -€50 and +€2,400'],
  [{ ...measured, ...span, status: 'gain' }, '+€1,200 because of referrals', 'in 19 of 20 such measurements'],
])('says what %j means', (result, headline, text) => {
  const said = earnedWords(result);
  expect(said.headline).toBe(headline);
  expect(said.text.replaceAll('−', '-')).toContain(text);
});

it('says that friends who would have come anyway are in it', () => {
  const text = earnedBasis({ ...measured, ...span, status: 'gain' }, '1 October');
  expect(text).toContain('since 1 October');
  expect(text).toContain('the most that referrals earn');
  expect(text).toContain('25%');
});
