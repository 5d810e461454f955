import { keyOf } from './input';
import {
  shopify_function_output_finish_array,
  shopify_function_output_finish_object,
  shopify_function_output_new_array,
  shopify_function_output_new_i32,
  shopify_function_output_new_interned_utf8_str,
  shopify_function_output_new_object,
  shopify_function_output_new_utf8_str,
} from './shopify_function_v2';
import { Text } from './text';

// Writing goes from the outside in: an object or list of a known size, then each key and value, then its end.

export function openObject(entries: i32): void {
  shopify_function_output_new_object(entries);
}

export function closeObject(): void {
  shopify_function_output_finish_object();
}

export function openList(elements: i32): void {
  shopify_function_output_new_array(elements);
}

export function closeList(): void {
  shopify_function_output_finish_array();
}

/** A key, or a text of the program itself, by what `keyOf` gave for it. */
export function writeKey(key: i32): void {
  shopify_function_output_new_interned_utf8_str(key);
}

export function writeText(text: Text): void {
  shopify_function_output_new_utf8_str(text.at, text.length);
}

export function writeWhole(value: i32): void {
  shopify_function_output_new_i32(value);
}

/** The keys that both targets write. */
export class OutputKeys {
  readonly operations: i32 = keyOf('operations');
  readonly selectionStrategy: i32 = keyOf('selectionStrategy');
  readonly candidates: i32 = keyOf('candidates');
  readonly targets: i32 = keyOf('targets');
  readonly id: i32 = keyOf('id');
  readonly value: i32 = keyOf('value');
  readonly message: i32 = keyOf('message');
}

/** The answer that takes nothing off. */
export function writeNothing(): void {
  openObject(1);
  writeKey(keyOf('operations'));
  openList(0);
  closeList();
  closeObject();
}

/** `{"operations":[` and what ends it. */
export function openOperations(keys: OutputKeys, count: i32): void {
  openObject(1);
  writeKey(keys.operations);
  openList(count);
}

export function closeOperations(): void {
  closeList();
  closeObject();
}
