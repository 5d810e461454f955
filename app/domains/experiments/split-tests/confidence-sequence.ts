import type { ArmSums, Contrast } from './model.ts';

/** Chance that a test ever shows a difference where there is none, over all its arms and all looks. */
export const ALPHA = 0.05;

/**
 * How the boundary is tuned: it is tightest when about `target` visitors were counted. Source: Waudby-Smith,
 * Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences",
 * Annals of Statistics 52 (2024), appendix B.2 (ρ that minimises the width at a chosen time).
 */
export function tuning(target: number, alpha: number): number {
  const twice = -2 * Math.log(alpha);
  return Math.sqrt((twice + Math.log(twice) + 1) / Math.max(1, target));
}

/**
 * Half the width of an asymptotic confidence sequence, in standard errors of the estimate: the normal-mixture
 * boundary of Robbins (1970) in the form of Waudby-Smith et al. (2024), theorem 2.2, multiplied by √n and divided
 * by the standard deviation. Unlike 1.96 it holds at every look at once, however often one looks.
 * @param visitors counted so far, all arms of the comparison together
 */
export function boundary(visitors: number, target: number, alpha: number): number {
  if (visitors <= 0) return Number.POSITIVE_INFINITY;
  const scaled = visitors * tuning(target, alpha) ** 2;
  return Math.sqrt(((2 * (scaled + 1)) / scaled) * Math.log(Math.sqrt(scaled + 1) / alpha));
}

/** Mean and variance of one arm, adjusted by `theta` for what was known of its visitors before. */
export interface Adjusted {
  readonly visitors: number;
  readonly mean: number;
  /** the arm's own or that of all arms together, whichever is larger */
  readonly variance: number;
}

export interface Cuped {
  readonly theta: readonly [number, number];
  readonly arms: ReadonlyMap<string, Adjusted>;
  /** share of the variance taken away, 0 to 1 */
  readonly reduction: number;
}

interface Spread {
  readonly yy: number;
  readonly x11: number;
  readonly x12: number;
  readonly x22: number;
  readonly x1y: number;
  readonly x2y: number;
}

/** Sums of squares and products around the arm's own means. */
function spreadOf(arm: ArmSums): Spread {
  const n = Math.max(1, arm.visitors);
  return {
    yy: Math.max(0, arm.yy - arm.y ** 2 / n),
    x11: Math.max(0, arm.x1x1 - arm.x1 ** 2 / n),
    x12: arm.x1x2 - (arm.x1 * arm.x2) / n,
    x22: Math.max(0, arm.x2x2 - arm.x2 ** 2 / n),
    x1y: arm.x1y - (arm.x1 * arm.y) / n,
    x2y: arm.x2y - (arm.x2 * arm.y) / n,
  };
}

/** Solves the normal equations; a covariate that does not vary, or repeats the other, is left out. */
function solve({ x11, x12, x22, x1y, x2y }: Spread): readonly [number, number] {
  const determinant = x11 * x22 - x12 ** 2;
  if (determinant > 1e-9 * x11 * x22) {
    return [(x22 * x1y - x12 * x2y) / determinant, (x11 * x2y - x12 * x1y) / determinant];
  }
  return x11 > 0 ? [x1y / x11, 0] : [0, x22 > 0 ? x2y / x22 : 0];
}

/**
 * Takes out of every visitor's profit what the visitor's past explains. Both covariates were fixed before the
 * first exposure, so no arm can have moved them and the difference stays unbiased. The slope is that of one
 * least-squares fit within the arms. Source: Deng, Xu, Kohavi and Walker, "Improving the sensitivity of online
 * controlled experiments by utilizing pre-experiment data" (CUPED), WSDM 2013, with two covariates.
 */
export function adjust(arms: readonly ArmSums[]): Cuped {
  const spreads = arms.map(spreadOf);
  const total = (pick: (spread: Spread) => number) => spreads.reduce((sum, spread) => sum + pick(spread), 0);
  const pooled: Spread = {
    yy: total((one) => one.yy),
    x11: total((one) => one.x11),
    x12: total((one) => one.x12),
    x22: total((one) => one.x22),
    x1y: total((one) => one.x1y),
    x2y: total((one) => one.x2y),
  };
  const theta = solve(pooled);
  const visitors = arms.reduce((sum, arm) => sum + arm.visitors, 0);
  const mean1 = arms.reduce((sum, arm) => sum + arm.x1, 0) / Math.max(1, visitors);
  const mean2 = arms.reduce((sum, arm) => sum + arm.x2, 0) / Math.max(1, visitors);
  const left = (spread: Spread): number =>
    Math.max(
      0,
      spread.yy -
        2 * (theta[0] * spread.x1y + theta[1] * spread.x2y) +
        theta[0] ** 2 * spread.x11 +
        2 * theta[0] * theta[1] * spread.x12 +
        theta[1] ** 2 * spread.x22,
    );
  // A small arm that happens to have few buyers seems to vary less as well, and would look sure of a difference that is
  // chance. What the arms vary together bounds it from below.
  const together = left(pooled) / Math.max(1, visitors - arms.length);
  const adjusted = arms.map((arm, index): [string, Adjusted] => {
    const n = Math.max(1, arm.visitors);
    const spread = spreads[index];
    return [
      arm.key,
      {
        visitors: arm.visitors,
        mean: arm.y / n - theta[0] * (arm.x1 / n - mean1) - theta[1] * (arm.x2 / n - mean2),
        variance: Math.max(together, spread && arm.visitors > 1 ? left(spread) / (arm.visitors - 1) : 0),
      },
    ];
  });
  return {
    theta,
    arms: new Map(adjusted),
    reduction: pooled.yy > 0 ? Math.max(0, 1 - left(pooled) / pooled.yy) : 0,
  };
}

/** Standard error of the difference of two arms' means. */
export function standardError(arm: Adjusted, control: Adjusted): number {
  if (arm.visitors === 0 || control.visitors === 0) return 0;
  return Math.sqrt(arm.variance / arm.visitors + control.variance / control.visitors);
}

/**
 * The difference of an arm to the control with its confidence sequence.
 * @param comparisons arms that are compared with the control; α is divided by their number (Bonferroni)
 * @param target visitors for which the sequence is tuned
 */
export function contrastOf(
  key: string,
  arm: Adjusted,
  control: Adjusted,
  { comparisons, target }: { comparisons: number; target: number },
): Contrast {
  const difference = arm.mean - control.mean;
  const width =
    standardError(arm, control) * boundary(arm.visitors + control.visitors, target, ALPHA / Math.max(1, comparisons));
  return { key, difference, low: difference - width, high: difference + width };
}
