import { expect, test } from 'vitest';
import { productFields, toProduct, variationFields, wooProduct } from './product.ts';

const read = (fields: object) =>
  toProduct(wooProduct.parse({ id: 5, name: 'Shirt', type: 'simple', ...fields }), [], 'EUR');

test('products are asked for as they are edited: looked at, their prices are those of whoever asks', () => {
  expect([productFields.context, variationFields.context]).toEqual(['edit', 'edit']);
});

test.each([
  ['[vc_row][vc_column width="1/2"]Soft <b>wool</b>[/vc_column][/vc_row]', 'Soft wool'],
  ["Look: [gallery ids='1,2'] and [wc-size] read [/x]on", 'Look: and read on'],
  ['Made by hand [new] and [2 = 2 pairs', 'Made by hand [new] and [2 = 2 pairs'],
  ['', 'In short'],
])('of %o a reader sees %o', (description, seen) => {
  expect(read({ description, short_description: 'In short' }).description).toBe(seen);
});

test('many open brackets cost no time', () => {
  const before = performance.now();
  expect(read({ description: '[a b=c '.repeat(10_000) }).description).toHaveLength(79_999 - 10_000);
  expect(performance.now() - before).toBeLessThan(2000);
});
