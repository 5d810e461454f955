import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BareEngine, loadDiscountFunction } from '#extensions/bundle-discount/bare-engine.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { runDelivery } from '#extensions/bundle-discount/src/run-delivery.ts';
import { run } from '#extensions/bundle-discount/src/run.ts';
import { inputs, largeInputs, ownCodes } from './function-inputs.ts';
import { largeCarts } from './large.ts';
import { corrupted, oddInputs } from './odd-input.ts';
import { asDeliveryInput, type InputOfBoth, toInputOfBoth } from './surfaces.ts';
import { cartCases, cartsWithOwnCodes } from './table.ts';

let engine: BareEngine;
beforeAll(async () => {
  engine = loadDiscountFunction(await bundleDiscountFunction());
});

function expectSame(input: InputOfBoth): void {
  expect(JSON.stringify(engine.run(input).result)).toBe(JSON.stringify(run(input)));
  const delivery = asDeliveryInput(input);
  expect(JSON.stringify(engine.runDelivery(delivery).result)).toBe(JSON.stringify(runDelivery(delivery)));
}

/**
 * The discount Function is written twice: the rules in TypeScript are the definition, the compiled one is what runs at
 * checkout. Whatever they are handed, both answer the same to the byte.
 */
describe('the compiled Function says what the definition says', () => {
  it('for every cart of the table, and the largest', () => {
    for (const cartCase of [...cartCases, ...cartsWithOwnCodes, ...largeCarts.map((large) => large.cartCase)])
      expectSame(toInputOfBoth(cartCase));
  });

  it('for small carts under offers of every kind', () => {
    fc.assert(fc.property(inputs(4, 4, 3), expectSame), { numRuns: 400 });
  });

  it('for goals that leave something to codes of ours', () => {
    fc.assert(fc.property(inputs(4, 4, 3, ['set', 'cart-goals'], ownCodes), expectSame), { numRuns: 400 });
  });

  it('for what is left to them, damaged on the way', () => {
    fc.assert(fc.property(corrupted(inputs(2, 2, 2, ['cart-goals'], ownCodes)), expectSame), { numRuns: 400 });
  });

  it('for carts in which many offers compete', () => {
    fc.assert(fc.property(inputs(12, 6, 8), expectSame), { numRuns: 150 });
  });

  it('for lines of many thousands of units, in as little time', () => {
    fc.assert(fc.property(inputs(6, 1_000_000, 5), expectSame), { numRuns: 100 });
  });

  it('for carts of many lines under many offers', () => {
    fc.assert(fc.property(largeInputs, expectSame), { numRuns: 40 });
  });

  it('for configurations that were damaged on the way', () => {
    fc.assert(fc.property(corrupted(inputs(4, 3, 3)), expectSame), { numRuns: 400 });
  });

  it.each([
    '-5e-324',
    '5e-324',
    '2e-324',
    '1e-400',
    '-1e-400',
    '1e309',
    '1e400',
    '-0',
    '0e999',
    '1.50e1',
    '0.1e1',
    '1e-1',
  ])('for a unit cost of %s', (cost) => {
    const [cartCase] = cartCases;
    if (!cartCase) throw new Error('the table is empty');
    const input = toInputOfBoth(cartCase);
    const config = `{"v":1,"c":"USD","r":[0,0,0,0,0,0],"g":3900,"p":[["1",${cost}]],"b":[["offer-0","Offer",4,1,1,1,1,1,1,0,"v1",1,0,0]]}`;
    const line = {
      id: 'gid://shopify/CartLine/line-0',
      quantity: 2,
      cost: { each: { amount: '10.00' } },
      plan: null,
      item: { id: 'gid://shopify/ProductVariant/v1', product: { id: 'gid://shopify/Product/1', gift: false } },
    };
    expectSame({
      ...input,
      cart: { ...input.cart, cost: { subtotalAmount: { currencyCode: 'USD' } }, lines: [line] },
      discount: { ...input.discount, config1: { value: config } },
    });
  });

  it('and takes nothing off, rather than stop, where an input is not what was asked for', () => {
    fc.assert(
      fc.property(oddInputs(inputs(4, 3, 3)), (input) => {
        // Whatever comes out, it is whole: the engine throws where a run stops or leaves its output unfinished.
        expect(engine.run(input as InputOfBoth).result).toHaveProperty('operations');
        expect(engine.runDelivery(input as InputOfBoth).result).toHaveProperty('operations');
      }),
      { numRuns: 400 },
    );
  });
});
