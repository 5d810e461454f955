import { getQuickJS } from 'quickjs-emscripten';
import { functionLimits } from '#extensions/bundle-discount/bare-engine.ts';
import type { TransformInput, TransformResult } from './src/input.ts';

export interface TransformRun {
  readonly result: TransformResult;
  readonly inputBytes: number;
  readonly outputBytes: number;
  /** how often the engine asked whether to go on: once every 10,000 calls and jumps back */
  readonly polls: number;
}

export interface TransformEngine {
  /** @throws when the Function throws, or when a limit of size, memory or stack is exceeded */
  run(input: TransformInput): TransformRun;
  dispose(): void;
}

/**
 * Loads the built Function into QuickJS: the engine that Shopify compiles into the module, without Node or web
 * APIs, with Shopify's limits of memory and stack. For tests and measurements.
 * @param code what `cartTransformFunction` returns
 */
export async function loadCartTransform(code: string): Promise<TransformEngine> {
  const runtime = (await getQuickJS()).newRuntime();
  runtime.setMemoryLimit(functionLimits.memoryBytes);
  runtime.setMaxStackSize(functionLimits.stackBytes);
  let polls = 0;
  runtime.setInterruptHandler(() => {
    polls += 1;
    return false;
  });
  const context = runtime.newContext();
  const namespace = context.unwrapResult(context.evalCode(code, 'function.js', { type: 'module' }));
  const wrap = context.unwrapResult(
    context.evalCode('(ns) => (text) => JSON.stringify(ns.cartTransformRun(JSON.parse(text)))'),
  );
  const entry = context.unwrapResult(context.callFunction(wrap, context.undefined, namespace));
  wrap.dispose();
  namespace.dispose();
  return {
    run(input) {
      const text = JSON.stringify(input);
      const inputBytes = Buffer.byteLength(text);
      if (inputBytes > functionLimits.inputBytes) throw new Error(`the input has ${inputBytes} bytes`);
      polls = 0;
      const argument = context.newString(text);
      const answer = context.unwrapResult(context.callFunction(entry, context.undefined, argument));
      const output = context.getString(answer);
      answer.dispose();
      argument.dispose();
      const outputBytes = Buffer.byteLength(output);
      if (outputBytes > functionLimits.outputBytes) throw new Error(`the output has ${outputBytes} bytes`);
      return { result: JSON.parse(output) as TransformResult, inputBytes, outputBytes, polls };
    },
    dispose() {
      entry.dispose();
      context.dispose();
      runtime.dispose();
    },
  };
}
