import type { Share } from './model.ts';

/** Two-sided 99 %: thousands of pairs are looked at, so that 95 % would let many through by luck. */
export const z99 = 2.576;

/** A share with its Wilson score interval (Wilson 1927); all zero without cases. */
export function wilson(hits: number, cases: number, z = z99): Share {
  if (cases <= 0) return { value: 0, low: 0, high: 0 };
  const share = hits / cases;
  const centre = share + (z * z) / (2 * cases);
  const spread = z * Math.sqrt((share * (1 - share)) / cases + (z * z) / (4 * cases * cases));
  const scale = 1 + (z * z) / cases;
  return {
    value: share,
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}

/** Lower end of the interval of a count, by Byar's approximation of the Poisson limits (Breslow and Day 1987). */
export function countLow(count: number, z = z99): number {
  if (count <= 0) return 0;
  return Math.max(0, count * (1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3);
}

/** z of the difference of two shares, pooled; 0 where either has no cases or nothing differs. Positive: the first is larger. */
export function shareDifference(a: { hits: number; cases: number }, b: { hits: number; cases: number }): number {
  if (a.cases === 0 || b.cases === 0) return 0;
  const pooled = (a.hits + b.hits) / (a.cases + b.cases);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.cases + 1 / b.cases));
  return error === 0 ? 0 : (a.hits / a.cases - b.hits / b.cases) / error;
}
