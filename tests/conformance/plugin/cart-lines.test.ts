import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('price, Store API and bar agree on the lines that count for what a cart earns', () => {
  const all = (counts: boolean) => [counts, counts, counts];
  expect(JSON.parse(runPhp([join(import.meta.dirname, 'cart-lines.php')]))).toEqual({
    simple: all(true),
    variation: all(true),
    'gift card': all(false),
    'variation of a gift card': all(false),
    'said by another plugin': all(false),
    subscription: all(false),
    'bought again by a scheme': all(false),
    'a scheme that was not taken': all(true),
  });
});
