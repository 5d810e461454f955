import { describe, expect, it } from 'vitest';
import { clickEffects, type ShownCount } from './clicks.ts';

const count = (productId: string, shown: number, clicked: number, surface = 'together'): ShownCount => ({
  productId,
  surface,
  shown,
  clicked,
});
/** Twenty products that everybody clicks on alike. */
const ordinary = Array.from({ length: 20 }, (_, nth) => count(`p${String(nth)}`, 1_000, nth % 2 === 0 ? 28 : 32));

describe('how much more often a product is clicked on', () => {
  it('is learnt from shows and clicks, drawn towards the mean where it was shown little', () => {
    const effects = new Map(clickEffects([...ordinary, count('loved', 1_000, 120), count('new', 20, 3)]));
    expect(effects.get('loved')).toBeGreaterThan(Math.log(2));
    expect(effects.get('loved')).toBeLessThan(Math.log(4));
    // Five times the mean, on twenty shows.
    expect(effects.get('new') ?? 0).toBeGreaterThan(0);
    expect(effects.get('new')).toBeLessThan(Math.log(1.5));
    expect(effects.get('p0')).toBeLessThan(0);
  });

  it('is measured in each place against the others there', () => {
    const seldom = ordinary.map((one) => ({ ...one, surface: 'popular', clicked: one.clicked / 10 }));
    const both = [...ordinary, ...seldom, count('loved', 1_000, 90), count('foot', 1_000, 9, 'popular')];
    const effects = new Map(clickEffects(both));
    expect(effects.get('loved')).toBeGreaterThan(0.5);
    expect(effects.get('foot')).toBeGreaterThan(0.2);
  });

  it.each([
    ['nothing was shown', []],
    ['hardly anything was clicked on', [count('a', 500, 20), count('b', 500, 1)]],
    ['all are clicked on alike', ordinary],
  ])('is nothing where %s', (_, counts) => {
    expect(clickEffects(counts)).toEqual([]);
  });
});
