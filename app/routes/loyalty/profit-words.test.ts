import { expect, it } from 'vitest';
import { profitWords } from './profit-words.ts';

it('waits for customers who buy, not for more customers, and names the number that the comparison takes', () => {
  const arm = { visitors: 1000, buyers: 3, profitPerVisitor: 5 };
  const { text } = profitWords({
    status: 'not-enough-data',
    since: new Date('2026-10-01T00:00:00Z'),
    holdoutBps: 500,
    currency: 'USD',
    treatment: arm,
    holdout: arm,
    sampleRatioPValue: 0.5,
    varianceReduction: 0,
    assumedShare: 0,
    visitorsNeeded: 600_000,
    leastBuyers: 25,
  });
  expect(text).toContain('once 25 customers of each have bought');
  expect(text).not.toContain('600,000');
});
