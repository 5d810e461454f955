import { type Crew, startCrew, type Work } from './crew.ts';
import { at } from './history.ts';
import { createOuterKernel, outerLanes } from './outer-kernel.ts';

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
  /** weights that are near already, of a part of the cases; they spare rounds and change the answer by rounding alone */
  readonly near?: Float64Array;
  /** by feature: false = the weight stays what it is, and what it says is not listened to; all are heard where it is left out */
  readonly hears?: readonly boolean[];
}

/** Cases of one task. Their sums are added up in order, so that threads change nothing. */
const casesOfTask = 64;
/** With so many tasks the first rounds look at one in `thinned` alone. */
const fewestToThin = 16;
const thinned = 4;
/** What is left after a step of Newton's method is about its square: these end the first rounds and all. */
const nearEnough = 0.03;
const smallestStep = 1e-3;

/**
 * Learns the blend: a softmax over each case's candidates, in which every bought one should stand out, with a
 * quadratic pull towards the prior. The loss is convex, so Newton's method finds the one best answer and the
 * order of the cases does not matter beyond rounding.
 */
export function fitBlend(cases: readonly LearningCase[], options: FitOptions, crew: Crew = startCrew(1)): Float64Array {
  const weights = (options.near ?? options.prior).slice();
  const spread = featureSpread(cases, weights.length);
  // What is the same for all candidates of a case cannot tell them apart: its weight stays.
  const telling = Int32Array.from(spread.keys()).filter(
    (feature) => at(spread, feature) > 0 && options.hears?.[feature] !== false,
  );
  const width = telling.length;
  if (width === 0) return weights;
  const tasks = Math.ceil(cases.length / casesOfTask);
  const doubles = (length: number) => new Float64Array(new SharedArrayBuffer(length * 8));
  const current = doubles(weights.length);
  const slope = width + width * width;
  const slopes = doubles(tasks * slope);
  const shift = crew.open(fitWork, { cases, telling, current, slopes });
  // A part of the cases brings the weights near, which takes most of the rounds.
  for (const stride of tasks >= fewestToThin && options.near === undefined ? [thinned, 1] : [1]) {
    const taken = Math.ceil(tasks / stride);
    for (let round = 0; round < options.rounds; round += 1) {
      current.set(weights);
      shift.run(taken, stride);
      const sum = new Float64Array(slope);
      for (let place = 0; place < taken * slope; place += 1)
        sum[place % slope] = (sum[place % slope] ?? 0) + (slopes[place] ?? 0);
      const gradient = sum.subarray(0, width);
      const curvature = sum.subarray(width);
      telling.forEach((feature, f) => {
        const pull = (options.strength * taken * at(spread, feature)) / tasks + 1e-6;
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
      if (largest < (stride === 1 ? smallestStep : nearEnough)) break;
    }
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

/** Each task adds up gradient and curvature of its cases; step = one in how many tasks is asked. */
export const fitWork: Work<Fit> = {
  kind: 'fit',
  prepare({ cases, telling, current, slopes }) {
    const width = telling.length;
    const slope = width + width * width;
    const longest = cases.reduce((most, { features }) => Math.max(most, features.length), 0) / current.length;
    const desk = openFitDesk(longest, width);
    return (task, stride) => {
      const own = slopes.subarray(task * slope, (task + 1) * slope).fill(0);
      const first = task * stride * casesOfTask;
      const end = Math.min(cases.length, first + casesOfTask);
      for (let k = first; k < end; k += 1) {
        const one = cases[k];
        if (one !== undefined) addCase(one, telling, current, own, desk);
      }
    };
  },
};

/** Where one thread works a case out. */
interface FitDesk {
  /** the telling features of each candidate, and a 1 behind them whose products are the mean */
  readonly rows: Float32Array;
  readonly chance: Float32Array;
  readonly score: Float64Array;
  /** expected products of two features, lower half */
  readonly products: Float32Array;
  /** floats from one row to the next */
  readonly stride: number;
  readonly expect: (candidates: number) => void;
}

function openFitDesk(candidates: number, width: number): FitDesk {
  const stride = outerLanes(width + 1);
  const rowBytes = stride * 4;
  const chanceAt = candidates * rowBytes;
  const productsAt = chanceAt + outerLanes(candidates) * 4;
  const pages = Math.ceil((productsAt + (width + 1) * rowBytes) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const part = (from: number, length: number) => new Float32Array(memory.buffer, from, length);
  const rows = part(0, candidates * stride);
  for (let row = 0; row < candidates; row += 1) rows[row * stride + width] = 1;
  const products = part(productsAt, (width + 1) * stride);
  const kernel = createOuterKernel(memory, width + 1);
  return {
    rows,
    chance: part(chanceAt, candidates),
    score: new Float64Array(candidates),
    products,
    stride,
    expect: (some) => {
      products.fill(0);
      kernel.addOuter(0, some * rowBytes, chanceAt, productsAt);
    },
  };
}

function addCase(
  { features, bought }: LearningCase,
  telling: Int32Array,
  weights: Float64Array,
  slope: Float64Array,
  { rows, chance, score, products, stride, expect }: FitDesk,
): void {
  const all = weights.length;
  const width = telling.length;
  const candidates = features.length / all;
  let top = -Infinity;
  for (let r = 0; r < candidates; r += 1) {
    let sum = 0;
    for (let f = 0; f < width; f += 1) {
      const feature = telling[f] ?? 0;
      const value = features[r * all + feature] ?? 0;
      rows[r * stride + f] = value;
      sum += value * (weights[feature] ?? 0);
    }
    score[r] = sum;
    if (sum > top) top = sum;
  }
  let total = 0;
  for (let r = 0; r < candidates; r += 1) total += score[r] = Math.exp((score[r] ?? 0) - top);
  for (let r = 0; r < candidates; r += 1) chance[r] = (score[r] ?? 0) / total;
  expect(candidates);
  const means = width * stride;
  for (let f = 0; f < width; f += 1) {
    let target = 0;
    for (const r of bought) target += (rows[r * stride + f] ?? 0) / bought.length;
    const mean = products[means + f] ?? 0;
    slope[f] = (slope[f] ?? 0) + mean - target;
    const line = width + f * width;
    for (let g = 0; g <= f; g += 1)
      slope[line + g] = (slope[line + g] ?? 0) + (products[f * stride + g] ?? 0) - mean * (products[means + g] ?? 0);
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
