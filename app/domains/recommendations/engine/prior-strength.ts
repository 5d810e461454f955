import { at } from './history.ts';

/**
 * How many expected events a prior is worth. Counts are Poisson around expected × r, r spread around 1 as
 * Gamma(strength, strength): the variance beyond Poisson, sum((count - expected)² - expected), is then
 * sum(expected²) / strength. Infinity where the counts stray no more than by chance: the prior says it all.
 */
export function strengthOf(counts: Float64Array, expected: Float64Array): number {
  let beyond = 0;
  let squares = 0;
  expected.forEach((mean, k) => {
    beyond += (at(counts, k) - mean) ** 2 - mean;
    squares += mean * mean;
  });
  return beyond > 0 ? squares / beyond : Infinity;
}

/** Posterior mean of r: 1 without evidence, count / expected with much. */
export function shrunk(count: number, expected: number, strength: number): number {
  return strength === Infinity ? 1 : (count + strength) / (expected + strength);
}
