import { getQuickJS, type QuickJSContext, type QuickJSHandle } from 'quickjs-emscripten';
import type { DeliveryInput, DeliveryResult, FunctionInput, FunctionResult } from './src/input.ts';

/** Shopify's limits of one run for carts of up to 200 lines, bytes; kB = 1000. */
export const functionLimits = {
  inputBytes: 128_000,
  outputBytes: 20_000,
  memoryBytes: 10_000_000,
  stackBytes: 512_000,
} as const;

export interface EngineRun<Result> {
  readonly result: Result;
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
  run(input: FunctionInput): EngineRun<FunctionResult>;
  runDelivery(input: DeliveryInput): EngineRun<DeliveryResult>;
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
  const entries = loadEntries(context, code);
  function measured<Result>(entry: QuickJSHandle, input: FunctionInput): EngineRun<Result> {
    const text = JSON.stringify(input);
    const inputBytes = Buffer.byteLength(text);
    if (inputBytes > functionLimits.inputBytes) throw new Error(`the input has ${inputBytes} bytes`);
    polls = 0;
    const output = callWithText(context, entry, text);
    const outputBytes = Buffer.byteLength(output);
    if (outputBytes > functionLimits.outputBytes) throw new Error(`the output has ${outputBytes} bytes`);
    return { result: JSON.parse(output) as Result, inputBytes, outputBytes, polls };
  }
  return {
    run: (input) => measured(entries.lines, input),
    runDelivery: (input) => measured(entries.delivery, input),
    dispose() {
      entries.lines.dispose();
      entries.delivery.dispose();
      context.dispose();
      runtime.dispose();
    },
  };
}

/** Functions of the engine that take and give JSON text around the module's exports. */
function loadEntries(context: QuickJSContext, code: string): Record<'lines' | 'delivery', QuickJSHandle> {
  const namespace = context.unwrapResult(context.evalCode(code, 'function.js', { type: 'module' }));
  const wrapped = (name: string): QuickJSHandle => {
    const wrap = context.unwrapResult(
      context.evalCode(`(ns) => (text) => JSON.stringify(ns.${name}(JSON.parse(text)))`),
    );
    const entry = context.unwrapResult(context.callFunction(wrap, context.undefined, namespace));
    wrap.dispose();
    return entry;
  };
  const entries = {
    lines: wrapped('cartLinesDiscountsGenerateRun'),
    delivery: wrapped('cartDeliveryOptionsDiscountsGenerateRun'),
  };
  namespace.dispose();
  return entries;
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
