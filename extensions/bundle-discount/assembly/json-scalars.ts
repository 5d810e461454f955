import { specialBytes } from './eight-bytes';
import { roomFor } from './text';
import { writeUtf8 } from './utf8';

/** Where the last scalar ended; 0 where it was none. */
export let scanned: usize = 0;
/** The last text that was read. */
export let scannedText: usize = 0;
export let scannedLength: i32 = 0;

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

function powerOfTen(exponent: i32): f64 {
  let power: f64 = 1;
  for (let left = min(exponent, 400); left > 0; left -= 1) power *= 10;
  return power;
}

/** Ten to the power of more than 308 is infinite: what is divided by it at once would be a whole 0. */
function scaledDown(value: f64, exponent: i32): f64 {
  for (; exponent > 300 && value !== 0; exponent -= 300) value /= 1e300;
  return value / powerOfTen(exponent);
}

/** A number of JSON. Exact for whole numbers up to 2^53, which is all that a configuration holds. */
export function readJsonNumber(at: usize): f64 {
  scanned = 0;
  const negative = load<u8>(at) === 0x2d;
  if (negative) at += 1;
  let value: f64 = 0;
  let byte = load<u8>(at);
  if (!isDigit(byte)) return 0;
  if (byte === 0x30) byte = load<u8>((at += 1));
  else for (; isDigit(byte); byte = load<u8>((at += 1))) value = value * 10 + <f64>(byte - 0x30);
  let exponent = 0;
  if (byte === 0x2e) {
    byte = load<u8>((at += 1));
    if (!isDigit(byte)) return 0;
    for (; isDigit(byte); byte = load<u8>((at += 1))) {
      value = value * 10 + <f64>(byte - 0x30);
      exponent -= 1;
    }
  }
  if (byte === 0x65 || byte === 0x45) {
    byte = load<u8>((at += 1));
    const down = byte === 0x2d;
    if (down || byte === 0x2b) byte = load<u8>((at += 1));
    if (!isDigit(byte)) return 0;
    let size = 0;
    for (; isDigit(byte); byte = load<u8>((at += 1))) size = min(size * 10 + <i32>(byte - 0x30), 10_000);
    exponent += down ? -size : size;
  }
  scanned = at;
  if (exponent > 0 && value !== 0) value *= powerOfTen(exponent);
  else if (exponent < 0) value = scaledDown(value, -exponent);
  return negative ? -value : value;
}

/** The next quote, backslash or control character, looked for in eight bytes at once. */
export function nextSpecial(at: usize): usize {
  while (true) {
    const found = specialBytes(load<u64>(at));
    if (found !== 0) return at + <usize>(ctz(found) >> 3);
    at += 8;
  }
}

/** A text of JSON from behind its first quote; false where it is none. */
export function readJsonText(from: usize): bool {
  const at = nextSpecial(from);
  const byte = load<u8>(at);
  if (byte === 0x5c) return readEscaped(from);
  scanned = at + 1;
  scannedText = from;
  scannedLength = <i32>(at - from);
  return byte === 0x22;
}

function readHex(at: usize): i32 {
  let value = 0;
  for (let digit = 0; digit < 4; digit += 1) {
    const byte = <i32>load<u8>(at + digit);
    const lower = byte | 0x20;
    if (byte >= 0x30 && byte <= 0x39) value = value * 16 + byte - 0x30;
    else if (lower >= 0x61 && lower <= 0x66) value = value * 16 + lower - 0x61 + 10;
    else return -1;
  }
  return value;
}

function escapedAs(letter: u8): i32 {
  switch (letter) {
    case 0x62: return 0x08; // prettier-ignore
    case 0x66: return 0x0c; // prettier-ignore
    case 0x6e: return 0x0a; // prettier-ignore
    case 0x72: return 0x0d; // prettier-ignore
    case 0x74: return 0x09; // prettier-ignore
    case 0x22:
    case 0x2f:
    case 0x5c:
      return letter;
    default:
      return -1;
  }
}

function lengthToQuote(at: usize): i32 {
  const from = at;
  for (let byte = load<u8>(at); byte !== 0x22; byte = load<u8>((at += 1))) {
    if (byte < 0x20) return -1;
    if (byte === 0x5c && load<u8>((at += 1)) === 0) return -1;
  }
  return <i32>(at - from);
}

function readEscaped(from: usize): bool {
  const most = lengthToQuote(from);
  if (most < 0) return false;
  const end = from + most;
  const start = roomFor(most);
  let to = start;
  let at = from;
  while (at < end) {
    const byte = load<u8>(at);
    at += 1;
    if (byte !== 0x5c) {
      store<u8>(to, byte);
      to += 1;
      continue;
    }
    const letter = load<u8>(at);
    at += 1;
    let code = letter === 0x75 ? readHex(at) : escapedAs(letter);
    if (code < 0) return false;
    if (letter === 0x75) {
      at += 4;
      // Two escapes that make one character together.
      if (code >= 0xd800 && code < 0xdc00 && load<u8>(at) === 0x5c && load<u8>(at + 1) === 0x75) {
        const low = readHex(at + 2);
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          at += 6;
        }
      }
    }
    to = writeUtf8(to, code);
  }
  scanned = end + 1;
  scannedText = start;
  scannedLength = <i32>(to - start);
  return true;
}
