import { Text } from './text';
import { nextSpecial, readJsonNumber, readJsonText, scanned, scannedLength, scannedText } from './json-scalars';

/**
 * JSON as a list of nodes in the order of the text: a list's or an object's members follow it. Far cheaper than to be
 * handed each cell of the configuration as a value of the input (about 10 instructions a byte, not 400 a cell).
 */
export const kindNumber: u8 = 0;
export const kindText: u8 = 1;
const kindTruth: u8 = 2;
export const kindNull: u8 = 3;
export const kindList: u8 = 4;
export const kindMap: u8 = 5;

// A node: its kind, and a number, or place and length of a text, or where the next sibling of a list is, how many members
// it has and, while it is open, the list around it. All memory holds zeros first, so that a node is the number 0.
const nodeBytes: usize = 16;
const offsetNext: usize = 4;
const offsetAt: usize = 4;
const offsetLength: usize = 8;
const offsetNumber: usize = 8;
const offsetAround: usize = 12;

export function kindOfNode(node: usize): u8 {
  return load<u8>(node);
}

/** Bytes of a text, or members of a list. */
export function lengthOfNode(node: usize): i32 {
  return load<i32>(node, offsetLength);
}

export function numberOfNode(node: usize): f64 {
  return load<f64>(node, offsetNumber);
}

export function textOfNode(node: usize): Text {
  return new Text(load<usize>(node, offsetAt), load<i32>(node, offsetLength));
}

export function firstMember(node: usize): usize {
  return node + nodeBytes;
}

export function nextSibling(node: usize): usize {
  return load<u8>(node) < kindList ? node + nodeBytes : load<usize>(node, offsetNext);
}

/** The same behind what is known to be no list. */
export function nextCell(node: usize): usize {
  return node + nodeBytes;
}

function skipSpace(at: usize): usize {
  // A configuration is written without any.
  if (load<u8>(at) > 0x20) return at;
  for (let byte = load<u8>(at); byte === 0x20 || (byte >= 0x09 && byte <= 0x0d); byte = load<u8>(at)) {
    if (byte === 0x0b || byte === 0x0c) return at;
    at += 1;
  }
  return at;
}

function isWord(at: usize, word: string): bool {
  for (let index = 0; index < word.length; index += 1)
    if (load<u8>(at + index) !== <u8>word.charCodeAt(index)) return false;
  return true;
}

// What `readCells` came to: the next node that is free, how many cells it read, whether the list ends behind them.
let free: usize = 0;
let cells: i32 = 0;
let ended: bool = false;

/**
 * The cells of a list as far as they are plain texts and whole numbers of a few digits without space between them,
 * which nearly all are.
 * @returns where the text goes on: with a cell of another sort, or with the end of the list
 */
function readCells(at: usize, node: usize): usize {
  const first = node;
  ended = false;
  while (true) {
    // `0,` most often, where any variant will do.
    while (load<u16>(at) === 0x2c30) {
      node += nodeBytes;
      at += 2;
    }
    const byte = <u32>load<u8>(at);
    let end: usize;
    let after: u32;
    if (byte !== 0x22) {
      let value = byte - 0x30;
      if (value > 9) break;
      end = at + 1;
      after = load<u8>(at, 1);
      if (after - 0x30 <= 9) {
        // Longer numbers and those that begin with a zero are left to others.
        if (value === 0) break;
        value = value * 10 + (after - 0x30);
        end = at + 2;
        after = load<u8>(at, 2);
        if (after - 0x30 <= 9) {
          do {
            value = value * 10 + (after - 0x30);
            end += 1;
            after = load<u8>(end);
          } while (after - 0x30 <= 9);
          if (end - at > 9) break;
        }
      }
      if (after === 0x2c) {
        store<f64>(node, <f64>value, offsetNumber);
        node += nodeBytes;
        at = end + 1;
        continue;
      }
      if (after !== 0x5d) break;
      store<f64>(node, <f64>value, offsetNumber);
    } else {
      end = nextSpecial(at + 1);
      if (load<u8>(end) !== 0x22) break;
      after = load<u8>(end, 1);
      if (after !== 0x2c && after !== 0x5d) break;
      store<u8>(node, kindText);
      store<usize>(node, at + 1, offsetAt);
      store<i32>(node, <i32>(end - at - 1), offsetLength);
      end += 1;
    }
    node += nodeBytes;
    at = end + 1;
    if (after === 0x5d) {
      at = end;
      ended = true;
      break;
    }
  }
  free = node;
  cells = <i32>((node - first) / nodeBytes);
  return at;
}

