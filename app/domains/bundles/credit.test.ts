import { expect, it } from 'vitest';
import { creditedBundle } from './credit.ts';

const known = [
  { id: 'a', title: 'Set', productIds: ['1', '2'] },
  { id: 'b', title: 'Other set', productIds: ['1', '2'] },
  { id: 'c', title: 'Set', productIds: ['3'] },
  { id: 'd', title: 'Tea + cup', productIds: ['4'] },
];

it.each([
  ['no discount: the mark', 'a', '1', [], 'a'],
  ['no discount and no mark', null, '1', [], null],
  ['the discount names another bundle than the mark', 'a', '1', ['Other set'], 'b'],
  ['the discount names a bundle and nothing is marked', null, '1', ['Other set'], 'b'],
  ['two bundles of one title: the marked one', 'c', '1', ['Set'], 'c'],
  ['two bundles of one title: the one with the product', null, '3', ['Set'], 'c'],
  ['two bundles of one title and a product of neither', null, '9', ['Set'], 'a'],
  ['a discount of two bundles, one of which is marked', 'b', '1', ['Set + Other set'], 'b'],
  ['a title with a plus of its own', null, '4', ['Tea + cup'], 'd'],
  ['a discount that is no bundle of ours', 'a', '1', ['Summer sale'], 'a'],
  ['a mark of nobody beside a discount of ours', 'x', '1', ['Other set'], 'b'],
])('%s', (_name, marked, productId, discounts, credited) => {
  expect(creditedBundle(marked, productId, discounts, known)).toBe(credited);
});
