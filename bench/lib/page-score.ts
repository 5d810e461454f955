/** What one load of a page measured: milliseconds, a layout shift without unit, bytes over the network. */
export interface PageVitals {
  readonly fcp: number;
  readonly lcp: number;
  readonly tbt: number;
  readonly cls: number;
  readonly bytes: number;
}

/** Value that scores 0.9, value that scores 0.5, weight. Source: Lighthouse's mobile scoring, without its speed index. */
const curves: Readonly<
  Record<Exclude<keyof PageVitals, 'bytes'>, readonly [p10: number, median: number, weight: number]>
> = {
  fcp: [1800, 3000, 10],
  lcp: [2500, 4000, 25],
  tbt: [200, 600, 30],
  cls: [0.1, 0.25, 25],
};

/** Abramowitz and Stegun, formula 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}

/** The share of a log-normal distribution above `value`: Lighthouse's score of one figure, 0 to 1. */
function logNormal(value: number, p10: number, middle: number): number {
  if (value <= 0) return 1;
  const sigma = (Math.log(middle) - Math.log(p10)) / (Math.SQRT2 * 0.9061938024368232);
  return (1 - erf((Math.log(value) - Math.log(middle)) / (Math.SQRT2 * sigma))) / 2;
}

/** Performance of 0 to 100 by Lighthouse's curves and weights of the four figures that this benchmark measures. */
export function pageScore(vitals: PageVitals): number {
  let sum = 0;
  let weights = 0;
  for (const [key, [p10, middle, weight]] of Object.entries(curves)) {
    sum += weight * logNormal(vitals[key as keyof typeof curves], p10, middle);
    weights += weight;
  }
  return (100 * sum) / weights;
}
