import { beforeAll, describe, expect, it } from 'vitest';
import { type BareEngine, loadDiscountFunction } from '#extensions/bundle-discount/bare-engine.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { run } from '#extensions/bundle-discount/src/run.ts';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';
import { hardestCarts } from './hardest.ts';
import { toFunctionInput } from './surfaces.ts';

/**
 * Instructions of the Function itself, of the 11 million that Shopify allows; Shopify's own part takes up to 2.7 million
 * more for 200 lines.
 */
const mostInstructions = 4_700_000;

let engine: BareEngine;
beforeAll(async () => {
  engine = loadDiscountFunction(withCounter(await bundleDiscountFunction()));
});

describe('no number of offers takes the Function past its limits', () => {
  // The engine refuses more memory or a longer output than Shopify does.
  it.each(hardestCarts)('and the compiled one tries what the definition tries: $label', ({ cartCase }) => {
    const input = toFunctionInput(cartCase);
    const { result, exports } = engine.run(input);
    expect(executedIn(exports)).toBeLessThanOrEqual(mostInstructions);
    expect(JSON.stringify(result)).toBe(JSON.stringify(run(input)));
  });
});
