import { describe, expect, it } from 'vitest';
import { fitBlend, type LearningCase } from './fit.ts';

/** Four candidates each; the first feature tells the bought one, the second is noise of the case's number. */
const cases = (count: number): LearningCase[] =>
  Array.from({ length: count }, (_, one) => {
    const bought = one % 4;
    const told = one % 5 === 0 ? (bought + 1) % 4 : bought;
    return {
      bought: [bought],
      features: Float32Array.from({ length: 8 }, (__, cell) =>
        cell % 2 === 0 ? Number(cell / 2 === told) : ((one * 7 + cell) % 5) / 5,
      ),
    };
  });

describe('learning the blend', () => {
  const options = { prior: Float64Array.of(0, 0.5), strength: 20, rounds: 25 };

  it('keeps the prior without evidence', () => {
    expect([...fitBlend([], options)]).toEqual([0, 0.5]);
  });

  it('turns up what tells bought from not bought', () => {
    const [telling = 0, noise = 0] = fitBlend(cases(1000), options);
    expect(telling).toBeGreaterThan(1.5);
    expect(Math.abs(noise)).toBeLessThan(0.5);
  });

  it('finds the same weights for many cases in whatever order they come', () => {
    const some = cases(3000);
    const [forth, back] = [some, some.toReversed()].map((order) => fitBlend(order, options));
    forth?.forEach((weight, feature) => expect(back?.[feature]).toBeCloseTo(weight, 4));
  });

  it('moves further from the prior the more it has seen', () => {
    const [few = 0] = fitBlend(cases(5), options);
    const [many = 0] = fitBlend(cases(500), options);
    expect(few).toBeGreaterThan(0);
    expect(many).toBeGreaterThan(few);
  });
});
