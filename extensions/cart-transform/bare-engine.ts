import { type EngineRun, runChecked } from '#extensions/bundle-discount/bare-engine.ts';
import type { TransformInput, TransformResult } from './src/input.ts';

/** The export of the target, as `shopify.extension.toml` names it. */
export const transformExport = 'cart_transform_run';

export interface TransformEngine {
  /** @throws when the Function stops early or when a limit of size or memory is exceeded */
  run(input: TransformInput): EngineRun<TransformResult>;
}

/**
 * The compiled Function with nothing around it but a stand-in for Shopify's API. Every run starts on a fresh instance,
 * as Shopify's do.
 * @param wasm what `cartTransformFunction` returns
 */
export function loadCartTransform(wasm: BufferSource): TransformEngine {
  const module = new WebAssembly.Module(wasm);
  return { run: (input) => runChecked(module, transformExport, input) };
}
