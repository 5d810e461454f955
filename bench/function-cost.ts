import { type BareEngine, functionLimits, loadDiscountFunction } from '#extensions/bundle-discount/bare-engine.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { largeCarts, smallCart, sparseCart, usualCart } from '#tests/conformance/carts/large.ts';
import { toFunctionInput } from '#tests/conformance/carts/surfaces.ts';
import { loadFunctionsPlugin } from './lib/functions-plugin.ts';
import { markdownTable, whole } from './lib/table.ts';
import { countInstructions } from './lib/wasm-instructions.ts';

/**
 * What one run of the discount Function costs in WebAssembly instructions, against Shopify's limit for carts of up to
 * 200 lines. Source of the limit: shopify.dev, Functions, limitations.
 *
 * Without an argument it is counted in QuickJS from npm: reading the input as JSON, the Function, writing the output
 * as JSON. Loading the module is left out, because that engine would parse its source, which Shopify's does not.
 *
 * `node bench/function-cost.ts FILE` with Shopify's plugin for JavaScript Functions (`shopify_functions_javy_v4.wasm`;
 * Shopify's CLI keeps it among its binaries) counts what Shopify counts: loading the bytecode and the module's top
 * level, reading the input from MessagePack, the Function, and writing the output. Compiling to bytecode happens when
 * an app is deployed and is not counted. Counts are the same on every machine and in every run.
 */
const limit = 11_000_000;
const ofLimit = (cost: number): string => `${String(Math.round((cost * 100) / limit))} %`;

const pluginPath = process.argv[2];
const code = await bundleDiscountFunction();
const plugin = pluginPath === undefined ? null : loadFunctionsPlugin(pluginPath, code);
const executed = countInstructions();
const engine: BareEngine = await loadDiscountFunction(code);
const rows = [smallCart, usualCart, sparseCart, ...largeCarts].map(({ label, cartCase }) => {
  const input = toFunctionInput(cartCase);
  executed();
  const run = engine.run(input);
  const cost = executed();
  const counted = plugin?.count(input);
  return [
    label,
    whole(cost),
    ofLimit(cost),
    ...(counted === undefined ? [] : [whole(counted), ofLimit(counted)]),
    whole(run.inputBytes),
    whole(run.outputBytes),
  ];
});
engine.dispose();
const onPlugin = plugin ? ['Shopify’s engine', 'of the limit'] : [];
console.log(
  `Discount Function, ${whole(limit)} instructions and ${whole(functionLimits.outputBytes)} bytes of output allowed\n`,
);
console.log(markdownTable(['cart', 'QuickJS', 'of the limit', ...onPlugin, 'input bytes', 'output bytes'], rows));
