import type { Offer } from '#app/domains/incentives/index.ts';
import {
  amount,
  box,
  breaks,
  buyGet,
  fixed,
  freeGift,
  freeShipping,
  giftFor,
  goals,
  line,
  mix,
  orderOff,
  percent,
  together,
} from './offers.ts';
import { type CartCase, cartCases } from './table.ts';

const plain = cartCases.find(({ label }) => label === 'one complete set');
if (!plain) throw new Error('the table lost its plain case');
const base: CartCase = plain;

const product = (index: number): string => String(8_000_000_000_000 + (index % 200));
const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const products = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, item) => product(from + item));

/** Ids and titles as long as they get. */
const lines = Array.from({ length: 200 }, (_, index) =>
  line(String(8_000_000_000_000 + index), 1000 + index * 7, 3, {
    id: `0d6b5e12-7a4c-4f0e-9c1d-${String(index).padStart(12, '0')}`,
    variantId: String(45_000_000_000_000 + index),
    unitCostMinor: 300 + index,
  }),
);

function large(label: string, offerOf: (index: number) => Offer): { label: string; cartCase: CartCase } {
  const bundles = Array.from({ length: 50 }, (_, index): Offer => ({
    ...offerOf(index),
    title: '夏のまとめ買いセット・「お得な」三点組み合わせ',
  }));
  return { label, cartCase: { ...base, label, lines, bundles } };
}

const ofEachKind: readonly ((index: number) => Offer)[] = [
  (index) => fixed(uuid(index), percent(1000), products(index * 4, 3)),
  (index) => mix(uuid(index), 3, amount(500), products(index * 4, 6)),
  (index) => box(uuid(index), [3, 6], [[3, percent(1000)]], products(index * 4, 8)),
  (index) => breaks(uuid(index), 'mixed', [[3, percent(500)], [9, percent(1000)]], products(index * 4, 4)), // prettier-ignore
  (index) => buyGet(uuid(index), [2, products(index * 4, 3)], [1, products(index * 4 + 3, 2)], percent(5000)),
  (index) => together(uuid(index), products(index * 4, 2), products(index * 4 + 2, 2), 2000),
  (index) => giftFor(uuid(index), [2, products(index * 4, 2)], products(index * 4 + 3, 1)),
];

const usual = lines.slice(0, 12);
const sevenKinds = ofEachKind.map((offerOf, index): Offer => ({ ...offerOf(index), title: 'Everyday offer' }));

/** A cart as most are: twelve lines under seven offers. */
export const usualCart = {
  label: 'twelve lines, seven offers',
  cartCase: { ...base, lines: usual, bundles: sevenKinds },
};

/** A small cart: three lines under three offers. */
export const smallCart = {
  label: 'three lines, three offers',
  cartCase: { ...base, lines: lines.slice(0, 3), bundles: sevenKinds.slice(0, 3) },
};

/** A large shopping trip of which the three offers of the store touch three lines. */
export const sparseCart = {
  label: '100 lines, three offers for seven of them',
  cartCase: {
    ...base,
    lines: lines.slice(0, 100),
    bundles: [0, 3, 5].map((index): Offer => ({
      ...fixed(uuid(index), percent(1000), products(index, index === 3 ? 2 : 3)),
      title: 'Everyday offer',
    })),
  },
};

/** Carts of 200 lines under 50 offers. */
export const largeCarts = [
  large('separate sets', (index) => fixed(uuid(index), percent(1000 + index), products(index * 3, 3))),
  large('sets in a chain', (index) => fixed(uuid(index), amount(100 + ((index * 37) % 90)), products(index * 2, 3))),
  large('every set shares one product', (index) =>
    fixed(uuid(index), amount(200 + ((index * 53) % 170)), [product(0), product(index + 1)]),
  ),
  large('wide mix-and-match', (index) => mix(uuid(index), 4, percent(500 + index * 10), products(index * 2, 20))),
  large('wide boxes', (index) => box(uuid(index), [3, 8], [[3, percent(500)], [6, percent(900)]], products(index * 2, 20))), // prettier-ignore
  large(
    'wide quantity breaks',
    (index) =>
    breaks(uuid(index), 'mixed', [[3, percent(500)], [9, percent(1000 + index)]], products(index * 2, 20)), // prettier-ignore
  ),
  large(
    'quantity breaks of each product',
    (index) =>
    breaks(uuid(index), 'product', [[2, percent(500)], [3, percent(1000)]], products(index * 4, 4)), // prettier-ignore
  ),
  large('buy and get', (index) =>
    buyGet(uuid(index), [2, products(index * 2, 8)], [1, products(index * 2 + 8, 8)], percent(5000)),
  ),
  large('buy and get of the same', (index) =>
    buyGet(uuid(index), [2, products(index * 2, 8)], [1, products(index * 2, 8)], percent(10_000)),
  ),
  large('gifts', (index) => giftFor(uuid(index), [2, products(index * 4, 3)], products(index * 4 + 3, 1))),
  large('goals', (index) =>
    goals(uuid(index), [
      [100_000 + index, freeShipping],
      [200_000 + index, orderOff(percent(500))],
      [300_000 + index, freeGift(product(index))],
    ]),
  ),
  large('seven kinds', (index) => {
    const offerOf = ofEachKind[index % ofEachKind.length];
    if (!offerOf) throw new Error('no kind');
    return offerOf(index);
  }),
];
