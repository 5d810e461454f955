import { readFunctionFiles } from '../../function-files.ts';
import type { SandboxStore } from '../../model.ts';
import { runFunction } from '../checkout/run-function.ts';
import { applyOperations } from './apply-operations.ts';
import type { TransformSource } from './model.ts';
import { transformInput } from './transform-input.ts';

/** The app's cart transform, as far as the merchant's store has one switched on. */
export function createTransformSource(deps: {
  readonly store: SandboxStore;
  readonly extensionsFolder: string;
}): TransformSource {
  const { store } = deps;
  return async (lines) => {
    const untouched = () => applyOperations({ operations: [] }, lines, store);
    const [transform] = store.installation === null ? [] : [...store.cartTransforms.values()];
    if (!transform) return { lines: untouched(), problems: [] };
    try {
      const files = await readFunctionFiles(deps.extensionsFolder, 'cart.transform.run');
      if (!files) throw new Error('it is not built');
      const input = await transformInput({ store, transform, query: files.inputQuery, lines });
      return {
        lines: applyOperations(runFunction(files.source, 'transform', input), lines, store),
        problems: [],
      };
    } catch (error) {
      // Shopify goes on without a transform that fails; here the page says so.
      const problem = `The cart transform failed: ${error instanceof Error ? error.message : String(error)}`;
      return { lines: untouched(), problems: [problem] };
    }
  };
}
