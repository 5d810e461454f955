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
  [smallCart.label]: 72,
  [usualCart.label]: 147,
  [sparseCart.label]: 114,
  'separate sets': 1071,
  'sets in a chain': 831,
  'every set shares one product': 535,
  'wide mix-and-match': 1590,
  'wide boxes': 1980,
  'wide quantity breaks': 1474,
  'quantity breaks of each product': 1853,
  'buy and get': 1484,
  'buy and get of the same': 1874,
  gifts: 1303,
  goals: 1146,
  'seven kinds': 1502,
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
