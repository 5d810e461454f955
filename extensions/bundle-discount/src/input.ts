/** What Shopify hands in: the answer to `cart-lines-discounts-generate-run.graphql`. Decimals are text. */
export interface FunctionInput {
  readonly cart: {
    readonly cost: { readonly subtotalAmount: { readonly currencyCode: string } };
    readonly lines: readonly FunctionLine[];
  };
  readonly discount: {
    readonly discountClasses: readonly ('PRODUCT' | 'ORDER' | 'SHIPPING')[];
    readonly config1: FunctionMetafield | null;
    readonly config2: FunctionMetafield | null;
    readonly config3: FunctionMetafield | null;
    readonly config4: FunctionMetafield | null;
    readonly config5: FunctionMetafield | null;
    readonly config6: FunctionMetafield | null;
  };
  readonly presentmentCurrencyRate: string;
}

export interface FunctionMetafield {
  readonly jsonValue: unknown;
}

export interface FunctionLine {
  readonly id: string;
  readonly quantity: number;
  readonly cost: { readonly amountPerQuantity: { readonly amount: string } };
  readonly sellingPlanAllocation: { readonly sellingPlan: { readonly id: string } } | null;
  readonly merchandise:
    | {
        readonly __typename: 'ProductVariant';
        readonly id: string;
        readonly product: { readonly id: string; readonly isGiftCard: boolean };
      }
    | { readonly __typename: 'CustomProduct' };
}

/** What goes back (`CartLinesDiscountsGenerateRunResult`), as far as this Function uses it. */
export interface FunctionResult {
  readonly operations: readonly { readonly productDiscountsAdd: ProductDiscountsAdd }[];
}

export interface ProductDiscountsAdd {
  readonly selectionStrategy: 'ALL';
  readonly candidates: readonly ProductDiscountCandidate[];
}

export interface ProductDiscountCandidate {
  readonly targets: readonly [{ readonly cartLine: { readonly id: string; readonly quantity: number } }];
  /** off the targeted units together, in the presentment currency */
  readonly value: { readonly fixedAmount: { readonly amount: string } };
  readonly message?: string;
}
