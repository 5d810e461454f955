import { matrixOf, type StackPair } from '#app/domains/incentives/index.ts';
import { amount, code, fixed, goals, line, mix, percent } from './offers.ts';
import type { Sketch } from './table.ts';

const only = (...pairs: readonly StackPair[]) => ({ combinesWith: matrixOf((pair) => pairs.includes(pair)) });
const tenOff = { type: 'order-discount' as const, value: percent(1000) };
const free = { type: 'free-shipping' as const };
const dear = { unitCostMinor: 700 };
const ten = (reserve: number | 'exact') => ({ rules: { codeReserve: reserve }, codes: [code('TEN', {})] });

/** Rows of the merchant's matrix, and of what discounts of ours leave to a code of the store. */
// One case a line reads as the table that it is.
// prettier-ignore
export const stackingSketches: readonly Sketch[] = [
  { label: 'matrix: a goal beside a set, codes beside neither', why: 'own discounts have their own pair', rules: only('product-order'), lines: [line('1', 1000, 1), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1', '2']), goals('c', [[2000, tenOff]])], off: [100, 200], goalOff: [90, 180], total: 2430 },
  { label: 'matrix: an order code beside a set, not beside a goal', why: 'set and goal save more than set and code', rules: only('product-order'), lines: [line('1', 1000, 1), line('2', 2000, 1)], bundles: [fixed('a', percent(1000), ['1', '2']), goals('c', [[2000, { ...tenOff, value: percent(500) }]])], codes: [code('TWO', { value: percent(200) })], off: [100, 200], goalOff: [45, 90], total: 2565 },
  { label: 'matrix: free shipping beside sets, not beside a goal', why: 'each pair by itself', rules: only('product-shipping', 'product-order'), shippingMinor: 500, lines: [line('1', 1000, 2)], bundles: [fixed('a', percent(1000), ['1*2']), goals('c', [[1500, free]])], off: [200], freeShipping: true, shippingOff: 500, total: 1800 },
  { label: 'matrix: a goal pushes free shipping out', why: 'order and shipping may not meet', rules: only('product-shipping', 'product-order'), shippingMinor: 500, lines: [line('1', 1000, 2)], bundles: [goals('c', [[1000, tenOff], [1500, free]])], off: [0], goalOff: [200], total: 2300 },
  { label: 'matrix: a shipping code where products stand apart', why: 'the code is of a class that may meet sets', rules: only('product-shipping'), shippingMinor: 500, lines: [line('1', 1000, 2)], bundles: [fixed('a', percent(1000), ['1*2'])], codes: [code('SHIP', { class: 'shipping', value: percent(10_000) })], off: [200], shippingOff: 500, total: 1800 },
  { label: 'reserve: no code in the cart', why: 'the whole discount: 20.00 less 30 % keeps 14.00', rules: { codeReserve: 1000 }, lines: [line('1', 1000, 2, dear)], bundles: [fixed('a', percent(3000), ['1*2'])], off: [600], total: 1400 },
  { label: 'reserve: beside a code', why: 'floor 7.00 ÷ 0.9 = 7.78 a unit: 4.44 off, then 10 % of 15.56, and 14.00 are left', ...ten(1000), lines: [line('1', 1000, 2, dear)], bundles: [fixed('a', percent(3000), ['1*2'])], off: [444], codeOff: [156], total: 1400 },
  { label: 'reserve: a code that no matrix lets meet ours', why: 'it can take nothing off beside ours, so nothing is left to it', codes: [code('TEN', {})], rules: { codeReserve: 1000, ...only('product-shipping') }, lines: [line('1', 1000, 2, dear)], bundles: [fixed('a', percent(3000), ['1*2'])], off: [600], total: 1400 },
  { label: 'reserve: goods in no set count as well', why: 'floors of 7.78 and 10.00: of 20.00 for both 2.22 are room, though the set alone would have it too', ...ten(1000), lines: [line('1', 1000, 1, dear), line('2', 1000, 1, { unitCostMinor: 900 })], bundles: [mix('m', 1, amount(300), ['1'])], off: [222, 0], codeOff: [78, 100], total: 1600 },
  { label: 'reserve: nothing of ours is left', why: 'the code alone takes the other line below its floor, so the set gives way', ...ten(1000), lines: [line('1', 1000, 1, dear), line('2', 1000, 1, { unitCostMinor: 1200 })], bundles: [mix('m', 1, amount(300), ['1'])], off: [0, 0], codeOff: [100, 100], total: 1800 },
  { label: 'reserve: a goal leaves it too', why: 'floors of 15.56 leave 4.44; the code counts from the whole 20.00, so the goal has 90 % of that', ...ten(1000), lines: [line('1', 1000, 2, dear)], bundles: [goals('c', [[1500, { ...tenOff, value: percent(3000) }]])], off: [0], goalOff: [399], codeOff: [200], total: 1401 },
];
