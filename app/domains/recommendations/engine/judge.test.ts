import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';

describe('which weights stand', () => {
  /** Three candidates, of which the last was bought; the first source points at it, the second at another. */
  const questions = (count: number) =>
    Array.from({ length: count }, () => ({ features: Float32Array.of(0, 1, 0, 0, 1, 0), bought: [2] }));
  /** The same where the second source is right. */
  const others = (count: number) =>
    Array.from({ length: count }, () => ({ features: Float32Array.of(1, 0, 0, 0, 0, 1), bought: [2] }));
  const [right, wrong] = [Float64Array.of(1, 0), Float64Array.of(0, 1)];

  it.each([
    ['what was learnt where it answers better', 30, right, wrong, 'learnt'],
    ['the weights to begin with where it answers worse', 30, wrong, right, 'prior'],
    ['what was learnt where both answer alike', 30, right, right, 'learnt'],
    ['what was learnt where nothing was asked', 0, wrong, right, 'learnt'],
  ])('%s', (_what, count, learnt, prior, stands) => {
    expect(judge(questions(count), learnt, prior).stands).toBe(stands);
  });

  it.each([
    ['what was learnt where it is worse within the error of chance', 10, 11, 'learnt'],
    ['the weights to begin with beyond it', 10, 30, 'prior'],
  ])('%s', (_what, better, worse, stands) => {
    expect(judge([...questions(better), ...others(worse)], right, wrong).stands).toBe(stands);
  });

  it('measures both by NDCG@10', () => {
    const { cases, learnt, prior } = judge(questions(3), right, wrong);
    expect([cases, learnt, prior]).toEqual([3, 1, expect.closeTo(1 / Math.log2(4), 10)]);
  });
});
