import type { ArmMoments, Interval } from './model.ts';

/** Mean, unbiased variance and third central moment of one arm, from its raw sums. */
export function centralMoments(arm: ArmMoments): { mean: number; variance: number; third: number } {
  const n = arm.visitors;
  if (n === 0) return { mean: 0, variance: 0, third: 0 };
  const mean = arm.sum / n;
  const variance = n < 2 ? 0 : Math.max(0, (arm.sumOfSquares - n * mean * mean) / (n - 1));
  const third = arm.sumOfCubes / n - 3 * mean * (arm.sumOfSquares / n) + 2 * mean ** 3;
  return { mean, variance, third };
}

/**
 * Upper 97.5 % quantile of Student's t by its expansion around the normal quantile (Abramowitz & Stegun,
 * Handbook of Mathematical Functions, 26.7.5). Off by less than 0.01 from 4 degrees of freedom on.
 */
export function studentQuantile975(degrees: number): number {
  const z = 1.959963984540054;
  if (!Number.isFinite(degrees)) return z;
  const v = Math.max(1, degrees);
  return (
    z +
    (z ** 3 + z) / (4 * v) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * v ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * v ** 3)
  );
}

/**
 * 95 % confidence interval of the difference of two mean revenues per visitor (`treated` minus `control`).
 *
 * Revenue per visitor is mostly zeros with a long tail, and a holdout is far smaller than the rest, so the
 * plain Welch interval leans to one side. Capping the largest baskets would change what is estimated;
 * instead the studentised difference is corrected for skewness by Hall's cubic transformation. Source:
 * P. Hall, "On the removal of skewness by transformation", JRSS B 54 (1992) 221-228, in the two-sample form of
 * X.-H. Zhou and P. Dinh, "Nonparametric confidence intervals for the one- and two-sample problems",
 * Biostatistics 6 (2005) 187-200; degrees of freedom after Welch (Biometrika 34, 1947). The skewness is taken
 * from both arms together: a small holdout knows too little of its own tail, and the simulation in the test
 * covers the truth in 94 to 97 of 100 shops this way (90 to 95 with each arm's own skewness, 87 to 95 without
 * any correction). Between equal arms it is Welch's interval.
 */
export function differenceInterval(
  treated: ArmMoments,
  control: ArmMoments,
): { difference: number; interval: Interval } {
  const a = centralMoments(treated);
  const b = centralMoments(control);
  const partA = treated.visitors === 0 ? 0 : a.variance / treated.visitors;
  const partB = control.visitors === 0 ? 0 : b.variance / control.visitors;
  const error = Math.sqrt(partA + partB);
  const difference = a.mean - b.mean;
  if (error === 0) return { difference, interval: { low: difference, high: difference } };

  const degrees =
    (partA + partB) ** 2 /
    (partA ** 2 / Math.max(1, treated.visitors - 1) + partB ** 2 / Math.max(1, control.visitors - 1));
  const t = studentQuantile975(degrees);
  const skewness = skewnessOfDifference(treated, control);
  return {
    difference,
    interval: { low: difference - unskew(t, skewness) * error, high: difference - unskew(-t, skewness) * error },
  };
}

/** Skewness of the difference of the two means, if the arms share one distribution of revenue per visitor. */
function skewnessOfDifference(treated: ArmMoments, control: ArmMoments): number {
  const pooled = centralMoments({
    visitors: treated.visitors + control.visitors,
    buyers: treated.buyers + control.buyers,
    sum: treated.sum + control.sum,
    sumOfSquares: treated.sumOfSquares + control.sumOfSquares,
    sumOfCubes: treated.sumOfCubes + control.sumOfCubes,
  });
  if (pooled.variance === 0) return 0;
  const [perTreated, perControl] = [1 / treated.visitors, 1 / control.visitors];
  return (pooled.third * (perTreated ** 2 - perControl ** 2)) / (pooled.variance * (perTreated + perControl)) ** 1.5;
}

/** Inverse of Hall's g(x) = x + a·x²/3 + a²·x³/27 + a/6, where a is the skewness of the estimate. */
function unskew(quantile: number, skewness: number): number {
  if (Math.abs(skewness) < 1e-6) return quantile;
  return (3 / skewness) * (Math.cbrt(1 + skewness * (quantile - skewness / 6)) - 1);
}

/**
 * Visitors to be expected in the smallest group before its size says anything: below, chi-square takes a single
 * visitor for a mismatch. Source: Cochran, "Some methods for strengthening the common χ² tests", Biometrics 10, 1954.
 */
export const LEAST_EXPECTED = 5;

/**
 * P-value of the chi-square test (one degree of freedom) that `held` of `total` visitors agrees with `share`; 1 while
 * fewer than `LEAST_EXPECTED` are expected in the smaller group. The p-value of one degree of freedom is erfc(√(χ²/2)).
 */
export function sampleRatioPValue(held: number, total: number, share: number): number {
  if (share <= 0 || share >= 1 || total * Math.min(share, 1 - share) < LEAST_EXPECTED) return 1;
  const expected = total * share;
  const chiSquare = (held - expected) ** 2 / expected + (held - expected) ** 2 / (total - expected);
  return complementaryError(Math.sqrt(chiSquare / 2));
}

/** erfc for x ≥ 0 by Numerical Recipes' Chebyshev fit (`erfcc`, section 6.2); relative error below 1.2e-7. */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  const polynomial = coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return t * Math.exp(-x * x + polynomial);
}
