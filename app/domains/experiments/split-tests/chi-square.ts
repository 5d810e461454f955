/**
 * Visitors to be expected in the smallest group before its size says anything: below, chi-square takes a single
 * visitor for a mismatch. Source: Cochran, "Some methods for strengthening the common χ² tests", Biometrics 10, 1954.
 */
const LEAST_EXPECTED = 5;

/** ln Γ(x) for x > 0 by Lanczos' series (g = 7, 9 terms); relative error below 1e-13. */
function logGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  const sum = terms.reduce((part, term, index) => part + term / (shifted + index + 1), 0.9999999999998099);
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/**
 * Chance that χ² with `degrees` degrees of freedom is at least `value`: the upper regularised incomplete gamma
 * function, by its series below a + 1 and its continued fraction (Lentz) above. Source: Numerical Recipes, 6.2.
 */
export function chiSquareTail(value: number, degrees: number): number {
  if (value <= 0 || degrees < 1) return 1;
  const a = degrees / 2;
  const x = value / 2;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 500 && term > sum * 1e-15; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - sum * front);
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 500; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < tiny ? tiny : an * d + b);
    c = Math.abs(b + an / c) < tiny ? tiny : b + an / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

/**
 * P-value of the arms' sizes against their shares (basis points): small when visitors of one arm get lost; 1 while fewer
 * than `LEAST_EXPECTED` are expected in the smallest arm.
 */
export function sampleRatioOf(arms: readonly { readonly visitors: number; readonly share: number }[]): number {
  const total = arms.reduce((sum, arm) => sum + arm.visitors, 0);
  const shares = arms.reduce((sum, arm) => sum + arm.share, 0);
  const smallest = Math.min(...arms.map((arm) => arm.share));
  if (shares === 0 || (total * smallest) / shares < LEAST_EXPECTED) return 1;
  const value = arms.reduce((sum, arm) => {
    const expected = (total * arm.share) / shares;
    return sum + (arm.visitors - expected) ** 2 / expected;
  }, 0);
  return chiSquareTail(value, arms.length - 1);
}
