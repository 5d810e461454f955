import { describe, expect, it } from 'vitest';
import { cartToExplainSchema } from '#app/flows/explain-cart.ts';
import { type AskedCode, type AskedLine, cartAddress, codeOf, unitsOf } from './cart-address.ts';

const noCode: AskedCode = { code: null, codeClass: 'order' };

describe('the address of a cart', () => {
  it.each<[string, AskedLine[], AskedCode]>([
    ['one product', [{ productId: '1', variantId: null, quantity: 1 }], noCode],
    ['a variant and a product, with a code', [{ productId: '1', variantId: '31', quantity: 2 }, { productId: '2', variantId: null, quantity: 999 }], { code: 1050, codeClass: 'shipping' }], // prettier-ignore
  ])('of %s is read back as it was', (_what, lines, code) => {
    const address = new URL(cartAddress(lines, code), 'http://admin');
    const read = cartToExplainSchema.parse(Object.fromEntries(address.searchParams));
    expect(read).toEqual({ cart: lines, class: code.codeClass, ...(code.code !== null && { code: code.code }) });
  });

  it('of an empty cart is the page', () => {
    expect(cartAddress([], { code: 500, codeClass: 'order' })).toBe('/bundles/try');
  });
});

it.each([
  ['', null],
  ['2', 2],
  ['0', 0],
  ['1.5', null],
  ['-1', null],
  ['1000', null],
])('"%s" as units is %s', (text, units) => {
  expect(unitsOf(text)).toBe(units);
});

it.each([
  ['', null],
  ['0', null],
  ['10', 1000],
  ['12,5', 1250],
  ['101', null],
  ['ten', null],
])('"%s" as a percentage is %s', (text, code) => {
  expect(codeOf(text)).toBe(code);
});
