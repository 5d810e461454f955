/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const z = 1.96;
const resamples = 400;

/** A share of cases with Wilson's interval (J. Am. Stat. Assoc. 22, 1927); without a case anything is possible. */
export function shareOf(hits: number, cases: number): Estimate {
  if (cases === 0) return { value: 0, low: 0, high: 1 };
  const share = hits / cases;
  const denominator = 1 + z ** 2 / cases;
  const middle = (share + z ** 2 / (2 * cases)) / denominator;
  const half = (z * Math.sqrt((share * (1 - share)) / cases + z ** 2 / (4 * cases ** 2))) / denominator;
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** A mean with its percentile bootstrap interval. @param random uniform in [0, 1) */
export function meanOf(values: readonly number[], random: () => number): Estimate {
  if (values.length === 0) return { value: 0, low: 0, high: 1 };
  const mean = (of: (k: number) => number) => {
    let sum = 0;
    for (let k = 0; k < values.length; k += 1) sum += of(k);
    return sum / values.length;
  };
  const means = Float64Array.from({ length: resamples }, () =>
    mean(() => values[Math.floor(random() * values.length)] ?? 0),
  ).sort();
  return {
    value: mean((k) => values[k] ?? 0),
    low: means[Math.floor(resamples * 0.025)] ?? 0,
    high: means[Math.ceil(resamples * 0.975) - 1] ?? 1,
  };
}

/** A repeatable stream of numbers in [0, 1) (mulberry32): the same history gives the same intervals. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
