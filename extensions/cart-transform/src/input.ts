/** What Shopify hands in: the answer to `cart-transform-run.graphql`. Decimals are text. */
export interface TransformInput {
  readonly cart: { readonly lines: readonly TransformLine[] };
  readonly cartTransform: {
    readonly delivery: TransformMetafield | null;
    readonly config1: TransformMetafield | null;
    readonly config2: TransformMetafield | null;
    readonly config3: TransformMetafield | null;
    readonly config4: TransformMetafield | null;
    readonly config5: TransformMetafield | null;
    readonly config6: TransformMetafield | null;
  };
  readonly presentmentCurrencyRate: string;
}

interface TransformMetafield {
  readonly jsonValue: unknown;
}

export interface TransformLine {
  readonly id: string;
  readonly quantity: number;
  /** written by the storefront and editable by the buyer */
  readonly mark: { readonly value: string | null } | null;
  readonly cost: { readonly amountPerQuantity: { readonly amount: string; readonly currencyCode: string } };
  readonly sellingPlanAllocation: { readonly __typename: string } | null;
  readonly merchandise:
    | {
        readonly __typename: 'ProductVariant';
        readonly id: string;
        readonly product: { readonly id: string; readonly isGiftCard: boolean };
      }
    | { readonly __typename: 'CustomProduct' };
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
