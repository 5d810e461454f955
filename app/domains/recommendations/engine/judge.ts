import type { BlendValidation } from '../model.ts';
import type { LearningCase } from './fit.ts';

const shown = 10;

/**
 * Which weights answer questions better that taught neither. What was learnt falls where it is worse by more than the
 * standard error of the difference: it keeps near the prior by itself while evidence is thin, and a coin tossed between
 * the two was measured to cost more than it saves (NDCG@10 of `cart` on the first fifth of the real history 0.199
 * against 0.208).
 */
export function judge(cases: readonly LearningCase[], learnt: Float64Array, prior: Float64Array): BlendValidation {
  const [ours, theirs] = [gainsOf(cases, learnt), gainsOf(cases, prior)];
  const better = ours.map((gain, place) => gain - (theirs[place] ?? 0));
  const mean = meanOf(better);
  const variance = meanOf(better.map((one) => (one - mean) ** 2));
  const falls = mean < -Math.sqrt(variance / Math.max(1, cases.length - 1));
  return { cases: cases.length, learnt: meanOf(ours), prior: meanOf(theirs), stands: falls ? 'prior' : 'learnt' };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** NDCG@10 of each question; of candidates alike the first stands first. */
function gainsOf(cases: readonly LearningCase[], weights: Float64Array): number[] {
  const width = weights.length;
  return cases.map(({ features, bought }) => {
    const scores = new Float64Array(features.length / width);
    for (let row = 0; row < scores.length; row += 1) {
      let score = 0;
      for (let f = 0; f < width; f += 1) score += (features[row * width + f] ?? 0) * (weights[f] ?? 0);
      scores[row] = score;
    }
    let gain = 0;
    let ideal = 0;
    bought.forEach((row, rank) => {
      if (rank < shown) ideal += 1 / Math.log2(rank + 2);
      const place = placeOf(scores, row);
      if (place < shown) gain += 1 / Math.log2(place + 2);
    });
    return gain / ideal;
  });
}

/** How many candidates stand before one. */
function placeOf(scores: Float64Array, row: number): number {
  const own = scores[row] ?? 0;
  let before = 0;
  for (let other = 0; other < scores.length; other += 1) {
    const theirs = scores[other] ?? 0;
    if (theirs > own || (theirs === own && other < row)) before += 1;
  }
  return before;
}
