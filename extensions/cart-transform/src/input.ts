import type { FunctionLine, FunctionMetafield } from '#extensions/bundle-discount/src/input.ts';

/** What Shopify hands in: the answer to `cart-transform-run.graphql`. Decimals are text. */
export interface TransformInput {
  readonly cart: { readonly lines: readonly TransformLine[] };
  readonly cartTransform: {
    readonly delivery: FunctionMetafield | null;
    readonly config1: FunctionMetafield | null;
    readonly config2: FunctionMetafield | null;
    readonly config3: FunctionMetafield | null;
    readonly config4: FunctionMetafield | null;
    readonly config5: FunctionMetafield | null;
    readonly config6: FunctionMetafield | null;
  };
  readonly presentmentCurrencyRate: string;
}

/** A line as the discount sees it, with its mark and its currency, which is that of the cart. */
export interface TransformLine extends FunctionLine {
  /** written by the storefront and editable by the buyer */
  readonly mark: { readonly value: string | null } | null;
  readonly cost: { readonly each: { readonly amount: string; readonly currencyCode: string } };
}

/** What goes back (`CartTransformRunResult`), as far as this Function uses it. */
export interface TransformResult {
  readonly operations: readonly TransformOperation[];
}
export type TransformOperation = { readonly linesMerge: LinesMerge } | { readonly lineExpand: LineExpand };

interface OutputAttribute {
  readonly key: string;
  readonly value: string;
}

export interface LinesMerge {
  readonly parentVariantId: string;
  readonly title: string;
  readonly image?: { readonly url: string };
  /** off the sum of the merged units */
  readonly price: { readonly percentageDecrease: { readonly value: string } };
  readonly attributes: readonly OutputAttribute[];
  readonly cartLines: readonly { readonly cartLineId: string; readonly quantity: number }[];
}

export interface LineExpand {
  readonly cartLineId: string;
  readonly title: string;
  readonly expandedCartItems: readonly {
    readonly merchandiseId: string;
    /** in one unit of the line */
    readonly quantity: number;
    /** presentment currency */
    readonly price: { readonly adjustment: { readonly fixedPricePerUnit: { readonly amount: string } } };
    readonly attributes: readonly OutputAttribute[];
  }[];
}
