/**
 * Compiles the Function of products that are kept for some customers. Shopify's CLI runs this file, which writes
 * `dist/function.wasm`; tests and `scripts/build-extensions.ts` call the function.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction, writeWhole } from '../compile-function.ts';

/** The export of the target, as `shopify.extension.toml` names it. */
export const validationExport = 'cart_validations_generate_run';

/** The Function as a WebAssembly module; the API's reader and writer are those of the discount Function. */
export function checkoutAccessFunction(): Promise<Uint8Array<ArrayBuffer>> {
  return compileFunction(['checkout-access/assembly', 'bundle-discount/assembly']);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await writeWhole(join(import.meta.dirname, 'dist/function.wasm'), await checkoutAccessFunction());
