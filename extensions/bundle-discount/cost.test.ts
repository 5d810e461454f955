import { beforeAll, expect, it } from 'vitest';
import { largeCarts, smallCart, sparseCart, usualCart } from '#tests/conformance/carts/large.ts';
import { toFunctionInput } from '#tests/conformance/carts/surfaces.ts';
import { countInstructions } from '../../bench/lib/wasm-instructions.ts';
import { loadDiscountFunction } from './bare-engine.ts';
import { bundleDiscountFunction } from './build.ts';

/**
 * Millions of WebAssembly instructions that one run may take in QuickJS, loading the module left out. Counts are
 * the same on every machine (a few percent are left for how the engine's memory lies); who makes the Function cheaper lowers them. Shopify allows 11 in all, of which loading
 * takes 2.2, so that what the large carts cost here means: they get no discount at checkout (README.md).
 */
const millions: Readonly<Record<string, number>> = {
  [smallCart.label]: 3.2,
  [usualCart.label]: 8.6,
  [sparseCart.label]: 10.8,
  'separate sets': 76,
  'sets in a chain': 63,
  'every set shares one product': 43,
  'wide mix-and-match': 160,
  'wide boxes': 285,
  'wide quantity breaks': 173,
  'quantity breaks of each product': 222,
  'buy and get': 145,
  'buy and get of the same': 187,
  gifts: 125,
  goals: 86,
  'seven kinds': 136,
};

const executed = countInstructions();
let code: string;
beforeAll(async () => {
  code = await bundleDiscountFunction();
});

it.each([smallCart, usualCart, sparseCart, ...largeCarts])(
  'costs no more than it did: $label',
  async ({ label, cartCase }) => {
    const input = toFunctionInput(cartCase);
    // An engine of its own, so that no earlier run decides when memory is tidied up.
    const engine = await loadDiscountFunction(code);
    executed();
    engine.run(input);
    const cost = executed() / 1_000_000;
    engine.dispose();
    expect(cost).toBeLessThanOrEqual(millions[label] ?? 0);
  },
);
