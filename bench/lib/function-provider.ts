import { readFileSync } from 'node:fs';
import { isEntry } from '#extensions/bundle-discount/wasm-api.ts';
import { toMessagePack } from './message-pack.ts';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';

/** Shopify's half of the Function Wasm API, as far as it is named here; every function of the API is an export. */
interface Provider extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;
  readonly initialize: (inputLength: number) => number;
  readonly _shopify_function_input_get_utf8_str_addr: (text: number) => number;
}

/** Instructions of one run on Shopify's engine: the Function's own, and those that the API takes for it. */
export interface CountedRun {
  readonly own: number;
  readonly api: number;
}

/**
 * Runs a compiled Function against Shopify's own implementation of the API (`shopify_function_v2.wasm`, which
 * `function-runner` holds), joined as Shopify's trampoline joins them: texts are copied between the two memories. The
 * few instructions of the trampoline itself are not counted.
 * Source: github.com/Shopify/shopify-function-wasm-api, trampoline/src/lib.rs.
 */
export function loadProvider(path: string, wasm: Uint8Array): (entry: string, input: unknown) => CountedRun {
  const provider = new WebAssembly.Module(withCounter(new Uint8Array(readFileSync(path))));
  const guest = new WebAssembly.Module(withCounter(wasm));
  return (entry, input) => {
    const api = new WebAssembly.Instance(provider, {}).exports as Provider;
    const bytes = toMessagePack(input);
    const at = api.initialize(bytes.length);
    new Uint8Array(api.memory.buffer).set(bytes, at);
    const prepared = executedIn(api);
    const own: { memory?: WebAssembly.Memory } = {};
    const memory = (): WebAssembly.Memory => {
      if (!own.memory) throw new Error('the Function has no memory yet');
      return own.memory;
    };
    const { exports } = new WebAssembly.Instance(guest, { shopify_function_v2: joined(api, guest, memory) });
    own.memory = exports['memory'] as WebAssembly.Memory;
    const call = exports[entry];
    if (!isEntry(call)) throw new Error(`the Function does not export ${entry}`);
    call();
    return { own: executedIn(exports), api: executedIn(api) - prepared };
  };
}

/** The imports of the guest: the provider's exports, but for those that hand texts over. */
function joined(api: Provider, guest: WebAssembly.Module, memory: () => WebAssembly.Memory): WebAssembly.ModuleImports {
  const own = (at: number, length: number): Uint8Array => new Uint8Array(memory().buffer, at, length);
  const theirs = (at: number, length: number): Uint8Array => new Uint8Array(api.memory.buffer, at, length);
  const imports: WebAssembly.ModuleImports = {};
  for (const { name } of WebAssembly.Module.imports(guest)) {
    const call = api[`_${name}`] as (...values: (number | bigint)[]) => bigint;
    if (name === 'shopify_function_input_read_utf8_str')
      imports[name] = (from: number, to: number, length: number) =>
        own(to, length).set(theirs(api._shopify_function_input_get_utf8_str_addr(from), length));
    else if (name === 'shopify_function_output_new_utf8_str' || name === 'shopify_function_intern_utf8_str')
      // The upper half of what comes back is the answer, the lower half where the text goes.
      imports[name] = (at: number, length: number) => {
        const answer = BigInt.asUintN(64, call(length));
        theirs(Number(answer & 0xffff_ffffn), length).set(own(at, length));
        return Number(answer >> 32n);
      };
    else imports[name] = call;
  }
  return imports;
}
