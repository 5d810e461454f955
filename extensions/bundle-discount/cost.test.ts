import { beforeAll, expect, it } from 'vitest';
import { largeCarts, smallCart, sparseCart, usualCart } from '#tests/conformance/carts/large.ts';
import { toFunctionInput } from '#tests/conformance/carts/surfaces.ts';
import { executedIn, withCounter } from './wasm-instructions.ts';
import { type BareEngine, loadDiscountFunction } from './bare-engine.ts';
import { bundleDiscountFunction } from './build.ts';

/**
 * Thousands of WebAssembly instructions that the Function itself may take in one run, of the 11 million that Shopify
 * allows for carts of up to 200 lines. Shopify's own part (reading the input, writing the output) takes up to 2.7
 * million more (`bench/function-cost.ts`). Counts are the same on every machine and in every run; who makes the
 * Function cheaper lowers them.
 */
const thousands: Readonly<Record<string, number>> = {
  [smallCart.label]: 98,
  [usualCart.label]: 226,
  [sparseCart.label]: 171,
  'separate sets': 1833,
  'sets in a chain': 1373,
  'every set shares one product': 807,
  'wide mix-and-match': 2817,
  'wide boxes': 4447,
  'wide quantity breaks': 3044,
  'quantity breaks of each product': 3738,
  'buy and get': 2459,
  'buy and get of the same': 2976,
  gifts: 2130,
  goals: 1890,
  'seven kinds': 2525,
};

let engine: BareEngine;
beforeAll(async () => {
  engine = loadDiscountFunction(withCounter(await bundleDiscountFunction()));
});

it.each([smallCart, usualCart, sparseCart, ...largeCarts])(
  'costs no more than it did: $label',
  ({ label, cartCase }) => {
    const { exports } = engine.run(toFunctionInput(cartCase));
    expect(executedIn(exports) / 1000).toBeLessThanOrEqual(thousands[label] ?? 0);
  },
);
