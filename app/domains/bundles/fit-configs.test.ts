import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '#app/shared/result.ts';
import { fitConfigs } from './fit-configs.ts';

const limit = 10;
interface Sized {
  readonly id: string;
  readonly createdAt: Date;
  readonly size: number;
}
const bundles = (sizes: readonly number[]): Sized[] =>
  sizes.map((size, at) => ({ id: String(at), createdAt: new Date(at * 1000), size }));
const encode = (some: readonly Sized[]) =>
  some.reduce((sum, { size }) => sum + size, 0) > limit
    ? fail('config-too-large', 'too large')
    : ok(some.map(({ id }) => id));
const idsOf = (some: readonly Sized[]) => some.map(({ id }) => id);

describe('what one discount holds', () => {
  it.each([
    ['all, where they fit', [5, 5], ['0', '1']],
    ['nothing of nothing', [], []],
    ['not one that is too large by itself', [4, 11, 4], ['0', '2']],
    ['the older ones, where all together are too large', [4, 4, 4, 2], ['0', '1']],
    ['nothing, where each is too large', [11, 12], []],
  ])('%s', (_, sizes, kept) => {
    const { configs, fitting } = fitConfigs(bundles(sizes), encode);
    expect(idsOf(fitting)).toEqual(kept);
    expect(configs).toEqual(kept);
  });

  it('is as much of the oldest as fits, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 12 }), fc.integer(), (sizes, seed) => {
        const mixed = [...bundles(sizes)].sort(
          (a, b) => ((Number(a.id) * 7 + seed) % 5) - ((Number(b.id) * 7 + seed) % 5),
        );
        const { fitting, leftOut } = fitConfigs(mixed, encode);
        expect([...fitting, ...leftOut].length).toBe(sizes.length);
        const possible = bundles(sizes).filter(({ size }) => size <= limit);
        const expected: Sized[] = [];
        for (const one of possible) {
          if (!encode([...expected, one]).ok) break;
          expected.push(one);
        }
        expect(new Set(idsOf(fitting))).toEqual(new Set(idsOf(expected)));
      }),
    );
  });
});
