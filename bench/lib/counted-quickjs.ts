import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC } from 'quickjs-emscripten';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';

/** Instructions of one call in QuickJS: reading the input, the Function itself, writing the output. */
export interface CountedCall {
  readonly reading: number;
  readonly run: number;
  readonly output: string;
}

/**
 * Counts the instructions that QuickJS executes for an ES module's function, input and output being JSON. Loading the
 * module is not counted: on Shopify's engine it comes on top.
 * @param name of the export to call
 */
export async function countedFunction(code: string, name: string): Promise<(input: unknown) => CountedCall> {
  const path = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  const wasmModule = new WebAssembly.Module(withCounter(new Uint8Array(readFileSync(path))));
  let exports: WebAssembly.Exports | null = null;
  const quickjs = await newQuickJSWASMModuleFromVariant(
    newVariant(RELEASE_SYNC, {
      emscriptenModule: {
        instantiateWasm(imports, onSuccess) {
          const instance = new WebAssembly.Instance(wasmModule, imports);
          exports = instance.exports;
          onSuccess(instance);
          return instance.exports;
        },
      },
    }),
  );
  const executed = (): number => {
    if (!exports) throw new Error('the engine was not started');
    return executedIn(exports);
  };
  const context = quickjs.newContext();
  const namespace = context.unwrapResult(context.evalCode(code, 'function.js', { type: 'module' }));
  const global = context.unwrapResult(
    context.evalCode(
      '(ns, name) => [(text) => { globalThis.input = JSON.parse(text); }, () => JSON.stringify(ns[name](input))]',
    ),
  );
  const calls = context.unwrapResult(
    context.callFunction(global, context.undefined, namespace, context.newString(name)),
  );
  const read = context.getProp(calls, 0);
  const run = context.getProp(calls, 1);
  return (input) => {
    const text = context.newString(JSON.stringify(input));
    const before = executed();
    context.unwrapResult(context.callFunction(read, context.undefined, text)).dispose();
    const after = executed();
    const answer = context.unwrapResult(context.callFunction(run, context.undefined));
    const done = executed();
    return { reading: after - before, run: done - after, output: context.getString(answer) };
  };
}
