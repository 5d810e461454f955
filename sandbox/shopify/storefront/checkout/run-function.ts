import { functionExports, functionLimits } from '#extensions/bundle-discount/bare-engine.ts';
import { validationExport } from '#extensions/checkout-access/build.ts';
import { transformExport } from '#extensions/cart-transform/bare-engine.ts';
import { runCompiled } from '#extensions/bundle-discount/wasm-api.ts';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';
import type { DiscountFunctionFiles } from '../deps.ts';

const { memoryBytes, inputBytes, outputBytes, instructions } = functionLimits;

export type FunctionTarget = 'lines' | 'delivery' | 'transform' | 'validation';

/** The export of each target, as the manifests name them. */
const exportOf = { ...functionExports, transform: transformExport, validation: validationExport } as const;

/**
 * Runs a Function in a fresh engine without clock, network or Node: what Shopify gives it. The export of the target
 * is called. Throws where Shopify would stop the Function.
 */
export function runFunction(source: DiscountFunctionFiles['source'], target: FunctionTarget, input: unknown): unknown {
  if (Buffer.byteLength(JSON.stringify(input)) > inputBytes)
    throw new Error('the Function got more than 128 kB of input');
  const answer = JSON.stringify(compiled(source, exportOf[target], input));
  if (Buffer.byteLength(answer) > outputBytes) throw new Error('the Function gave more than 20 kB of output');
  return JSON.parse(answer) as unknown;
}

interface Loaded {
  readonly source: Uint8Array;
  readonly module: WebAssembly.Module;
}
/** The last two modules that were compiled: every page of a cart runs the same ones. */
let loaded: readonly Loaded[] = [];

function moduleOf(source: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const known = loaded.find((each) => Buffer.compare(each.source, source) === 0);
  if (known) return known.module;
  const module = new WebAssembly.Module(withCounter(source));
  loaded = [{ source, module }, ...loaded.slice(0, 1)];
  return module;
}

/** Shopify counts what its API takes as well: a Function that is stopped here would be stopped there, too. */
function compiled(source: Uint8Array<ArrayBuffer>, name: string, input: unknown): unknown {
  const run = runCompiled(moduleOf(source), name, input);
  if (run.memoryBytes > memoryBytes) throw new Error('the Function took more than 10 MB of memory');
  if (executedIn(run.exports) > instructions) throw new Error('the Function took more than 11 million instructions');
  return run.output;
}
