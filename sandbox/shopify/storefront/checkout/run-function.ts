import { getQuickJS } from 'quickjs-emscripten';
import { functionExports, functionLimits } from '#extensions/bundle-discount/bare-engine.ts';
import { transformExport } from '#extensions/cart-transform/bare-engine.ts';
import { runCompiled } from '#extensions/bundle-discount/wasm-api.ts';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';
import type { DiscountFunctionFiles } from '../../model.ts';

const { memoryBytes, stackBytes, inputBytes, outputBytes, instructions } = functionLimits;
/** Stands for Shopify's count of instructions, which an interpreter cannot count the same way. */
const timeMs = 2_000;

export type FunctionTarget = 'lines' | 'delivery' | 'transform';

/** The export of each target, as the manifests name them. */
const exportOf = { ...functionExports, transform: transformExport } as const;

/**
 * Runs a Function in a fresh engine without clock, network or Node: what Shopify gives it. The export of the target
 * is called. Throws where Shopify would stop the Function.
 */
export async function runFunction(
  source: DiscountFunctionFiles['source'],
  target: FunctionTarget,
  input: unknown,
): Promise<unknown> {
  const text = JSON.stringify(input);
  if (Buffer.byteLength(text) > inputBytes) throw new Error('the Function got more than 128 kB of input');
  const answer =
    typeof source === 'string'
      ? await runScript(source, exportOf[target], text)
      : JSON.stringify(compiled(source, exportOf[target], input));
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

/** @returns the output as JSON */
async function runScript(source: string, name: string, text: string): Promise<string> {
  const quickjs = await getQuickJS();
  const runtime = quickjs.newRuntime();
  try {
    runtime.setMemoryLimit(memoryBytes);
    runtime.setMaxStackSize(stackBytes);
    const deadline = performance.now() + timeMs;
    runtime.setInterruptHandler(() => performance.now() > deadline);
    runtime.setModuleLoader((name) =>
      name === 'function' ? source : { error: new Error(`a Function cannot import ${name}`) },
    );
    const context = runtime.newContext();
    try {
      const call = `import * as all from 'function';
        const name = ${JSON.stringify(name)};
        if (typeof all[name] !== 'function') throw new Error('the Function does not export ' + name);
        globalThis.answer = JSON.stringify(all[name](JSON.parse(${JSON.stringify(text)})));`;
      context.unwrapResult(context.evalCode(call, 'call.js', { type: 'module' })).dispose();
      runtime.executePendingJobs();
      const handle = context.getProp(context.global, 'answer');
      const answer: unknown = context.dump(handle);
      handle.dispose();
      if (typeof answer !== 'string') throw new Error('the Function gave no output');
      return answer;
    } finally {
      context.dispose();
    }
  } finally {
    runtime.dispose();
  }
}
