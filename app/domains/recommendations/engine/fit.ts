/** One answered question of the shop's past: candidates with their features, and which of them were bought. */
export interface LearningCase {
  /** candidates × features, row after row */
  readonly features: Float32Array;
  /** positions of the bought candidates */
  readonly bought: readonly number[];
}

export interface FitOptions {
  /** the weights to start from and to stay near while evidence is thin */
  readonly prior: Float64Array;
  /** how many cases the prior is worth */
  readonly strength: number;
  readonly rounds: number;
}

/**
 * Learns the blend: a softmax over each case's candidates, in which every bought one should stand out, with a
 * quadratic pull towards the prior. The loss is convex, so Newton's method finds the one best answer and the
 * order of the cases does not matter beyond rounding.
 */
export function fitBlend(cases: readonly LearningCase[], options: FitOptions): Float64Array {
  const width = options.prior.length;
  const weights = options.prior.slice();
  const spread = featureSpread(cases, width);
  for (let round = 0; round < options.rounds; round += 1) {
    const gradient = new Float64Array(width);
    const curvature = new Float64Array(width * width);
    for (const one of cases) addCase(one, weights, gradient, curvature);
    let largest = 0;
    for (let f = 0; f < width; f += 1) {
      const pull = options.strength * (spread[f] ?? 0) + 1e-6;
      gradient[f] = (gradient[f] ?? 0) + pull * ((weights[f] ?? 0) - (options.prior[f] ?? 0));
      curvature[f * width + f] = (curvature[f * width + f] ?? 0) + pull;
    }
    const step = solve(curvature, gradient);
    for (let f = 0; f < width; f += 1) {
      const move = Math.max(-2, Math.min(2, step[f] ?? 0));
      weights[f] = (weights[f] ?? 0) - move;
      largest = Math.max(largest, Math.abs(move));
    }
    if (largest < 1e-4) break;
  }
  return weights;
}

/** Variance of each feature within a case, averaged: a weight's pull is measured in what it does to scores. */
function featureSpread(cases: readonly LearningCase[], width: number): Float64Array {
  const spread = new Float64Array(width);
  for (const { features } of cases) {
    const rows = features.length / width;
    for (let f = 0; f < width; f += 1) {
      let sum = 0;
      let squares = 0;
      for (let r = 0; r < rows; r += 1) {
        const value = features[r * width + f] ?? 0;
        sum += value;
        squares += value * value;
      }
      spread[f] = (spread[f] ?? 0) + (squares / rows - (sum / rows) ** 2) / cases.length;
    }
  }
  return spread;
}

function addCase(one: LearningCase, weights: Float64Array, gradient: Float64Array, curvature: Float64Array): void {
  const width = weights.length;
  const { features, bought } = one;
  const rows = features.length / width;
  const chance = new Float64Array(rows);
  let top = -Infinity;
  for (let r = 0; r < rows; r += 1) {
    let score = 0;
    for (let f = 0; f < width; f += 1) score += (features[r * width + f] ?? 0) * (weights[f] ?? 0);
    chance[r] = score;
    if (score > top) top = score;
  }
  let total = 0;
  for (let r = 0; r < rows; r += 1) total += chance[r] = Math.exp((chance[r] ?? 0) - top);
  const mean = new Float64Array(width);
  for (let r = 0; r < rows; r += 1) {
    const p = (chance[r] ?? 0) / total;
    if (p < 1e-7) continue;
    for (let f = 0; f < width; f += 1) {
      const value = p * (features[r * width + f] ?? 0);
      // Most sources have nothing to say about most candidates.
      if (value === 0) continue;
      mean[f] = (mean[f] ?? 0) + value;
      for (let g = 0; g <= f; g += 1)
        curvature[f * width + g] = (curvature[f * width + g] ?? 0) + value * (features[r * width + g] ?? 0);
    }
  }
  for (let f = 0; f < width; f += 1) {
    let target = 0;
    for (const r of bought) target += (features[r * width + f] ?? 0) / bought.length;
    gradient[f] = (gradient[f] ?? 0) + (mean[f] ?? 0) - target;
    for (let g = 0; g <= f; g += 1)
      curvature[f * width + g] = (curvature[f * width + g] ?? 0) - (mean[f] ?? 0) * (mean[g] ?? 0);
  }
}

/** Solves a small symmetric positive definite system whose lower half is given (Cholesky). */
function solve(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const l = lower.slice();
  const x = right.slice();
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = l[i * n + j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= (l[i * n + k] ?? 0) * (l[j * n + k] ?? 0);
      l[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / (l[j * n + j] ?? 1);
    }
  }
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = (x[i] ?? 0) - (l[i * n + k] ?? 0) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / (l[i * n + i] ?? 1);
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) x[i] = (x[i] ?? 0) - (l[k * n + i] ?? 0) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / (l[i * n + i] ?? 1);
  }
  return x;
}
