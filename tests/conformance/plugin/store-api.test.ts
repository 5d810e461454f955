import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

const said = JSON.parse(runPhp([join(import.meta.dirname, 'store-api.php')])) as Record<string, unknown>;

it('the Store API tells of each line its product and whether it counts, and of the cart the titles of its offers', () => {
  expect(said).toMatchObject({
    waits: ['woocommerce_blocks_loaded'],
    endpoints: { 'cart-item': ['trellis', 'ARRAY_A'], cart: ['trellis', 'ARRAY_A'] },
    lines: [
      { product: 12, counts: true },
      { product: 12, counts: false },
      { product: 12, counts: false },
      { product: 0, counts: false },
    ],
    cart: { titles: {} },
    schemas: [true, true],
  });
});

it('the script tells who the visitor is; what is no number of ours forgets it, and other data changes nothing', () => {
  expect(said['told']).toEqual([
    { trellis_visitor: '0199f1a0-0000-7000-8000-00000000000a' },
    { trellis_visitor: null },
    { trellis_visitor: null },
    { trellis_visitor: null },
    [],
    [],
  ]);
});

it('bytes that are no UTF-8 never empty or break what is printed', () => {
  expect(said['bytes']).toEqual([String.raw`{"name":"Caf� \u003c/script\u003e"}`, 'Caf�', ['a', '�', 'b']]);
});
