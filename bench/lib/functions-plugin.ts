import { readFileSync } from 'node:fs';
import { toMessagePack } from './message-pack.ts';
import { withCounter } from './wasm-instructions.ts';

/** What Shopify's plugin for JavaScript Functions exports, as far as it is used here, and the counter. */
interface Plugin {
  readonly memory: WebAssembly.Memory;
  readonly cabi_realloc: (old: number, oldSize: number, align: number, size: number) => number;
  readonly 'compile-src': (at: number, length: number) => number;
  readonly initialize: (inputLength: number) => number;
  readonly invoke: (at: number, length: number, named: number, nameAt: number, nameLength: number) => void;
  readonly executedInstructions: { value: bigint };
}

/** Counts what one run costs on the engine that Shopify itself runs. */
export interface CountedPlugin {
  /** @returns instructions, as `function-runner` reports them */
  count(input: unknown): number;
}

/**
 * Loads `shopify_functions_javy_v4.wasm`, which Shopify's CLI fetches for every JavaScript Function, and compiles the
 * Function with it: to bytecode, as Javy does, so that no source is parsed in a run.
 * @param code an ES module with the export `cartLinesDiscountsGenerateRun`
 */
export function loadFunctionsPlugin(path: string, code: string): CountedPlugin {
  const module = new WebAssembly.Module(withCounter(new Uint8Array(readFileSync(path))));
  const instantiate = (): Plugin => new WebAssembly.Instance(module, {}).exports as unknown as Plugin;
  const entry = 'run';
  const bytecode = compile(instantiate(), withEntry(code, entry));
  return {
    count(input) {
      // Each run starts on a fresh instance; what the host does before (the input's bytes) is not counted.
      const plugin = instantiate();
      const bytes = toMessagePack(input);
      const inputAt = plugin.initialize(bytes.length);
      new Uint8Array(plugin.memory.buffer).set(bytes, inputAt);
      plugin.executedInstructions.value = 0n;
      const at = put(plugin, bytecode);
      const name = Buffer.from(entry);
      plugin.invoke(at, bytecode.length, 1, put(plugin, name), name.length);
      return Number(plugin.executedInstructions.value);
    },
  };
}

/** The module with the entry that Shopify's library adds around a Function. */
function withEntry(code: string, entry: string): string {
  const exported = /([\w$]+) as cartLinesDiscountsGenerateRun/.exec(code)?.[1];
  if (exported === undefined) throw new Error('the Function exports no cartLinesDiscountsGenerateRun');
  return `${code}\nexport function ${entry}(){ShopifyFunction.writeOutput(${exported}(ShopifyFunction.readInput()))}`;
}

function put(plugin: Plugin, bytes: Uint8Array): number {
  const at = plugin.cabi_realloc(0, 0, 1, bytes.length);
  new Uint8Array(plugin.memory.buffer).set(bytes, at);
  return at;
}

/** @throws with the engine's message where the source is not valid */
function compile(plugin: Plugin, source: string): Uint8Array {
  const text = Buffer.from(source);
  const result = plugin['compile-src'](put(plugin, text), text.length);
  const view = new DataView(plugin.memory.buffer);
  const at = view.getUint32(result + 4, true);
  const bytes = Uint8Array.from(new Uint8Array(plugin.memory.buffer, at, view.getUint32(result + 8, true)));
  if (view.getUint8(result) !== 0) throw new Error(Buffer.from(bytes).toString());
  return bytes;
}
