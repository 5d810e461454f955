import { getQuickJS, type QuickJSContext, type QuickJSHandle } from 'quickjs-emscripten';
import type { FunctionInput, FunctionResult } from './src/input.ts';

/** Shopify's limits of one run for carts of up to 200 lines, bytes; kB = 1000. */
export const functionLimits = {
  inputBytes: 128_000,
  outputBytes: 20_000,
  memoryBytes: 10_000_000,
  stackBytes: 512_000,
} as const;

export interface EngineRun {
  readonly result: FunctionResult;
  readonly inputBytes: number;
  readonly outputBytes: number;
  /**
   * How often the engine asked whether to go on: once every 10,000 calls and jumps back. It measures work
   * independently of the machine.
   */
  readonly polls: number;
}

export interface BareEngine {
  /** @throws when the Function throws, or when a limit of size, memory or stack is exceeded */
  run(input: FunctionInput): EngineRun;
  dispose(): void;
}

/**
 * Loads the built Function into QuickJS: the engine that Shopify compiles into the module, without Node or
 * web APIs, with Shopify's limits of memory and stack. For tests and measurements.
 * @param code what `bundleDiscountFunction` returns
 */
export async function loadDiscountFunction(code: string): Promise<BareEngine> {
  const quickjs = await getQuickJS();
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(functionLimits.memoryBytes);
  runtime.setMaxStackSize(functionLimits.stackBytes);
  let polls = 0;
  runtime.setInterruptHandler(() => {
    polls += 1;
    return false;
  });
  const context = runtime.newContext();
  const entry = loadEntry(context, code);
  return {
    run(input) {
      const text = JSON.stringify(input);
      const inputBytes = Buffer.byteLength(text);
      if (inputBytes > functionLimits.inputBytes) throw new Error(`the input has ${inputBytes} bytes`);
      polls = 0;
      const output = callWithText(context, entry, text);
      const outputBytes = Buffer.byteLength(output);
      if (outputBytes > functionLimits.outputBytes) throw new Error(`the output has ${outputBytes} bytes`);
      return { result: JSON.parse(output) as FunctionResult, inputBytes, outputBytes, polls };
    },
    dispose() {
      entry.dispose();
      context.dispose();
      runtime.dispose();
    },
  };
}

/** A function of the engine that takes and gives JSON text around the module's export. */
function loadEntry(context: QuickJSContext, code: string): QuickJSHandle {
  const namespace = context.unwrapResult(context.evalCode(code, 'function.js', { type: 'module' }));
  const wrap = context.unwrapResult(
    context.evalCode('(ns) => (text) => JSON.stringify(ns.cartLinesDiscountsGenerateRun(JSON.parse(text)))'),
  );
  const entry = context.unwrapResult(context.callFunction(wrap, context.undefined, namespace));
  wrap.dispose();
  namespace.dispose();
  return entry;
}

function callWithText(context: QuickJSContext, entry: QuickJSHandle, text: string): string {
  const argument = context.newString(text);
  try {
    const result = context.unwrapResult(context.callFunction(entry, context.undefined, argument));
    const output = context.getString(result);
    result.dispose();
    return output;
  } finally {
    argument.dispose();
  }
}
