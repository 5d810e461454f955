import { beforeAll, describe, expect, it } from 'vitest';
import { isHeldOut } from '#app/shared/assignment.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { buildPluginTemplates } from '#scripts/build-plugin.ts';
import { earnPages } from './earn-pages.ts';
import { byLiquid, byPhp } from './print-page.ts';

beforeAll(async () => {
  await buildExtensions();
  await buildPluginTemplates();
});

describe('what pages say of points', () => {
  it('is byte for byte the same by Liquid and by PHP, and what the rules give', () => {
    const printed = earnPages.map(byLiquid);
    for (const [index, html] of byPhp(earnPages).entries()) expect(html, earnPages[index]?.what).toBe(printed[index]);
    const shown = (what: string): string => {
      const at = earnPages.findIndex((page) => page.what === what);
      expect(at, what).toBeGreaterThanOrEqual(0);
      return printed[at] ?? '';
    };
    // 21.84 euros at 3 points for each 2 euros.
    expect(shown('points: en')).toContain('>Earn 32 points with this product.</span>');
    expect(shown('points: en')).toContain('data-points="32"');
    expect(shown('points: more for the product')).toContain('Earn 65 points');
    expect(shown('points: the best of several')).toContain('Earn 98 points');
    expect(shown('points: less before all others')).toContain('Earn 16 points');
    expect(shown('points: happy hours')).toContain('Earn 65 points');
    expect(shown('points: hours that are over')).toContain('Earn 32 points');
    expect(shown('points: a price of the store’s own basis')).toContain('Earn 21 points');
    expect(shown('points: JPY')).toContain('Earn 9 points');
    expect(shown('points: KWD')).toContain('Earn 9360 points');
    expect(shown('points: too many variants')).toContain('Earn 15 points or more');
    for (const none of ['no programme', 'a gift card', 'none at all', 'too little for a point', 'no product'])
      expect(shown(`points: ${none}`).trim(), none).toBe('');
    expect(shown('points: another currency than the shopper pays in').trim()).toBe('');
    expect(shown('cart: has 1250')).toContain('You have 1250 points.');
    expect(shown('cart: has 1250')).toMatch(/cart=1"/);
    expect(shown('cart: from the checkout')).toMatch(/cart=checkout"/);
    for (const none of ['0', '-5']) expect(shown(`cart: has ${none}`)).not.toContain('You have');
    for (const id of ['1', '7', '12', '345', '6789', '7000000000123', '7000000000124'])
      for (const part of ['points', 'cart'])
        expect(shown(`${part}: customer ${id}`).trim() === '', id).toBe(isHeldOut(id, '0a1b2c', 5_000));
  });
});
