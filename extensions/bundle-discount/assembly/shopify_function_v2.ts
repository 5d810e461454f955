/**
 * What Shopify gives a compiled Function: the imports of the Function Wasm API. The compiler names the module of an
 * import after the file that declares it, so this file has the module's name.
 * A value of the input is a "NaN box": a number as it is, or a NaN that holds a tag, a length and an address.
 * Source: github.com/Shopify/shopify-function-wasm-api, api/src/shopify_function.wat.
 */
export declare function shopify_function_input_get(): u64;
export declare function shopify_function_input_get_val_len(scope: u64): i32;
export declare function shopify_function_input_read_utf8_str(from: i32, to: usize, length: i32): void;
export declare function shopify_function_input_get_interned_obj_prop(scope: u64, key: i32): u64;
export declare function shopify_function_input_get_at_index(scope: u64, index: i32): u64;
export declare function shopify_function_output_new_i32(value: i32): i32;
export declare function shopify_function_output_new_utf8_str(at: usize, length: i32): i32;
export declare function shopify_function_output_new_interned_utf8_str(key: i32): i32;
export declare function shopify_function_output_new_object(entries: i32): i32;
export declare function shopify_function_output_finish_object(): i32;
export declare function shopify_function_output_new_array(elements: i32): i32;
export declare function shopify_function_output_finish_array(): i32;
export declare function shopify_function_intern_utf8_str(at: usize, length: i32): i32;
