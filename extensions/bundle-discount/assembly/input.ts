import {
  shopify_function_input_get_at_index,
  shopify_function_input_get_interned_obj_prop,
  shopify_function_input_get_val_len,
  shopify_function_input_read_utf8_str,
  shopify_function_intern_utf8_str,
} from './shopify_function_v2';
import { ascii, roomFor, Text } from './text';

const box: u64 = 0x7ffc000000000000;
const tagNull: i32 = 0;
const tagBool: i32 = 1;
const tagText: i32 = 3;
const tagObject: i32 = 4;
const tagList: i32 = 5;
/** From this length on the box does not hold it. */
const longest: i32 = 0x3fff;

export function isNumber(value: u64): bool {
  return (value & box) !== box;
}

function hasTag(value: u64, tag: i32): bool {
  return (value & box) === box && <i32>((value >> 46) & 15) === tag;
}

export function isNull(value: u64): bool {
  return hasTag(value, tagNull);
}

export function isText(value: u64): bool {
  return hasTag(value, tagText);
}

export function isObject(value: u64): bool {
  return hasTag(value, tagObject);
}

export function isTrue(value: u64): bool {
  return hasTag(value, tagBool) && <u32>value !== 0;
}

export function toNumber(value: u64): f64 {
  return reinterpret<f64>(value);
}

function lengthIn(value: u64): i32 {
  const length = <i32>((value >> 32) & longest);
  return length < longest ? length : shopify_function_input_get_val_len(value);
}

/** Elements of a list; 0 for anything else. */
export function lengthOf(value: u64): i32 {
  return hasTag(value, tagList) ? lengthIn(value) : 0;
}

/** A text of the input without what every one of its kind begins with; an empty one for anything else. */
export function readTextAfter(value: u64, prefix: i32): Text {
  if (!isText(value)) return new Text(roomFor(0), 0);
  const length = lengthIn(value);
  const at = roomFor(length);
  shopify_function_input_read_utf8_str(<i32>value, at, length);
  return length < prefix ? new Text(at + length, 0) : new Text(at + prefix, length - prefix);
}

/** A text of the input; an empty one for anything else. */
export function readText(value: u64): Text {
  return readTextAfter(value, 0);
}

export function elementOf(list: u64, index: i32): u64 {
  return shopify_function_input_get_at_index(list, index);
}

/** A key that many objects have is sent once. */
export function keyOf(name: string): i32 {
  const text = ascii(name);
  return shopify_function_intern_utf8_str(text.at, text.length);
}

/** What an object has under a key; null or an error, neither of which is anything, where there is none. */
export function valueOf(object: u64, key: i32): u64 {
  return shopify_function_input_get_interned_obj_prop(object, key);
}
