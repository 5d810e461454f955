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
  [smallCart.label]: 100,
  [usualCart.label]: 229,
  [sparseCart.label]: 173,
  'separate sets': 1837,
  'sets in a chain': 1376,
  'every set shares one product': 810,
  'wide mix-and-match': 2821,
  'wide boxes': 4451,
  'wide quantity breaks': 3047,
  'quantity breaks of each product': 3742,
  'buy and get': 2463,
  'buy and get of the same': 2979,
  gifts: 2134,
  goals: 1892,
  'seven kinds': 2529,
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
