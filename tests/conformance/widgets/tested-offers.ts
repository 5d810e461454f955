import type { BundlePublication } from '#app/platforms/platform.ts';
import { amount, choice, offer, part, percent } from './make-offer.ts';

/** Price tests of the kinds that have steps or a sentence, each with a version that promises nothing. */
export const testedOffers: readonly (readonly [what: string, offers: readonly BundlePublication[]])[] = [
  [
    'a price test of a box',
    [
      offer(
        'build-a-box',
        'p1',
        { minUnits: 2, maxUnits: 4, tiers: [{ units: 2, discount: percent(500) }] },
        [part(1), part(2)],
        {
          armDiscounts: [
            {
              arm: 'exp:b',
              discount: percent(1_500),
              terms: {
                minUnits: 2,
                maxUnits: 4,
                tiers: [
                  { units: 2, discount: percent(750) },
                  { units: 4, discount: amount(700) },
                ],
              },
            },
            { arm: 'exp:c', discount: percent(0) },
          ],
        },
      ),
    ],
  ],
  [
    'a price test of lower prices for more',
    [
      offer('quantity-breaks', 'p2', { per: 'mixed', tiers: [{ units: 2, value: percent(500) }] }, [part(1)], {
        armDiscounts: [
          {
            arm: 'exp:b',
            discount: percent(10_000),
            terms: { per: 'mixed', tiers: [{ units: 2, value: { type: 'price', minor: 799 } }] },
          },
          { arm: 'exp:c', discount: percent(0) },
        ],
      }),
    ],
  ],
  [
    'a price test of buy one, get one',
    [
      offer('buy-x-get-y', 'p3', { buyUnits: 1, getUnits: 2, value: amount(250), timesPerOrder: 1 }, choice, {
        armDiscounts: [
          {
            arm: 'exp:b',
            discount: percent(10_000),
            terms: { buyUnits: 1, getUnits: 2, value: percent(10_000), timesPerOrder: 1 },
          },
          { arm: 'exp:c', discount: percent(0) },
        ],
      }),
    ],
  ],
  [
    'a price test of a pair',
    [
      offer('together-offer', 'p4', { basisPoints: 1_250, timesPerOrder: 1 }, choice, {
        armDiscounts: [
          { arm: 'exp:b', discount: percent(2_550), terms: { basisPoints: 2_550, timesPerOrder: 1 } },
          { arm: 'exp:c', discount: percent(0) },
        ],
      }),
    ],
  ],
];
