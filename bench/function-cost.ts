import {
  type EngineRun,
  functionExports,
  functionLimits,
  loadDiscountFunction,
} from '#extensions/bundle-discount/bare-engine.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { loadCartTransform, transformExport } from '#extensions/cart-transform/bare-engine.ts';
import { cartTransformFunction } from '#extensions/cart-transform/build.ts';
import { hardestCarts } from '#tests/conformance/carts/hardest.ts';
import { largeCarts, smallCart, sparseCart, usualCart } from '#tests/conformance/carts/large.ts';
import { toFunctionInput } from '#tests/conformance/carts/surfaces.ts';
import { type CountedRun, loadProvider } from './lib/function-provider.ts';
import { markdownTable, whole } from './lib/table.ts';
import { transformCarts } from './lib/transform-carts.ts';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';

/**
 * What one run of the discount Function, and of the cart transform, costs in WebAssembly instructions, against
 * Shopify's limit for carts of up to 200 lines. Source of the limit: shopify.dev, Functions, limitations.
 *
 * Without an argument the Function's own instructions are counted, in a bare engine with a host of ours.
 * `node bench/function-cost.ts FILE` with Shopify's implementation of the API (`shopify_function_v2.wasm`, which
 * `function-runner` holds) counts what Shopify counts: the Function and what the API takes to read the input and to
 * write the output. Counts are the same on every machine and in every run.
 */
const limit = functionLimits.instructions;
const ofLimit = (cost: number): string => `${((cost * 100) / limit).toFixed(1)} %`;

function rowOf(label: string, run: EngineRun<unknown>, counted: CountedRun | undefined): string[] {
  const own = executedIn(run.exports);
  return [
    label,
    whole(own),
    ofLimit(own),
    ...(counted ? [whole(counted.api), whole(counted.own + counted.api), ofLimit(counted.own + counted.api)] : []),
    whole(run.inputBytes),
    whole(run.outputBytes),
    whole(run.memoryBytes),
  ];
}

const providerPath = process.argv[2];
const wasm = await bundleDiscountFunction();
const provider = providerPath === undefined ? null : loadProvider(providerPath, wasm);
const engine = loadDiscountFunction(withCounter(wasm));
const rows = [smallCart, usualCart, sparseCart, ...largeCarts, ...hardestCarts].map(({ label, cartCase }) => {
  const input = toFunctionInput(cartCase);
  return rowOf(label, engine.run(input), provider?.(functionExports.lines, input));
});
const onProvider = provider ? ['Shopify’s API', 'together', 'of the limit'] : [];
console.log(
  `Discount Function (${whole(wasm.length)} bytes of ${whole(functionLimits.moduleBytes)}), ${whole(limit)} instructions and ${whole(functionLimits.outputBytes)} bytes of output allowed\n`,
);
console.log(
  markdownTable(
    ['cart', 'the Function', 'of the limit', ...onProvider, 'input bytes', 'output bytes', 'memory bytes'],
    rows,
  ),
);

const transformWasm = await cartTransformFunction();
const transformProvider = providerPath === undefined ? null : loadProvider(providerPath, transformWasm);
const transform = loadCartTransform(withCounter(transformWasm));
console.log(`\nCart transform (${whole(transformWasm.length)} bytes)\n`);
console.log(
  markdownTable(
    ['cart', 'the Function', 'of the limit', ...onProvider, 'input bytes', 'output bytes', 'memory bytes'],
    transformCarts.map(({ label, input }) => {
      const run = transform.run(input);
      return rowOf(label, run, transformProvider?.(transformExport, input));
    }),
  ),
);