/** A scalar into a node. @returns where the text goes on, 0 where it is no JSON */
function readScalar(at: usize, node: usize): usize {
  const byte = load<u8>(at);
  if (byte === 0x22) {
    if (!readJsonText(at + 1)) return 0;
    store<u8>(node, kindText);
    store<usize>(node, scannedText, offsetAt);
    store<i32>(node, scannedLength, offsetLength);
    return scanned;
  }
  if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
    const value = readJsonNumber(at);
    store<u8>(node, kindNumber);
    store<f64>(node, value, offsetNumber);
    return scanned;
  }
  store<u8>(node, byte === 0x6e ? kindNull : kindTruth);
  if (isWord(at, 'null') || isWord(at, 'true')) return at + 4;
  return isWord(at, 'false') ? at + 5 : 0;
}

/** The key and the colon of a member into a node. */
function readKey(at: usize, node: usize): usize {
  if (load<u8>(at) !== 0x22) return 0;
  at = readScalar(at, node);
  if (at === 0) return 0;
  at = skipSpace(at);
  return load<u8>(at) === 0x3a ? skipSpace(at + 1) : 0;
}

/** The first node of a text (behind which there is a zero), or 0 where it is no JSON. */
export function parseJson(text: Text): usize {
  const end = text.at + text.length;
  const root = heap.alloc(nodeBytes * (text.length + 2));
  free = root;
  // The list or object that is open.
  let open: usize = 0;
  let at = skipSpace(text.at);
  while (true) {
    ended = false;
    if (open !== 0 && load<u8>(open) === kindMap) {
      at = readKey(at, free);
      if (at === 0) return 0;
      free += nodeBytes;
      store<i32>(open, load<i32>(open, offsetLength) + 1, offsetLength);
    } else if (open !== 0) {
      at = readCells(at, free);
      store<i32>(open, load<i32>(open, offsetLength) + cells + (ended ? 0 : 1), offsetLength);
      if (!ended) at = skipSpace(at);
    }
    if (!ended) {
      const node = free;
      free += nodeBytes;
      const byte = load<u8>(at);
      if (byte === 0x5b || byte === 0x7b) {
        store<u8>(node, byte === 0x5b ? kindList : kindMap);
        store<i32>(node, 0, offsetLength);
        at = skipSpace(at + 1);
        if (load<u8>(at) !== byte + 2) {
          store<usize>(node, open, offsetAround);
          open = node;
          continue;
        }
        store<usize>(node, free, offsetNext);
        at += 1;
      } else {
        at = readScalar(at, node);
        if (at === 0) return 0;
      }
    }
    while (true) {
      at = skipSpace(at);
      if (open === 0) return at === end ? root : 0;
      const after = load<u8>(at);
      if (after === 0x2c) {
        at = skipSpace(at + 1);
        break;
      }
      if (after !== (load<u8>(open) === kindList ? 0x5d : 0x7d)) return 0;
      at += 1;
      store<usize>(open, free, offsetNext);
      open = load<usize>(open, offsetAround);
    }
  }
}

/** What an object has under a key of one letter, 0 where it has none; of several the last. */
export function memberOf(map: usize, letter: u8): usize {
  let found: usize = 0;
  let key = firstMember(map);
  for (let left = lengthOfNode(map); left > 0; left -= 1) {
    const value = nextSibling(key);
    if (lengthOfNode(key) === 1 && load<u8>(load<usize>(key, offsetAt)) === letter) found = value;
    key = nextSibling(value);
  }
  return found;
}
