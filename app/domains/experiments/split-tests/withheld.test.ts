import { expect, it } from 'vitest';
import type { ArmChange, TestSubject } from './subject.ts';
import { type Withheld, withheldBy } from './withheld.ts';

const id = '0199f1a0-0000-7000-8000-00000000000a';
const hidden: ArmChange = { hide: true };

it.each<[string, TestSubject, ArmChange[], Withheld | null]>([
  ['a bundle that is not shown', { type: 'bundle', id }, [{}, hidden], { arms: ['b'], offers: { ids: [id] } }],
  [
    'a bundle of three versions, one of which is not shown',
    { type: 'bundle', id },
    [{}, { title: 'Set' }, hidden],
    { arms: ['c'], offers: { ids: [id] } },
  ],
  ['another title of a bundle', { type: 'bundle', id }, [{}, { title: 'Set' }], null],
  ['nothing of Trellis', { type: 'app', id: '' }, [{}, hidden], { arms: ['b'], offers: 'all' }],
  [
    'the bar of goals',
    { type: 'widget', id: 'goals' },
    [{}, hidden],
    { arms: ['b'], offers: { kinds: ['cart-goals'] } },
  ],
  [
    'the block of offers',
    { type: 'widget', id: 'bundle' },
    [{}, hidden],
    { arms: ['b'], offers: { kinds: expect.arrayContaining(['fixed', 'quantity-breaks']) as string[] } },
  ],
  ['the title of that block', { type: 'widget', id: 'bundle' }, [{}, { title: 'Offers' }], null],
  [
    'products together, with a saving',
    { type: 'widget', id: 'together' },
    [{}, hidden],
    { arms: ['b'], offers: { kinds: ['together-offer'] } },
  ],
  ['suggestions in the cart', { type: 'widget', id: 'cart' }, [{}, hidden], null],
  ['a price, which each version pays itself', { type: 'price', id }, [{}, { values: [] }], null],
  ['a place', { type: 'placement', id: 'cart' }, [{}, { place: 'page' }], null],
])('%s', (_what, subject, changes, withheld) => {
  const arms = changes.map((change, index) => ({ key: 'abc'[index] ?? '', share: 5_000, change }));
  expect(withheldBy({ subject, arms })).toEqual(withheld);
});
