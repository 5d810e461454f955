import { expect, it } from 'vitest';
import { usualTax } from './usual-tax.ts';

it.each([
  ['one rate', [[1900, 212]], { bps: 1900, orders: 212 }],
  [
    'books and toys: the higher one',
    [
      [700, 180],
      [1900, 20],
    ],
    { bps: 1900, orders: 200 },
  ],
  [
    'now and then a parcel to Hungary',
    [
      [1900, 995],
      [2700, 5],
    ],
    { bps: 1900, orders: 1000 },
  ],
  [
    'Hungary and Sweden together are usual',
    [
      [1900, 988],
      [2700, 6],
      [2500, 6],
    ],
    { bps: 2500, orders: 1000 },
  ],
  [
    'few orders: one is enough to be careful',
    [
      [700, 5],
      [1900, 1],
    ],
    { bps: 1900, orders: 6 },
  ],
  ['too few orders', [[1900, 4]], null],
  [
    'exports without tax say nothing',
    [
      [0, 300],
      [1900, 4],
    ],
    null,
  ],
  ['no taxed order, however many: perhaps tax is not set up', [[0, 1000]], null],
  ['no orders', [], null],
] as const)('%s', (_why, counts, found) => {
  expect(usualTax(counts.map(([bps, orders]) => ({ bps, orders })))).toEqual(found);
});
