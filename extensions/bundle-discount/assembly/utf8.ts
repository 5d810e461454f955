import { isAscii, specialBytes } from './eight-bytes';
import { Text } from './text';

/** Writes one character; half of a pair alone becomes U+FFFD. @returns where the next one goes */
export function writeUtf8(to: usize, code: i32): usize {
  if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
  if (code < 0x80) {
    store<u8>(to, <u8>code);
    return to + 1;
  }
  if (code < 0x800) {
    store<u8>(to, <u8>(0xc0 | (code >> 6)));
    store<u8>(to + 1, <u8>(0x80 | (code & 0x3f)));
    return to + 2;
  }
  if (code < 0x10000) {
    store<u8>(to, <u8>(0xe0 | (code >> 12)));
    store<u8>(to + 1, <u8>(0x80 | ((code >> 6) & 0x3f)));
    store<u8>(to + 2, <u8>(0x80 | (code & 0x3f)));
    return to + 3;
  }
  store<u8>(to, <u8>(0xf0 | (code >> 18)));
  store<u8>(to + 1, <u8>(0x80 | ((code >> 12) & 0x3f)));
  store<u8>(to + 2, <u8>(0x80 | ((code >> 6) & 0x3f)));
  store<u8>(to + 3, <u8>(0x80 | (code & 0x3f)));
  return to + 4;
}

/** Bytes of the character that begins with this byte. */
export function widthOf(byte: u8): i32 {
  if (byte < 0xc0) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/** The character that begins here. */
export function characterAt(at: usize): i32 {
  const first = <i32>load<u8>(at);
  const width = widthOf(<u8>first);
  if (width === 1) return first;
  let code = first & (0xff >> (width + 1));
  for (let index = 1; index < width; index += 1) code = (code << 6) | (<i32>(load<u8>(at + index) & 0x3f));
  return code;
}

/** JavaScript's length: units of UTF-16. */
export function utf16Length(text: Text): i32 {
  let units = 0;
  let at = text.at;
  const end = at + text.length;
  // Most texts are ASCII, above all ids.
  for (; at + 8 <= end && isAscii(load<u64>(at)); at += 8) units += 8;
  for (; at < end; at += 1) {
    const byte = load<u8>(at);
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** Bytes of the text in JSON, with its quotes. */
export function jsonLength(text: Text): i32 {
  let bytes = text.length + 2;
  let at = text.at;
  const end = at + text.length;
  while (at < end) {
    if (at + 8 <= end && specialBytes(load<u64>(at)) === 0) {
      at += 8;
      continue;
    }
    const byte = load<u8>(at);
    if (byte === 0x22 || byte === 0x5c) bytes += 1;
    else if (byte < 0x20) bytes += (byte >= 0x08 && byte <= 0x0a) || byte === 0x0c || byte === 0x0d ? 1 : 5;
    at += 1;
  }
  return bytes;
}
