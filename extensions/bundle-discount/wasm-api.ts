/**
 * A host for compiled Functions: the Function Wasm API of Shopify in as little as tests and the sandbox need. Values
 * of the input are NaN boxes, the output is written from the outside in.
 * Source: github.com/Shopify/shopify-function-wasm-api, api/src/shopify_function.wat and core/src/read.rs.
 */

/** The module that a compiled Function imports. */
const apiModule = 'shopify_function_v2';

const nan = 0x7ffc_0000_0000_0000n;
const tags = { null: 0n, bool: 1n, text: 3n, object: 4n, list: 5n, error: 15n } as const;
/** The longest length that a box holds; a value that is longer is asked for its length. */
const longest = 0x3fff;

function box(tag: keyof typeof tags, payload = 0, length = 0): bigint {
  return nan | (tags[tag] << 46n) | (BigInt(Math.min(length, longest)) << 32n) | BigInt(payload);
}

const scratch = new DataView(new ArrayBuffer(8));

function numberBox(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigUint64(0);
}

type Values = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads one input: whatever is handed out gets an address, by which it is asked for again. */
function reader(input: unknown) {
  const held: unknown[] = [];
  const at = (value: unknown): number => held.push(value) - 1;
  const boxOf = (value: unknown): bigint => {
    if (value === null || value === undefined) return box('null');
    if (typeof value === 'boolean') return box('bool', value ? 1 : 0);
    if (typeof value === 'number') return numberBox(value);
    if (typeof value === 'string') {
      const text = Buffer.from(value);
      return box('text', at(text), text.length);
    }
    if (Array.isArray(value)) return box('list', at(value), value.length);
    return box('object', at(value), Object.keys(value).length);
  };
  const valueOf = (scope: bigint): unknown => {
    const value = BigInt.asUintN(64, scope);
    const tag = (value >> 46n) & 15n;
    const isHeld = (value & nan) === nan && tag >= tags.text && tag <= tags.list;
    return isHeld ? held[Number(value & 0xffff_ffffn)] : null;
  };
  return {
    root: () => boxOf(input),
    length(scope: bigint): number {
      const value = valueOf(scope);
      if (Array.isArray(value) || Buffer.isBuffer(value)) return value.length;
      return isObject(value) ? Object.keys(value).length : -1;
    },
    text: (address: number): Buffer => {
      const value = held[address];
      if (!Buffer.isBuffer(value)) throw new Error('what was read as a text is none');
      return value;
    },
    property(scope: bigint, key: string): bigint {
      const value = valueOf(scope);
      if (!isObject(value) || Buffer.isBuffer(value)) return box('error', 1);
      return boxOf(Object.hasOwn(value, key) ? value[key] : null);
    },
    element(scope: bigint, index: number): bigint {
      const value = valueOf(scope);
      if (!Array.isArray(value)) return box('error', 6);
      return index >= 0 && index < value.length ? boxOf(value[index]) : box('error', 5);
    },
  };
}

/** Builds one output. Codes as `WriteResult` has them: 0 is fine. */
function writer() {
  const open: { readonly value: Record<string, unknown> | unknown[]; readonly size: number; key: string | null }[] = [];
  let done = false;
  let result: unknown;
  const put = (value: unknown): number => {
    const around = open.at(-1);
    if (!around) {
      if (done) return 4;
      done = true;
      result = value;
    } else if (Array.isArray(around.value)) {
      if (around.value.length === around.size) return 7;
      around.value.push(value);
    } else if (around.key === null) {
      if (typeof value !== 'string') return 2;
      if (Object.keys(around.value).length === around.size) return 3;
      around.key = value;
    } else {
      around.value[around.key] = value;
      around.key = null;
    }
    return 0;
  };
  const start = (value: Record<string, unknown> | unknown[], size: number): number => {
    const code = put(value);
    if (code === 0) open.push({ value, size, key: null });
    return code;
  };
  const finish = (list: boolean): number => {
    const last = open.at(-1);
    if (!last || Array.isArray(last.value) !== list) return list ? 8 : 5;
    const size = Array.isArray(last.value) ? last.value.length : Object.keys(last.value).length;
    if (size !== last.size || last.key !== null) return list ? 7 : 3;
    open.pop();
    return 0;
  };
  return {
    put,
    start,
    finish,
    result(): unknown {
      if (!done || open.length > 0) throw new Error('the Function did not finish its output');
      return result;
    },
  };
}

/** The imports of one run, and what it has written. `memory` is the guest's, once it is there. */
function apiOf(input: unknown, memory: () => WebAssembly.Memory) {
  const read = reader(input);
  const write = writer();
  const keys: string[] = [];
  const textAt = (at: number, length: number): string => Buffer.from(memory().buffer, at, length).toString();
  const all: Record<string, (...values: never[]) => bigint | number | void> = {
    input_get: () => read.root(),
    input_get_val_len: (scope: bigint) => read.length(scope),
    input_read_utf8_str: (from: number, to: number, length: number) => {
      read.text(from).copy(new Uint8Array(memory().buffer), to, 0, length);
    },
    input_get_interned_obj_prop: (scope: bigint, key: number) => read.property(scope, keys[key] ?? ''),
    input_get_at_index: (scope: bigint, index: number) => read.element(scope, index),
    intern_utf8_str: (at: number, length: number) => keys.push(textAt(at, length)) - 1,
    output_new_i32: (value: number) => write.put(value),
    output_new_utf8_str: (at: number, length: number) => write.put(textAt(at, length)),
    output_new_interned_utf8_str: (key: number) => write.put(keys[key] ?? ''),
    output_new_object: (entries: number) => write.start({}, entries),
    output_finish_object: () => write.finish(false),
    output_new_array: (elements: number) => write.start([], elements),
    output_finish_array: () => write.finish(true),
  };
  const imports = Object.fromEntries(Object.entries(all).map(([name, call]) => [`shopify_function_${name}`, call]));
  return { imports: { [apiModule]: imports }, output: () => write.result() };
}

/** True for what a target's export is: it takes nothing and gives nothing back. */
export function isEntry(value: unknown): value is () => void {
  return typeof value === 'function';
}

/** What one run of a compiled Function came to. */
export interface CompiledRun {
  readonly output: unknown;
  readonly memoryBytes: number;
  /** what the module exports, as it is after the run */
  readonly exports: WebAssembly.Exports;
}

/**
 * Runs an export of a compiled Function on a fresh instance.
 * @throws where the Function stops early, imports anything but the API, or does not finish its output
 */
export function runCompiled(module: WebAssembly.Module, entry: string, input: unknown): CompiledRun {
  let memory: WebAssembly.Memory | null = null;
  const api = apiOf(input, () => {
    if (!memory) throw new Error('the Function has no memory yet');
    return memory;
  });
  const { exports } = new WebAssembly.Instance(module, api.imports);
  const call = exports[entry];
  if (!(exports['memory'] instanceof WebAssembly.Memory)) throw new Error('the Function exports no memory');
  if (!isEntry(call)) throw new Error(`the Function does not export ${entry}`);
  memory = exports['memory'];
  call();
  return { output: api.output(), memoryBytes: memory.buffer.byteLength, exports };
}
