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
  [smallCart.label]: 102,
  [usualCart.label]: 231,
  [sparseCart.label]: 175,
  'separate sets': 1839,
  'sets in a chain': 1378,
  'every set shares one product': 812,
  'wide mix-and-match': 2823,
  'wide boxes': 4453,
  'wide quantity breaks': 3049,
  'quantity breaks of each product': 3744,
  'buy and get': 2465,
  'buy and get of the same': 2981,
  gifts: 2136,
  goals: 1894,
  'seven kinds': 2531,
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
