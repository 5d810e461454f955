/** A text as UTF-8 bytes in memory. Behind its last byte there are at least eight bytes that may be read. */
export class Text {
  constructor(
    readonly at: usize,
    readonly length: i32,
  ) {}
}

/** Room for a text of this many bytes, with a zero behind it. */
export function roomFor(length: i32): usize {
  const at = heap.alloc(<usize>length + 8);
  store<u8>(at + length, 0);
  return at;
}

/** A text of the program itself; ASCII only. */
export function ascii(text: string): Text {
  const length = text.length;
  const at = roomFor(length);
  for (let index = 0; index < length; index += 1) store<u8>(at + index, <u8>text.charCodeAt(index));
  return new Text(at, length);
}

export function sameText(a: Text, b: Text): bool {
  const length = a.length;
  if (length !== b.length) return false;
  let one = a.at;
  let other = b.at;
  if (length < 8) {
    // Of the eight bytes only the first belong to the text: they are the lowest of the number.
    return length === 0 || (load<u64>(one) ^ load<u64>(other)) << (64 - ((<u64>length) << 3)) === 0;
  }
  const last = one + length - 8;
  for (; one < last; one += 8) {
    if (load<u64>(one) !== load<u64>(other)) return false;
    other += 8;
  }
  // The last eight may be partly those before.
  return load<u64>(last) === load<u64>(b.at + length - 8);
}

/** Bytes of UTF-8 in the order of UTF-16: what needs two units there comes before U+E000 to U+FFFF. */
function inOrderOfUtf16(byte: i32): i32 {
  return byte === 0xee || byte === 0xef ? byte + 0x10 : byte;
}

/** Negative, zero or positive, as JavaScript's `<` orders texts. */
export function compareTexts(a: Text, b: Text): i32 {
  const shorter = min(a.length, b.length);
  let at = 0;
  while (at + 8 <= shorter && load<u64>(a.at + at) === load<u64>(b.at + at)) at += 8;
  for (; at < shorter; at += 1) {
    const one = <i32>load<u8>(a.at + at);
    const other = <i32>load<u8>(b.at + at);
    if (one !== other) return inOrderOfUtf16(one) - inOrderOfUtf16(other);
  }
  return a.length - b.length;
}
