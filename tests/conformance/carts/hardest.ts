import type { Offer } from '#app/domains/incentives/index.ts';
import { box, breaks, buyGet, fixed, freeGift, giftFor, giftFrom, goals, line, mix, percent } from './offers.ts';
import { type CartCase, type CartCaseLine, cartCases } from './table.ts';

const plain = cartCases.find(({ label }) => label === 'one complete set');
if (!plain) throw new Error('the table lost its plain case');
const base: CartCase = plain;

const productCount = 200;
const product = (index: number): string => String(8_000_000_000_000 + (index % productCount));
const variant = (index: number): string => String(45_000_000_000_000 + index);
const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const products = (from: number, count: number, step = 1): string[] =>
  Array.from({ length: count }, (_, item) => product(from + item * step));
const all = products(0, productCount);

/** A line of a product of its own, or of the first one where `product` is 0. */
function lineOf(index: number, quantity: number, more: Partial<CartCaseLine> = {}): CartCaseLine {
  return line(product(index), 1000 + index * 7, quantity, {
    id: `0d6b5e12-7a4c-4f0e-9c1d-${String(index).padStart(12, '0')}`,
    variantId: variant(index),
    unitCostMinor: 300,
    ...more,
  });
}

const linesOf = (quantity: number, more: Partial<CartCaseLine> = {}): CartCaseLine[] =>
  Array.from({ length: 200 }, (_, index) => lineOf(index, quantity, more));

function hard(
  label: string,
  count: number,
  lines: readonly CartCaseLine[],
  offerOf: (index: number) => Offer,
  rules = base.rules,
): { label: string; cartCase: CartCase } {
  const bundles = Array.from({ length: count }, (_, index): Offer => ({ ...offerOf(index), title: 'O' }));
  return { label: `${count} ${label}`, cartCase: { ...base, label, lines, bundles, rules } };
}

const three = linesOf(3);
const one = linesOf(1);
/** Lines that may give nothing away. */
const noRoom = { ...base.rules, minMarginBps: 10_000 };

/**
 * Carts of 200 lines under as many offers of one sort as six metafields hold (the number before it): what
 * costs the most that a store can publish.
 */
export const hardestCarts = [
  hard('pairs', 640, one, (at) => fixed(uuid(at), percent(500 + at), products(at, 2))),
  hard('pairs far apart', 576, three, (at) => fixed(uuid(at), percent(500 + at), [product(at), product(at * 7 + 100)])),
  hard('mixes of three', 432, three, (at) => mix(uuid(at), 2, percent(500 + at), products(at, 3, 60))),
  hard('mixes of ten', 264, three, (at) => mix(uuid(at), 4, percent(500 + at), products(at * 3, 10, 7))),
  hard('boxes of ten', 272, three, (at) => box(uuid(at), [3, 8], [[3, percent(500)], [6, percent(900)]], products(at * 3, 10, 7))), // prettier-ignore
  hard('boxes of ten, one unit a line', 272, one, (at) => box(uuid(at), [3, 8], [[3, percent(500)], [6, percent(900)]], products(at * 3, 10, 7))), // prettier-ignore
  hard('boxes of 20 in eight sizes', 144, three, (at) => box(uuid(at), [2, 9], [2, 3, 4, 5, 6, 7, 8, 9].map((units) => [units, percent(units * 100)] as const), products(at * 3, 20, 7))), // prettier-ignore
  hard('boxes of everything', 24, three, (at) =>
    box(
      uuid(at),
      [3, 8],
      [
        [3, percent(500)],
        [6, percent(900 + at)],
      ],
      all,
    ),
  ),
  hard('boxes of 50 of everything', 24, three, (at) => box(uuid(at), [40, 50], [[40, percent(500)], [50, percent(900 + at)]], all)), // prettier-ignore
  hard('mixes of 50 of everything', 18, one, (at) => mix(uuid(at), 50, percent(500 + at), all)),
  hard('pairs of everything', 18, three, (at) => mix(uuid(at), 2, percent(500 + at), all)),
  hard('breaks of each of all products', 24, three, (at) => breaks(uuid(at), 'product', [[2, percent(500)], [3, percent(1000 + at)]], all)), // prettier-ignore
  hard('breaks of each of ten', 272, three, (at) => breaks(uuid(at), 'product', [[2, percent(500)], [3, percent(1000 + at)]], products(at * 3, 10, 7))), // prettier-ignore
  hard('breaks of everything', 24, three, (at) => breaks(uuid(at), 'mixed', [[2, percent(500)], [9, percent(1000 + at)]], all)), // prettier-ignore
  hard('breaks of one variant each', 560, one, (at) => breaks(uuid(at), 'product', [[1, percent(500 + at)]], [`${product(at)}/${variant(at % 200)}`])), // prettier-ignore
  hard('buy and get of the same ten', 220, three, (at) => buyGet(uuid(at), [2, products(at * 3, 10, 7)], [1, products(at * 3, 10, 7)], percent(500 + at))), // prettier-ignore
  hard('buy and get of everything', 12, three, (at) => buyGet(uuid(at), [2, all], [1, all], percent(500 + at))),
  hard('buy 50 and get 50 of everything', 12, three, (at) => buyGet(uuid(at), [50, all], [50, all], percent(500 + at))),
  hard('gifts', 624, three, (at) => giftFor(uuid(at), [2, products(at, 2)], products(at + 3, 1))),
  hard('gifts of the whole order', 24, three, (at) => giftFrom(uuid(at), 1000, all, 100)),
  hard('gifts of the whole order that are refused', 640, three, (at) => giftFrom(uuid(at), 1000 + at, products(at, 2), 3), noRoom), // prettier-ignore
  hard('goals with gifts that are refused', 704, three, (at) => goals(uuid(at), [[1000 + at, freeGift(product(at))]]), noRoom), // prettier-ignore
  hard('goals of eight gifts', 216, three, (at) => goals(uuid(at), products(at * 5, 8).map((gift, step) => [1000 + step * 90_000, freeGift(gift)] as const))), // prettier-ignore
  hard('sets of 20 variants of one product', 336, linesOf(3, { productId: product(0) }), (at) =>
    fixed(
      uuid(at),
      percent(500 + at),
      Array.from({ length: 20 }, (_, item) => `${product(0)}*${1 + (item % 2)}`),
    ),
  ),
  hard('groups of four that are searched', 384, one, (at) => mix(uuid(at), 2, percent(500 + at), products((at % 50) * 4, 4))), // prettier-ignore
  hard('one variant on 200 lines', 896, linesOf(3, { productId: product(0), variantId: variant(0), unitPriceMinor: 1000 }), (at) => breaks(uuid(at), 'mixed', [[2, percent(500 + at)]], [product(0)])), // prettier-ignore
  hard(
    'sets of a product with 200 variants, each at a cost of its own',
    340,
    Array.from({ length: 200 }, (_, at) => lineOf(at, 3, { productId: product(0), unitCostMinor: 100 + at })),
    (at) => fixed(uuid(at), percent(500 + at), [`${product(0)}/${variant(at % 200)}`, `${product(0)}/${variant((at + 7) % 200)}`]), // prettier-ignore
  ),
];
