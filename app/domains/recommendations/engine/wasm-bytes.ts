/** Pieces of WebAssembly's binary format. Source: WebAssembly core specification 2.0, chapter 5. */

export const i32 = 0x7f;
export const f64 = 0x7c;
export const v128 = 0x7b;
export const localGet = 0x20,
  localSet = 0x21,
  localTee = 0x22,
  i32Add = 0x6a,
  i32Sub = 0x6b,
  branchIf = 0x0d,
  loop = 0x03,
  end = 0x0b,
  empty = 0x40;

/** A whole number of at least 0 as LEB128. */
export function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** A whole number of 32 bits as signed LEB128. */
export function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}

export const constant = (value: number): number[] => [0x41, ...signed(value)];
export const get = (local: number): number[] => [localGet, local];
export const set = (local: number): number[] => [localSet, local];
export const tee = (local: number): number[] => [localTee, local];
export const simd = (opcode: number, ...immediate: number[]): number[] => [0xfd, ...unsigned(opcode), ...immediate];

export const block = 0x02,
  when = 0x04,
  branch = 0x0c,
  select = 0x1b,
  lessUnsigned = 0x49,
  greaterUnsigned = 0x4b,
  notGreaterUnsigned = 0x4d,
  notLessUnsigned = 0x4f;
const shiftLeft = 0x74;
export const i32Load = (offset = 0): number[] => [0x28, 2, offset];
export const i32Store = (offset = 0): number[] => [0x36, 2, offset];

/** What was read × 4: a number of words in bytes. */
export const times4: readonly number[] = [...constant(2), shiftLeft];
/** Does `step` for each `by` bytes from a pointer to its bound (`unit` bytes apart at least) as long as so many are left. */
export const eachOf = (local: number, by: number, bound: number, step: readonly number[], unit = 4): number[] => [
  ...[block, empty, loop, empty],
  ...[...get(local), ...constant(by - unit), i32Add, ...get(bound), notLessUnsigned, branchIf, 1],
  ...[...step, ...get(local), ...constant(by), i32Add, ...set(local), branch, 0, end, end],
];
/** Adds to a pointer and goes on with the innermost loop while it is below another. */
export const onWhileBelow = (local: number, by: number, bound: number): number[] => [
  ...[...get(local), ...constant(by), i32Add, ...tee(local)],
  ...[...get(bound), lessUnsigned, branchIf, 0],
];
const list = (parts: readonly (readonly number[])[]) => [...unsigned(parts.length), ...parts.flat()];
const section = (id: number, bytes: readonly number[]) => [id, ...unsigned(bytes.length), ...bytes];
const named = (text: string) => [...unsigned(text.length), ...[...text].map((letter) => letter.charCodeAt(0))];

/** A function of 32-bit parameters. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  /** returns an i32, or nothing */
  readonly returns: boolean;
  /** how many locals of which type follow the parameters */
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly code: readonly number[];
}

/** A module of functions over one imported memory (`e.m`) of at most 65,536 pages, which threads share or not. */
export function assembleModule(functions: readonly WasmFunction[], isShared = true): WebAssembly.Module {
  const bodies = functions.map(({ locals, code }) => {
    const body = [...list(locals.map(([count, type]) => [...unsigned(count), type])), ...code, end];
    return [...unsigned(body.length), ...body];
  });
  return new WebAssembly.Module(
    new Uint8Array([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(
        1,
        list(
          functions.map(({ parameters, returns }) => [
            ...[0x60, parameters, ...new Array<number>(parameters).fill(i32)],
            ...(returns ? [1, i32] : [0]),
          ]),
        ),
      ),
      ...section(2, list([[...named('e'), ...named('m'), 2, isShared ? 3 : 1, 1, ...unsigned(65_536)]])),
      ...section(3, list(functions.map((_, index) => [index]))),
      ...section(7, list(functions.map(({ name }, index) => [...named(name), 0, index]))),
      ...section(10, list(bodies)),
    ]),
  );
}
