import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeDiscountConfigs, matrixOfRow } from '#app/domains/incentives/index.ts';
import { freeShipping, goals } from '#tests/conformance/carts/offers.ts';
import { cartCases } from '#tests/conformance/carts/table.ts';
import { runPhp } from '#tests/setup/php.ts';

it('a code smaller than what the parcel costs does not take the place of free shipping', () => {
  const rules = cartCases[0]?.rules;
  if (!rules) throw new Error('the table is empty');
  const apart = { ...rules, combinesWith: matrixOfRow({ product: false, order: false, shipping: false }) };
  const encoded = encodeDiscountConfigs([goals('c', [[5000, freeShipping]])], [], apart, 'EUR');
  if (!encoded.ok) throw new Error(encoded.message);
  const input = JSON.stringify({ configs: encoded.value });
  const free = { free: true, rejected: [], paid: 0, runs: 1 };
  // A shop of 60.00 whose parcel costs 5.95 by the first rate and 10.00 by the second.
  expect(JSON.parse(runPhp([join(import.meta.dirname, 'shipping.php')], input))).toEqual({
    'no code': [free, free],
    // The cost is known after the first calculation, so that there is a second.
    'a smaller code': [
      { ...free, rejected: ['2'], runs: 2 },
      { ...free, rejected: ['2'] },
    ],
    'a larger code': Array(2).fill({ ...free, free: false, paid: 5.95 }),
    'a dearer parcel was chosen': [
      { ...free, rejected: ['7'], runs: 2 },
      { ...free, rejected: ['7'] },
    ],
    'an unknown rate was chosen': Array(2).fill({ ...free, free: false, paid: 5.95 }),
    'nothing to send': Array(2).fill({ ...free, free: false, paid: 5.95 }),
  });
});
