import { getQuickJS } from 'quickjs-emscripten';

/** Limits of Shopify Functions for carts of up to 200 lines. Source: shopify.dev, Functions, limitations. */
const memoryBytes = 10_000_000;
const stackBytes = 512_000;
const inputBytes = 128_000;
const outputBytes = 20_000;
/** Stands for Shopify's count of instructions, which an interpreter cannot count the same way. */
const timeMs = 2_000;

export type FunctionTarget = 'lines' | 'delivery' | 'transform';

/** The export of each target, in camel case as Shopify's runtime looks for it. */
const exportOf = {
  lines: 'cartLinesDiscountsGenerateRun',
  delivery: 'cartDeliveryOptionsDiscountsGenerateRun',
  transform: 'cartTransformRun',
} as const;

/**
 * Runs a bundled Function in a fresh engine without clock, network or Node: what Shopify's WebAssembly gives it.
 * The export of the target is called. Throws where Shopify would stop the Function.
 */
export async function runFunction(source: string, target: FunctionTarget, input: unknown): Promise<unknown> {
  const text = JSON.stringify(input);
  if (Buffer.byteLength(text) > inputBytes) throw new Error('the Function got more than 128 kB of input');
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
        const name = ${JSON.stringify(exportOf[target])};
        if (typeof all[name] !== 'function') throw new Error('the Function does not export ' + name);
        globalThis.answer = JSON.stringify(all[name](JSON.parse(${JSON.stringify(text)})));`;
      context.unwrapResult(context.evalCode(call, 'call.js', { type: 'module' })).dispose();
      runtime.executePendingJobs();
      const handle = context.getProp(context.global, 'answer');
      const answer: unknown = context.dump(handle);
      handle.dispose();
      if (typeof answer !== 'string') throw new Error('the Function gave no output');
      if (Buffer.byteLength(answer) > outputBytes) throw new Error('the Function gave more than 20 kB of output');
      return JSON.parse(answer) as unknown;
    } finally {
      context.dispose();
    }
  } finally {
    runtime.dispose();
  }
}
