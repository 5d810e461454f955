import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { encodeDiscountConfigs, matrixOfRow, type Offer } from '#app/domains/incentives/index.ts';
import { freeShipping, goals, orderOff, percent } from '#tests/conformance/carts/offers.ts';
import { cartCases } from '#tests/conformance/carts/table.ts';
import { runPhp } from '#tests/setup/php.ts';

let seen: Readonly<Record<string, unknown>>;

function configs(offer: Offer, stands: boolean): unknown {
  const rules = cartCases[0]?.rules;
  if (!rules) throw new Error('the table is empty');
  const combinesWith = matrixOfRow({ product: stands, order: stands, shipping: stands });
  const encoded = encodeDiscountConfigs([offer], [], { ...rules, combinesWith }, 'EUR');
  if (!encoded.ok) throw new Error(encoded.message);
  return encoded.value;
}

beforeAll(() => {
  // Goods of 60.00.
  const off = goals('off', [[5000, orderOff(percent(1000))]]);
  const input = JSON.stringify({
    together: configs(off, true),
    apart: configs(off, false),
    free: configs(goals('free', [[5000, freeShipping]]), true),
  });
  seen = JSON.parse(runPhp([join(import.meta.dirname, 'tier-code.php')], input)) as typeof seen;
});

// What the cart's codes are after each request; after a line what the shopper was told.
const cases: readonly [what: string, codes: readonly unknown[] | string][] = [
  ['a member', ['ship-1', 'ship-1', 3]],
  ['a guest, who logs in, who logs out', ['', 'ship-1', '']],
  ['another customer in the same session', ['ship-1', 'ship-8', '']],
  ['taken out, and again after the order', ['ship-1', '', '', 'ship-1']],
  // As it was typed.
  ['entered after it was taken out', ['ship-1', 'SHIP-1', []]],
  ['the next order, with the next code', ['ship-1', '', 'ship-1', 'ship-2']],
  ['used up', ['ship-1', '', '']],
  ['expired', ['ship-1', '', '']],
  ['no code', ['ship-1', '', '']],
  ['deleted', ['ship-1', '', '']],
  ['a code that stands alone', ['ship-1', 'alone', 'ship-1']],
  ['a code that stands with others', ['ship-1', 'ship-1 theirs', 'ship-1']],
  ['nothing to send', ''],
  ['nothing in the cart', ''],
  ['offers: together', ['ship-1 trellis:off', 'ship-1 trellis:off', 'ship-1', 'ship-1 trellis:off']],
  ['offers: apart', ['trellis:off', 'trellis:off', 'ship-1', 'trellis:off']],
  ['offers: free', ['trellis:free', 'trellis:free', 'ship-1', 'trellis:free']],
  // What is chosen then, and what after the shopper has chosen another.
  ['chosen: flat_rate:1', ['free_shipping', 'flat_rate:1']],
  ['chosen: express:2', ['express:2', 'flat_rate:1']],
  ['chosen: local_pickup:3', ['local_pickup:3', 'flat_rate:1']],
  ['a copy', ''],
];

it.each(cases)('the code of a tier goes into the cart and leaves it without a word: %s', (what, codes) => {
  expect(seen[what]).toEqual(codes);
});

it('every course that was taken is looked at', () => {
  expect(Object.keys(seen).sort()).toEqual(cases.map(([what]) => what).sort());
});
