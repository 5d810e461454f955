import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('a code with a least amount is worth the same while a cart is calculated', () => {
  // Two products of 20.00; the code takes 2.50 off.
  expect(JSON.parse(runPhp([join(import.meta.dirname, 'code-minimum.php')]))).toEqual({
    'from 40': 250,
    'from 40.01': 0,
    'up to 40': 250,
    'up to 39': 0,
    'from 40, tax apart': 0,
    'from 32, tax apart': 250,
    'without any': 250,
    'nothing stays hooked': true,
  });
});
