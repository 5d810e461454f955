import { type BareEngine, functionLimits, loadDiscountFunction } from '#extensions/bundle-discount/bare-engine.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { largeCarts, usualCart } from '#tests/conformance/carts/large.ts';
import { toFunctionInput } from '#tests/conformance/carts/surfaces.ts';
import { markdownTable, whole } from './lib/table.ts';
import { countInstructions } from './lib/wasm-instructions.ts';

/**
 * What one run of the discount Function costs: WebAssembly instructions of the bare engine, reading the input and
 * writing the output included, against Shopify's limit for carts of up to 200 lines.
 * Source of the limit: shopify.dev, Functions, limitations.
 */
const limit = 11_000_000;

const executed = countInstructions();
const engine: BareEngine = await loadDiscountFunction(await bundleDiscountFunction());
const rows = [usualCart, ...largeCarts].map(({ label, cartCase }) => {
  const input = toFunctionInput(cartCase);
  executed();
  const run = engine.run(input);
  const cost = executed();
  return [
    label,
    whole(cost),
    `${String(Math.round((cost * 100) / limit))} %`,
    whole(run.inputBytes),
    whole(run.outputBytes),
    String(run.polls),
  ];
});
engine.dispose();
console.log(
  `Discount Function, ${whole(limit)} instructions and ${whole(functionLimits.outputBytes)} bytes of output allowed\n`,
);
console.log(markdownTable(['cart', 'instructions', 'of the limit', 'input bytes', 'output bytes', 'polls'], rows));
