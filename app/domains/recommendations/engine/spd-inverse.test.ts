import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startCrew } from './crew.ts';
import { addLinear, linearWeight, trainLinear } from './ease.ts';
import { createHistoryBuilder } from './history.ts';
import { createSquareMatrix, invertInPlace } from './spd-inverse.ts';

/** Gauss-Jordan with partial pivoting, in doubles: slow and plain. */
function naiveInverse(matrix: number[][]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let p = 0; p < n; p += 1) {
    let pivot = p;
    for (let i = p; i < n; i += 1) if (Math.abs(work[i]?.[p] ?? 0) > Math.abs(work[pivot]?.[p] ?? 0)) pivot = i;
    [work[p], work[pivot]] = [work[pivot] ?? [], work[p] ?? []];
    const scale = work[p]?.[p] ?? 1;
    work[p] = (work[p] ?? []).map((value) => value / scale);
    for (let i = 0; i < n; i += 1) {
      if (i === p) continue;
      const factor = work[i]?.[p] ?? 0;
      work[i] = (work[i] ?? []).map((value, j) => value - factor * (work[p]?.[j] ?? 0));
    }
  }
  return work.map((row) => row.slice(n));
}

const alone = startCrew(1);

describe('the inverse of a symmetric positive definite matrix', () => {
  // 128 is the block: one below, at and above it, and several blocks with a ragged end.
  it.each([1, 2, 3, 127, 128, 129, 260])('equals the naive one at size %i, in both halves', (size) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size * 3, maxLength: size * 3 }), (noise) => {
        const factor = Array.from({ length: size }, (_, i) => noise.slice(i * 3, i * 3 + 3));
        const dense = factor.map((a, i) =>
          factor.map((b, j) => a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), i === j ? 5 : 0)),
        );
        const matrix = createSquareMatrix(size);
        dense.forEach((row, i) =>
          row.slice(0, i + 1).forEach((value, j) => (matrix.values[i * matrix.stride + j] = value)),
        );
        invertInPlace(matrix, alone);
        const expected = naiveInverse(dense);
        let furthest = 0;
        for (let i = 0; i < size; i += 1) {
          for (let j = 0; j < size; j += 1) {
            furthest = Math.max(
              furthest,
              Math.abs((matrix.values[i * matrix.stride + j] ?? NaN) - (expected[i]?.[j] ?? NaN)),
            );
          }
        }
        expect(furthest).toBeLessThan(1e-5);
      }),
      { numRuns: size > 200 ? 1 : 3 },
    );
  });

  it('is the same bit for bit however many threads share the work', () => {
    // More columns than one task takes, so that there is something to share.
    const size = 1_100;
    const inverses = [1, 2, 3].map((threads) => {
      const matrix = createSquareMatrix(size);
      for (let i = 0; i < size; i += 1)
        for (let j = 0; j <= i; j += 1)
          matrix.values[i * matrix.stride + j] = i === j ? 50 : ((i * 7 + j * 13) % 11) / 40;
      for (let i = 0; i < size; i += 1) matrix.values[i * matrix.stride + i] = 200;
      const crew = startCrew(threads);
      invertInPlace(matrix, crew);
      crew.dismiss();
      return Buffer.from(matrix.values.buffer, 0, matrix.values.byteLength);
    });
    expect(inverses.map((one) => one.equals(inverses[0] ?? Buffer.alloc(0)))).toEqual([true, true, true]);
  });

  it('refuses a matrix that is not positive definite', () => {
    const matrix = createSquareMatrix(2);
    matrix.values[0] = -1;
    matrix.values[matrix.stride + 1] = 1;
    expect(() => invertInPlace(matrix, alone)).toThrow(RangeError);
  });
});

describe('the linear model', () => {
  const baskets = [['a', 'b'], ['a', 'b', 'c'], ['b', 'c'], ['a', 'b'], ['d']];
  const builder = createHistoryBuilder();
  baskets.forEach((basket, order) =>
    basket.forEach((item) => builder.add(`o${order}`, `c${order % 2}`, new Date(2020, 0, order + 1), item)),
  );
  const history = builder.build();
  const ridge = 2;
  // Orders 0, 2, 4 are the first customer's, 1 and 3 the second's: the Gram matrix adds baskets and whole histories.
  const rows = [...baskets, ['a', 'b', 'c', 'd'], ['a', 'b', 'c']];
  const gram = history.items.map((i, x) =>
    history.items.map(
      (j, y) => rows.filter((row) => row.includes(i) && row.includes(j)).length + (x === y ? ridge : 0),
    ),
  );
  const inverse = naiveInverse(gram);

  it('weighs as the closed form says: minus the inverse over its diagonal, zero on it', () => {
    const model = trainLinear(history, ridge, alone);
    if (model === null) throw new Error('a small shop has a linear model');
    history.items.forEach((_, i) =>
      history.items.forEach((__, j) => {
        const expected = i === j ? 0 : -(inverse[i]?.[j] ?? 0) / (inverse[j]?.[j] ?? 1);
        expect(linearWeight(model, i, j)).toBeCloseTo(expected, 5);
      }),
    );
  });

  it('adds up the weights of a profile, an item never voting for itself', () => {
    const model = trainLinear(history, ridge, alone);
    if (model === null) throw new Error('a small shop has a linear model');
    const scores = new Float32Array(history.items.length);
    addLinear(model, [0, 2], [1, 0.5], scores);
    history.items.forEach((_, item) =>
      expect(scores[item]).toBeCloseTo(linearWeight(model, 0, item) + 0.5 * linearWeight(model, 2, item), 5),
    );
  });
});
