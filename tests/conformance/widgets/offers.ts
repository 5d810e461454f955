import type { BundlePublication } from '#app/platforms/platform.ts';
import { amount, choice, offer, part, percent, set } from './make-offer.ts';
import { testedOffers } from './tested-offers.ts';

const arms = [
  { arm: 'exp:b', discount: percent(2_550) },
  { arm: 'exp:c', discount: percent(0) },
];

/** One line for each thing that a bundle's block can say. */
export const productOffers: readonly (readonly [what: string, offers: readonly BundlePublication[]])[] = [
  ['a fixed set in percent', [set('fixed', 'f1', [part(1), part(2, { quantity: 3 }), part(3, { variantId: '32' })])]],
  ['a fixed set with an amount off', [set('fixed', 'f2', [part(1), part(3)], { discount: amount(333) })]],
  ['an amount above the price', [set('fixed', 'f3', [part(1)], { discount: amount(9_999_999) })]],
  ['an amount in another currency', [set('fixed', 'f4', [part(1)], { discount: amount(333), currency: 'JPY' })]],
  ['a set with a sold-out part', [set('fixed', 'f5', [part(1), part(5)])]],
  ['a set with a part that is gone', [set('fixed', 'f6', [part(1), part(77)])]],
  ['a set of which few are left', [set('fixed', 'f7', [part(1), part(4, { quantity: 2 })])]],
  ['a set sold as a product', [set('fixed', 'f8', [part(1), part(2)], { sold: { productId: '6', variantId: '61' } })]],
  ['a price test of a set', [set('fixed', 'f9', [part(1), part(2)], { armDiscounts: arms })]],
  ['any three', [set('mix-and-match', 'm1', [part(1), part(3), part(4)], { pickCount: 3, more: 2 })]],
  [
    'any three with an amount off',
    [set('mix-and-match', 'm2', [part(1), part(3)], { pickCount: 3, discount: amount(500) })],
  ],
  ['a price test of any two', [set('mix-and-match', 'm3', [part(1), part(2)], { pickCount: 2, armDiscounts: arms })]],
  ...[1, 1_000_000].map(
    (more) =>
      [
        `${String(more)} more to choose from`,
        [set('mix-and-match', `m${String(more)}`, [part(2)], { pickCount: 1, more })],
      ] as const,
  ),
  ['more than there are', [set('mix-and-match', 'm4', [part(4)], { pickCount: 9 })]],
  [
    'a box',
    [
      offer(
        'build-a-box',
        'b1',
        {
          minUnits: 2,
          maxUnits: 6,
          tiers: [
            { units: 2, discount: percent(1_005) },
            { units: 4, discount: amount(700) },
          ],
        },
        [part(1), part(2), part(3, { variantId: '33' })],
      ),
    ],
  ],
  [
    'a box of one size',
    [offer('build-a-box', 'b2', { minUnits: 2, maxUnits: 2, tiers: [{ units: 2, discount: percent(50) }] }, [part(2)])],
  ],
  [
    'lower prices for more',
    [
      offer(
        'quantity-breaks',
        'q1',
        {
          per: 'mixed',
          tiers: [
            { units: 2, value: percent(500) },
            { units: 3, value: { type: 'amount', minor: 100 } },
            { units: 5, value: { type: 'price', minor: 799 } },
            { units: 6, value: percent(1) },
          ],
        },
        [part(1), part(2)],
      ),
    ],
  ],
  [
    'lower prices for more of a scarce product',
    [offer('quantity-breaks', 'q2', { per: 'product', tiers: [{ units: 99, value: percent(500) }] }, [part(1)])],
  ],
  [
    'buy two, get one free',
    [offer('buy-x-get-y', 'x1', { buyUnits: 2, getUnits: 1, value: percent(10_000), timesPerOrder: 1 }, choice)],
  ],
  [
    'buy one, get two for a price',
    [
      offer(
        'buy-x-get-y',
        'x2',
        { buyUnits: 1, getUnits: 2, value: { type: 'price', minor: 199 }, timesPerOrder: 1 },
        choice,
      ),
    ],
  ],
  [
    'buy one, get the same for less',
    [
      offer(
        'buy-x-get-y',
        'x3',
        { buyUnits: 1, getUnits: 1, value: amount(250), timesPerOrder: 1 },
        [part(1, { role: 'buy', variantId: '11' }), part(1, { role: 'get' })],
        { more: 3 },
      ),
    ],
  ],
  [
    'buy one, get one in another currency',
    [
      offer('buy-x-get-y', 'x4', { buyUnits: 1, getUnits: 1, value: amount(250), timesPerOrder: 1 }, choice, {
        currency: 'USD',
      }),
    ],
  ],
  [
    'a gift for two',
    [
      offer('gift', 'g1', { trigger: { type: 'buy', units: 2 }, timesPerOrder: 1 }, [
        part(1, { role: 'buy' }),
        part(2, { role: 'gift' }),
        part(5, { role: 'gift' }),
      ]),
    ],
  ],
  [
    'six to choose from',
    [
      offer('together-offer', 't1', { basisPoints: 1_250, timesPerOrder: 1 }, [
        part(1, { role: 'buy' }),
        ...[2, 3, 4, 6, 7, 8].map((id) => part(id, { role: 'get' })),
      ]),
    ],
  ],
  ...testedOffers,
  ['one that has not begun', [set('fixed', 'd1', [part(1)], { startsAt: '2999-01-01T00:00:00.000Z' })]],
  ['one that is over', [set('fixed', 'd2', [part(1)], { endsAt: '2001-01-01T00:00:00.000Z' })]],
  [
    'one between its dates',
    [set('fixed', 'd3', [part(1)], { startsAt: '2001-01-01T00:00:00.000Z', endsAt: '2999-01-01T12:00:00+02:00' })],
  ],
  ['more offers than fit', [1, 2, 3, 4].map((id) => set('fixed', `n${String(id)}`, [part(id)]))],
  ['none', []],
];

