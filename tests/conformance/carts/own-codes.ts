import { codeHash, noOwnCodes, type OwnCodes } from '#app/domains/incentives/index.ts';
import { amount, code, fixed, freeShipping, goals, line, orderOff, percent } from './offers.ts';
import type { Sketch } from './table.ts';

const left = (own: Partial<OwnCodes>) => ({ ownCodes: { ...noOwnCodes, ...own } });
const five = { rules: left({ minor: 500 }) };
const ours = { runBy: 'trellis' as const, value: amount(500) };
const shipsFree = goals('c', [[5000, freeShipping]]);
const cost = (unitCostMinor: number) => ({ unitCostMinor });
const parcel = { shippingMinor: 490 };

/**
 * Rows of a checkout that does not know which entered codes are ours, as Shopify's: free shipping leaves to each what such
 * a code takes at most. The plugin knows them, and is told nothing of this.
 */
// One case a line reads as the table that it is.
// prettier-ignore
export const ownCodeSketches: readonly Sketch[] = [
  { label: 'own codes: none in the cart', why: 'of 9.80 above cost the parcel may take all', ...five, ...parcel, lines: [line('1', 5000, 1, cost(4020))], bundles: [shipsFree], off: [0], freeShipping: true, shippingOff: 490, total: 5000 },
  { label: 'own codes: no room for both', why: '9.80 less 5.00 of a code are 4.80, the parcel is 4.90', ...five, ...parcel, lines: [line('1', 5000, 1, cost(4020))], bundles: [shipsFree], codes: [code('OURS', ours)], off: [0], codeOff: [500], total: 4990 },
  { label: 'own codes: just room for both', why: '9.90 less 5.00 are the parcel', ...five, ...parcel, lines: [line('1', 5000, 1, cost(4010))], bundles: [shipsFree], codes: [code('OURS', ours)], off: [0], freeShipping: true, codeOff: [500], shippingOff: 490, total: 4500 },
  { label: 'own codes: a small one may be the largest', why: 'nobody knows which was entered: 5.00 are left to one of 1.00', ...five, ...parcel, lines: [line('1', 5000, 1, cost(4020))], bundles: [shipsFree], codes: [code('OURS', { ...ours, value: amount(100) })], off: [0], codeOff: [100], total: 5390 },
  { label: 'own codes: two may both be ours', why: '14.89 less twice 5.00 are 4.89', ...five, ...parcel, lines: [line('1', 5000, 1, cost(3511))], bundles: [shipsFree], codes: [code('A', { ...ours, value: amount(200) }), code('B', { ...ours, value: amount(300) })], off: [0], codeOff: [500], total: 4990 },
  { label: 'own codes: one of the store is known by name', why: 'it has its own reserve of 1 %: floors of 44.45 leave 5.49', rules: { ...left({ minor: 500 }), knownCodes: [{ hash: codeHash('TEN'), value: percent(100) }] }, ...parcel, lines: [line('1', 5000, 1, cost(4400))], bundles: [shipsFree], codes: [code('ten', { value: percent(100) })], off: [0], freeShipping: true, codeOff: [50], shippingOff: 490, total: 4950 },
  { label: 'own codes: a share of the goods', why: '10 % of 50.00 leave 4.89 of 9.89', rules: left({ basisPoints: 1000 }), ...parcel, lines: [line('1', 5000, 1, cost(4011))], bundles: [shipsFree], codes: [code('OURS', { ...ours, value: percent(1000) })], off: [0], codeOff: [500], total: 4990 },
  { label: 'own codes: a share that has a bound', why: '10 % are 5.00, but no more than 3.00: 4.90 of 7.90 are left', rules: left({ bounded: { basisPoints: 1000, minor: 300 } }), ...parcel, lines: [line('1', 5000, 1, cost(4210))], bundles: [shipsFree], codes: [code('OURS', { ...ours, value: amount(300) })], off: [0], freeShipping: true, codeOff: [300], shippingOff: 490, total: 4700 },
  { label: 'own codes: a bound that the share does not reach', why: '2 % of 50.00 are 1.00 of at most 30.00', rules: left({ bounded: { basisPoints: 200, minor: 3000 } }), ...parcel, lines: [line('1', 5000, 1, cost(4410))], bundles: [shipsFree], codes: [code('OURS', { ...ours, value: percent(200) })], off: [0], freeShipping: true, codeOff: [100], shippingOff: 490, total: 4900 },
  { label: 'own codes: in another currency', why: 'cost 44.00 USD is 40.54 EUR: 9.46 less 4.61 are 4.85', currency: 'EUR', shopCurrency: 'USD', rate: '0.9213', ...five, ...parcel, lines: [line('1', 5000, 1, cost(4400))], bundles: [shipsFree], codes: [code('OURS', ours)], off: [0], codeOff: [461], total: 5029 },
  { label: 'own codes: after what else comes off', why: 'of 20.00 above cost a set takes 2.00, the order 3.84 and a code may take 10.00: 4.16 are left', rules: left({ minor: 1000 }), ...parcel, lines: [line('1', 3000, 1, cost(2000)), line('2', 2000, 1, cost(1000))], bundles: [fixed('a', amount(200), ['1', '2']), goals('c', [[5000, freeShipping], [5000, orderOff(percent(800))]])], codes: [code('OURS', { ...ours, value: amount(100) })], off: [120, 80], goalOff: [230, 154], codeOff: [60, 40], total: 4806 },
  { label: 'own codes: nothing makes shipping free', why: 'a discount of the order leaves nothing: the code leaves it', ...five, lines: [line('1', 5000, 1, cost(4300))], bundles: [goals('c', [[5000, orderOff(percent(1000))]])], codes: [code('OURS', { ...ours, value: amount(200) })], off: [0], goalOff: [500], codeOff: [200], total: 4300 },
];
