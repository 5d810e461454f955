import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
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

it('several parcels are free together or not at all, as the rules count them', () => {
  const rules = cartCases[0]?.rules;
  if (!rules) throw new Error('the table is empty');
  // 60.00 of goods that cost 30.00 and must leave a quarter: shipping may take 20.00 off.
  const guarded = { ...rules, minMarginBps: 2500, defaultMarginBps: 5000 };
  const encoded = encodeDiscountConfigs([goals('c', [[5000, freeShipping]])], [], guarded, 'EUR');
  if (!encoded.ok) throw new Error(encoded.message);
  const rates = (flat: number, express: number) => ({ flat: [String(flat), '0'], express: [String(express), '0'] });
  const two = (first: number, second: number, chosen: readonly string[] | null = null) => ({
    parcels: [rates(first, first + 4), rates(second, second + 4)],
    chosen,
  });
  const carts = {
    'one much dearer': two(1, 18),
    'together too dear': two(3, 18),
    'a dear way that goes beside the other': two(9, 5, ['express', 'flat']),
    'a dear way that does not': two(9, 9, ['express', 'flat']),
  };
  const input = JSON.stringify({ configs: encoded.value, carts });
  const seen = z
    .record(z.string(), z.array(z.object({ free: z.boolean(), paid: z.array(z.record(z.string(), z.number())) })))
    .parse(JSON.parse(runPhp([join(import.meta.dirname, 'shipping.php')], input)));
  // The same after the first calculation and after another one.
  for (const [first, again] of Object.values(seen)) expect(first).toEqual(again);
  expect(Object.fromEntries(Object.entries(seen).map(([name, [first]]) => [name, first]))).toEqual({
    'one much dearer': {
      free: true,
      paid: [
        { flat: 0, express: 5 },
        { flat: 0, express: 22 },
      ],
    },
    'together too dear': {
      free: false,
      paid: [
        { flat: 3, express: 7 },
        { flat: 18, express: 22 },
      ],
    },
    'a dear way that goes beside the other': {
      free: true,
      paid: [
        { flat: 0, express: 0 },
        { flat: 0, express: 9 },
      ],
    },
    'a dear way that does not': {
      free: false,
      paid: [
        { flat: 0, express: 13 },
        { flat: 9, express: 13 },
      ],
    },
  });
});
