/**
 * Counts the WebAssembly instructions that a module executes, as runtimes with "fuel" do: every instruction is one,
 * but those that only give structure (block, loop, else, end, nop, drop, return, unreachable) are none. The module is
 * rewritten so that each straight piece of code adds its length to a counter before it runs.
 * Format: WebAssembly Core Specification 2.0, chapter 5.
 */

const structure = new Set([0x00, 0x01, 0x02, 0x03, 0x05, 0x0b, 0x0f, 0x1a]);
/** After these another piece of code begins: a place to jump to, or one that is not always reached. */
const cuts = new Set([0x00, 0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f]);
const counterName = 'executedInstructions';

/** Reads a LEB128 number of any sign as raw 7-bit groups; the value is right for unsigned ones below 2^32. */
function readLeb(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at] ?? 0;
    at += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if ((byte & 0x80) === 0) return { value, next: at };
  }
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) | (rest > 0 ? 0x80 : 0));
    value = rest;
  } while (value > 0);
  return bytes;
}

/** A non-negative number as signed LEB128, as constants are written. */
function signedLeb(value: number): number[] {
  const bytes = leb(value);
  const last = bytes.length - 1;
  if (((bytes[last] ?? 0) & 0x40) === 0) return bytes;
  bytes[last] = (bytes[last] ?? 0) | 0x80;
  return [...bytes, 0];
}

/** Where the instruction at `at` ends. */
function endOf(bytes: Uint8Array, at: number): number {
  const code = bytes[at] ?? 0;
  const skip = (times: number, from = at + 1): number => {
    for (let left = times; left > 0; left -= 1) from = readLeb(bytes, from).next;
    return from;
  };
  if ((code >= 0x02 && code <= 0x04) || code === 0x0c || code === 0x0d || code === 0x10) return skip(1);
  if (code === 0x0e) {
    const count = readLeb(bytes, at + 1);
    return skip(count.value + 1, count.next);
  }
  if (code === 0x11) return skip(2);
  if (code === 0x1c) {
    const count = readLeb(bytes, at + 1);
    return skip(count.value, count.next);
  }
  if ((code >= 0x20 && code <= 0x26) || code === 0x3f || code === 0x40 || code === 0x41 || code === 0x42)
    return skip(1);
  if (code >= 0x28 && code <= 0x3e) return skip(2);
  if (code === 0x43) return at + 5;
  if (code === 0x44) return at + 9;
  if (code === 0xd0 || code === 0xd2) return skip(1);
  if (code === 0xfc) {
    const operation = readLeb(bytes, at + 1);
    const operands = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1][operation.value];
    if (operands === undefined) throw new Error(`unknown instruction 0xfc ${operation.value}`);
    return skip(operands, operation.next);
  }
  if (code > 0xc4 || (code > 0x11 && code < 0x1a)) throw new Error(`unknown instruction 0x${code.toString(16)}`);
  return at + 1;
}

function rewriteBody(bytes: Uint8Array, from: number, to: number, counter: number): number[] {
  let at = from;
  const groups = readLeb(bytes, at);
  at = groups.next;
  for (let left = groups.value; left > 0; left -= 1) at = readLeb(bytes, at).next + 1;
  const out = [...bytes.subarray(from, at)];
  while (at < to) {
    const start = at;
    let cost = 0;
    for (let code = -1; at < to && !cuts.has(code);) {
      code = bytes[at] ?? 0;
      if (!structure.has(code)) cost += 1;
      at = endOf(bytes, at);
    }
    if (cost > 0) out.push(0x23, ...leb(counter), 0x42, ...signedLeb(cost), 0x7c, 0x24, ...leb(counter));
    for (let index = start; index < at; index += 1) out.push(bytes[index] ?? 0);
  }
  return [...leb(out.length), ...out];
}

function importedGlobals(bytes: Uint8Array, at: number): number {
  let globals = 0;
  const count = readLeb(bytes, at);
  at = count.next;
  for (let left = count.value; left > 0; left -= 1) {
    for (let name = 0; name < 2; name += 1) {
      const length = readLeb(bytes, at);
      at = length.next + length.value;
    }
    const kind = bytes[at] ?? 0;
    at += 1;
    if (kind === 0) at = readLeb(bytes, at).next;
    else if (kind === 3) {
      globals += 1;
      at += 2;
    } else {
      if (kind === 1) at += 1;
      const flags = bytes[at] ?? 0;
      at = readLeb(bytes, at + 1).next;
      if ((flags & 1) === 1) at = readLeb(bytes, at).next;
    }
  }
  return globals;
}

/** The same module with a counter that it exports. @throws on instructions that it does not know */
export function withCounter(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const out: number[] = [...bytes.subarray(0, 8)];
  let imported = 0;
  let counter = 0;
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at] ?? 0;
    const size = readLeb(bytes, at + 1);
    const from = size.next;
    const to = from + size.value;
    at = to;
    if (id === 2) imported = importedGlobals(bytes, from);
    let body: number[] = [];
    if (id === 6 || id === 7 || id === 10) {
      const count = readLeb(bytes, from);
      if (id === 6) {
        counter = imported + count.value;
        // i64, mutable, i64.const 0, end
        body = [...leb(count.value + 1), ...bytes.subarray(count.next, to), 0x7e, 1, 0x42, 0, 0x0b];
      } else if (id === 7) {
        const name = [...counterName].map((letter) => letter.charCodeAt(0));
        body = [...leb(count.value + 1), ...bytes.subarray(count.next, to), name.length, ...name, 3, ...leb(counter)];
      } else {
        body = leb(count.value);
        let next = count.next;
        for (let left = count.value; left > 0; left -= 1) {
          const length = readLeb(bytes, next);
          next = length.next + length.value;
          for (const byte of rewriteBody(bytes, length.next, next, counter)) body.push(byte);
        }
      }
    } else body = [...bytes.subarray(from, to)];
    out.push(id, ...leb(body.length));
    for (const byte of body) out.push(byte);
  }
  return Uint8Array.from(out);
}

/** How many instructions a module from `withCounter` has executed since it was instantiated. */
export function executedIn(exports: WebAssembly.Exports): number {
  const counter = exports[counterName];
  if (!(counter instanceof WebAssembly.Global)) throw new Error('the module does not count its instructions');
  return Number(counter.value);
}
