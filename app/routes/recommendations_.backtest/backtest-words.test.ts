import { describe, expect, it } from 'vitest';
import { backtestCsv, rowsOf, surfaceSentence } from './backtest-words.ts';

const score = (value: number) => {
  const estimate = { value, low: value - 0.05, high: value + 0.05 };
  return { hitRate: estimate, ndcg: estimate };
};
const surface = {
  surface: 'cart' as const,
  cases: 1200,
  blend: score(0.3),
  sources: [
    { source: 'popular', ...score(0.1) },
    { source: 'together', ...score(0.25) },
    { source: 'own-habit', ...score(0) },
  ],
  examples: [],
};

describe('surfaceSentence', () => {
  it.each([
    ['better than bestsellers', surface, '3 times as often as with bestsellers alone'],
    ['no better', { ...surface, blend: score(0.1) }, 'Bestsellers alone do about as well here.'],
    ['its share and interval', surface, 'In 30% of them (between 25% and 35%) one of its 10 suggestions was bought.'],
    ['nothing to ask about', { ...surface, cases: 0 }, 'there is nothing to test'],
  ])('%s', (_name, said, part) => {
    expect(surfaceSentence(said, 10)).toContain(part);
  });
});

it('rows begin with the blend, then the best source; silent ones are left out', () => {
  expect(rowsOf(surface).map(({ label }) => label)).toEqual(['Trellis', 'Bought in the same order', 'Bestsellers']);
});

it('the CSV holds a row for the blend and each source of each surface', () => {
  const lines = backtestCsv({ cutAt: 0, taught: 1, asked: 1, shown: 10, surfaces: [surface] })
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[1]).toBe(
    '"Completing a cart, signed in","blend","1200","0.300000","0.250000","0.350000","0.300000","0.250000","0.350000"',
  );
});
