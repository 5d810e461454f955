import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { encodeDiscountConfigs } from '#app/domains/incentives/index.ts';
import { freeShipping, goals } from '#tests/conformance/carts/offers.ts';
import { cartCases } from '#tests/conformance/carts/table.ts';
import { runPhp } from '#tests/setup/php.ts';

let seen: { readonly noted: unknown; readonly left: unknown };
beforeAll(() => {
  const rules = cartCases[0]?.rules;
  if (!rules) throw new Error('the table is empty');
  const floor = { ...rules, minMarginBps: 1_000, defaultMarginBps: 4_000 };
  const encoded = encodeDiscountConfigs([goals('c', [[5000, freeShipping]])], [], floor, 'EUR');
  if (!encoded.ok) throw new Error(encoded.message);
  // Goods of 60.00; a parcel is 5.95 with tax, an express one 30.00, more than the goods leave above the floor.
  const input = JSON.stringify({ configs: encoded.value });
  seen = JSON.parse(runPhp([join(import.meta.dirname, 'given-shipping.php')], input)) as typeof seen;
});

it('an order notes what we took off its shipping', () => {
  expect(seen.noted).toEqual({
    'nothing of ours': null,
    'a goal': '5.95',
    'a goal, two parcels': '11.90',
    'a goal, parcels too dear together': null,
    'a goal, and a way too dear for it': null,
    'a goal, fetched by the shopper': null,
    'a goal, nothing to send': null,
    'a goal, a way that is gone': null,
    // Of the ways that cost something the cheapest.
    'our code': '5.95',
    'our code, another way chosen': null,
    'our code beside one of the store': null,
    'a code of the store': null,
    'our code, free for everybody': null,
    'our code, too little after discounts': '5.95',
    'our code, free from this subtotal on': null,
    'our code, a method that nobody knows of': null,
  });
});

it('free shipping that a code of ours opens is closed where the goods cannot bear what it would cost', () => {
  const all = ['flat_rate:1', 'express:2', 'free_shipping:7'];
  const paid = all.slice(0, 2);
  expect(seen.left).toEqual({
    'what the goods can bear': [[all], false],
    'what they cannot': [[paid], true],
    'what they can beside what came off': [[all], false],
    'what they cannot beside it': [[paid], true],
    'two parcels that they can bear': [[all, all], false],
    'two parcels too dear together': [[paid, paid], true],
    'what is free for everybody': [[['free_shipping:10', ...paid]], false],
    'what a code of the store opens, too': [[all], false],
    'what a code of the store opens': [[all], false],
    'what has no other price': [[['free_shipping:7']], false],
  });
});
