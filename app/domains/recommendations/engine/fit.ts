import { type Crew, startCrew, type Work } from './crew.ts';
import { at } from './history.ts';

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

/** Cases of one task. Their sums are added up in order, so that threads change nothing. */
const casesOfTask = 64;

/**
 * Learns the blend: a softmax over each case's candidates, in which every bought one should stand out, with a
 * quadratic pull towards the prior. The loss is convex, so Newton's method finds the one best answer and the
 * order of the cases does not matter beyond rounding.
 */
export function fitBlend(cases: readonly LearningCase[], options: FitOptions, crew: Crew = startCrew(1)): Float64Array {
  const weights = options.prior.slice();
  const spread = featureSpread(cases, weights.length);
  // What is the same for all candidates of a case cannot tell them apart: its weight stays.
  const telling = Int32Array.from(spread.keys()).filter((feature) => at(spread, feature) > 0);
  const width = telling.length;
  if (width === 0) return weights;
  const tasks = Math.ceil(cases.length / casesOfTask);
  const doubles = (length: number) => new Float64Array(new SharedArrayBuffer(length * 8));
  const current = doubles(weights.length);
  const slope = width + width * width;
  const slopes = doubles(tasks * slope);
  const shift = crew.open(fitWork, { cases, telling, current, slopes });
  for (let round = 0; round < options.rounds; round += 1) {
    current.set(weights);
    shift.run(tasks);
    const sum = new Float64Array(slope);
    for (let place = 0; place < slopes.length; place += 1)
      sum[place % slope] = (sum[place % slope] ?? 0) + (slopes[place] ?? 0);
    const gradient = sum.subarray(0, width);
    const curvature = sum.subarray(width);
    telling.forEach((feature, f) => {
      const pull = options.strength * at(spread, feature) + 1e-6;
      gradient[f] = at(gradient, f) + pull * (at(weights, feature) - at(options.prior, feature));
      curvature[f * width + f] = at(curvature, f * width + f) + pull;
    });
    const step = solve(curvature, gradient);
    let largest = 0;
    telling.forEach((feature, f) => {
      const move = Math.max(-2, Math.min(2, at(step, f)));
      weights[feature] = at(weights, feature) - move;
      largest = Math.max(largest, Math.abs(move));
    });
    if (largest < 1e-4) break;
  }
  return weights;
}

/** Variance of each feature within a case, averaged: a weight's pull is measured in what it does to scores. */
function featureSpread(cases: readonly LearningCase[], width: number): Float64Array {
  const spread = new Float64Array(width);
  const sum = new Float64Array(width);
  const squares = new Float64Array(width);
  for (const { features } of cases) {
    const rows = features.length / width;
    sum.fill(0);
    squares.fill(0);
    for (let place = 0, f = 0; place < features.length; place += 1, f = f + 1 === width ? 0 : f + 1) {
      const value = features[place] ?? 0;
      if (value === 0) continue;
      sum[f] = (sum[f] ?? 0) + value;
      squares[f] = (squares[f] ?? 0) + value * value;
    }
    for (let f = 0; f < width; f += 1)
      spread[f] = (spread[f] ?? 0) + Math.max(0, at(squares, f) / rows - (at(sum, f) / rows) ** 2) / cases.length;
  }
  return spread;
}

interface Fit {
  readonly cases: readonly LearningCase[];
  /** the features that tell candidates apart */
  readonly telling: Int32Array;
  /** the weights of the round */
  readonly current: Float64Array;
  /** for each task gradient and lower half of the curvature over the telling features */
  readonly slopes: Float64Array;
}

/** Each task adds up gradient and curvature of its cases. */
export const fitWork: Work<Fit> = {
  kind: 'fit',
  prepare({ cases, telling, current, slopes }) {
    const width = telling.length;
    const slope = width + width * width;
    const room = { chance: new Float64Array(0), row: new Float64Array(width), mean: new Float64Array(width) };
    return (task) => {
      const own = slopes.subarray(task * slope, (task + 1) * slope).fill(0);
      const end = Math.min(cases.length, (task + 1) * casesOfTask);
      for (let k = task * casesOfTask; k < end; k += 1) {
        const one = cases[k];
        if (one === undefined) continue;
        const rows = one.features.length / current.length;
        if (room.chance.length < rows) room.chance = new Float64Array(rows);
        addCase(one, rows, telling, current, own, room);
      }
    };
  },
};

function addCase(
  { features, bought }: LearningCase,
  rows: number,
  telling: Int32Array,
  weights: Float64Array,
  slope: Float64Array,
  { chance, row, mean }: { chance: Float64Array; row: Float64Array; mean: Float64Array },
): void {
  const all = weights.length;
  const width = telling.length;
  let top = -Infinity;
  for (let r = 0; r < rows; r += 1) {
    let score = 0;
    for (let f = 0; f < all; f += 1) score += (features[r * all + f] ?? 0) * (weights[f] ?? 0);
    chance[r] = score;
    if (score > top) top = score;
  }
  let total = 0;
  for (let r = 0; r < rows; r += 1) total += chance[r] = Math.exp((chance[r] ?? 0) - top);
  mean.fill(0);
  for (let r = 0; r < rows; r += 1) {
    const p = (chance[r] ?? 0) / total;
    if (p < 1e-7) continue;
    for (let f = 0; f < width; f += 1) {
      const feature = features[r * all + (telling[f] ?? 0)] ?? 0;
      row[f] = feature;
      // Most sources have nothing to say about most candidates.
      if (feature === 0) continue;
      const value = p * feature;
      mean[f] = (mean[f] ?? 0) + value;
      const line = width + f * width;
      for (let g = 0; g <= f; g += 1) slope[line + g] = (slope[line + g] ?? 0) + value * (row[g] ?? 0);
    }
  }
  for (let f = 0; f < width; f += 1) {
    let target = 0;
    for (const r of bought) target += (features[r * all + (telling[f] ?? 0)] ?? 0) / bought.length;
    slope[f] = (slope[f] ?? 0) + (mean[f] ?? 0) - target;
    const line = width + f * width;
    for (let g = 0; g <= f; g += 1) slope[line + g] = (slope[line + g] ?? 0) - (mean[f] ?? 0) * (mean[g] ?? 0);
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
