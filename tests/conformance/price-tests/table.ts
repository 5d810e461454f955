import type { CartLine, Offer, PriceTests, UnitValue } from '#app/domains/incentives/index.ts';
import { armIn, isHeldOut } from '#app/shared/assignment.ts';
import {
  amount,
  box,
  breaks,
  buyGet,
  eachFor,
  eachOff,
  fixed,
  freeShipping,
  goals,
  line,
  mix,
  orderOff,
  percent,
  together,
} from '../carts/offers.ts';

/** When everybody comes. */
export const at = '2026-01-01T00:00:00.000Z';
/** Two of each, 50.00 in all: a set of 1 and 2 costs 25.00, and 4.00 of that is the merchant's. */
export const lines: CartLine[] = [
  line('1', 1999, 2, { unitCostMinor: 1700 }),
  line('2', 501, 2, { unitCostMinor: 400 }),
];
export const gross = 5000;
/** A test of a bundle's versions, of which the first is what stands. */
export const testOf = (bundleId: string, versions: readonly (readonly UnitValue[])[]): PriceTests => ({
  holdout: { salt: 'pepper', bps: 1000 },
  tests: [
    {
      bundleId,
      layer: 'shop/t',
      from: 0,
      to: 9000,
      salt: 's',
      arms: [[], ...versions].map((values) => ({ share: 2500, values })),
    },
  ],
});
export const ids = Array.from(
  { length: 500 },
  (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
);
const tests = testOf('b', [[percent(1)], [percent(2)], [percent(3)]]);
const [split] = tests.tests;
const isHeld = (id: string) => isHeldOut(id, tests.holdout.salt, tests.holdout.bps);
const armOf = (id: string): number => (split ? split.arms.findIndex((arm) => arm === armIn(id, split)) : -1);
const visitorIn = (arm: number): string => ids.find((id) => armOf(id) === arm && !isHeld(id)) ?? '';

/** Who comes, and the version that is charged: 0 is what stands. */
export const visitors: readonly (readonly [who: string, attribute: string | null, version: number])[] = [
  ['the first version: what stands', visitorIn(0), 0],
  ['the second version', visitorIn(1), 1],
  ['the third version', visitorIn(2), 2],
  ['the fourth version, cut by the margin guard on every surface alike', visitorIn(3), 3],
  ['nobody', null, 0],
  ['one who takes no part', ids.find((id) => armOf(id) === -1 && !isHeld(id)) ?? '', 0],
  ['one who is held out of everything', ids.find((id) => isHeld(id) && armOf(id) > 0) ?? '', 0],
  ['a forged word', 'give me the cheapest', 0],
  ['a forged discount', '{"basisPoints":10000}', 0],
];

export interface TestedKind {
  readonly offer: Offer;
  /** versions after the first */
  readonly versions: readonly (readonly UnitValue[])[];
  /** what comes off the cart in each, minor units */
  readonly off: readonly number[];
}

const pair = { versions: [[percent(1500)], [amount(333)], [percent(2000)]], off: [500, 750, 666, 800] };
export const kinds: readonly (readonly [string, TestedKind])[] = [
  ['a fixed set', { offer: fixed('b', percent(1000), ['1', '2']), ...pair }],
  ['a mix of two', { offer: mix('b', 2, percent(1000), ['1', '2']), ...pair }],
  [
    'a box of two to four',
    {
      offer: box('b', [2, 4], [[2, percent(500)], [4, percent(1000)]], ['1', '2']), // prettier-ignore
      versions: [
        [percent(500), percent(1500)],
        [amount(100), amount(333)],
        [percent(500), percent(2000)],
      ],
      off: [500, 750, 333, 800],
    },
  ],
  [
    'quantity breaks',
    {
      offer: breaks('b', 'mixed', [[2, percent(500)], [4, percent(1000)]], ['1', '2']), // prettier-ignore
      versions: [
        [percent(500), percent(1500)],
        [eachOff(10), eachOff(50)],
        [eachFor(1999), eachFor(1799)],
      ],
      off: [500, 750, 200, 400],
    },
  ],
  [
    'buy one, get one for less',
    {
      offer: buyGet('b', [1, ['1']], [1, ['2']], percent(1000)),
      versions: [[percent(1500)], [eachFor(450)], [percent(10_000)]],
      off: [100, 150, 102, 800],
    },
  ],
  [
    'a pair',
    {
      offer: together('b', ['1'], ['2'], 1000),
      versions: [[percent(1500)], [percent(2000)], [percent(10_000)]],
      off: [50, 75, 100, 400],
    },
  ],
  [
    'goals of the cart',
    {
      offer: goals('b', [[3000, freeShipping], [5000, orderOff(percent(1000))]]), // prettier-ignore
      // Of each goal what it is reached by, then what it takes off; the second version's is out of reach.
      versions: [
        [amount(2000), amount(5000), percent(1500)],
        [amount(3000), amount(5001), amount(333)],
        [amount(3000), amount(4000), percent(2000)],
      ],
      off: [500, 750, 0, 800],
    },
  ],
];