/** One line for each thing that a progress bar can say. */
export const cartGoals: readonly (readonly [what: string, goals: readonly BundlePublication[]])[] = [
  [
    'three rewards',
    [
      offer(
        'cart-goals',
        'c1',
        {
          tiers: [
            { thresholdMinor: 1_000, reward: { type: 'free-shipping' } },
            { thresholdMinor: 6_000, reward: { type: 'order-discount', value: percent(1_000) } },
            { thresholdMinor: 9_000, reward: { type: 'gift', productId: '2', variantId: null } },
          ],
        },
        [part(2, { role: 'gift' })],
      ),
    ],
  ],
  [
    'a gift that is gone',
    [
      offer('gift', 'c2', { trigger: { type: 'subtotal', minor: 5_000 }, timesPerOrder: 1 }, [
        part(5, { role: 'gift' }),
      ]),
    ],
  ],
  [
    'gifts to choose from',
    [
      offer('gift', 'c3', { trigger: { type: 'subtotal', minor: 50 }, timesPerOrder: 1 }, [
        part(5, { role: 'gift' }),
        part(3, { role: 'gift', variantId: '33' }),
        part(2, { role: 'gift' }),
      ]),
    ],
  ],
  [
    'another currency',
    [
      offer(
        'cart-goals',
        'c4',
        { tiers: [{ thresholdMinor: 70_000, reward: { type: 'order-discount', value: amount(5_000) } }] },
        [],
        { currency: 'JPY' },
      ),
    ],
  ],
  [
    'a price test',
    [
      offer(
        'cart-goals',
        'c6',
        {
          tiers: [
            { thresholdMinor: 3_000, reward: { type: 'free-shipping' } },
            { thresholdMinor: 6_000, reward: { type: 'order-discount', value: percent(1_000) } },
          ],
        },
        [],
        {
          armDiscounts: [
            {
              arm: 'exp:b',
              discount: percent(1_500),
              terms: {
                tiers: [
                  { thresholdMinor: 1_000, reward: { type: 'free-shipping' } },
                  { thresholdMinor: 5_000, reward: { type: 'order-discount', value: percent(1_500) } },
                ],
              },
            },
          ],
        },
      ),
    ],
  ],
  [
    'three bars',
    [1, 2, 3].map((id) =>
      offer(
        'cart-goals',
        `c5${String(id)}`,
        { tiers: [{ thresholdMinor: 2_000 * id, reward: { type: 'free-shipping' } }] },
        [],
      ),
    ),
  ],
];
