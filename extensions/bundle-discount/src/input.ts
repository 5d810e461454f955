/** What Shopify hands in: the answer to `cart-lines-discounts-generate-run.graphql`. Decimals are text. */
export interface FunctionInput {
  readonly cart: {
    readonly cost: { readonly subtotalAmount: { readonly currencyCode: string } };
    /** cart attribute `_trellis_visitor`: chooses among the versions of a price test */
    readonly visitor?: { readonly value: string | null } | null;
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
  /** what the shopper entered, whatever it takes off: that is not known while discounts are worked out */
  readonly codes?: readonly { readonly code: string }[];
  readonly presentmentCurrencyRate: string;
}

export interface FunctionMetafield {
  /** its JSON as text: far cheaper to read than values of the input, of which each costs hundreds of instructions */
  readonly value: string;
}

export interface FunctionLine {
  readonly id: string;
  readonly quantity: number;
  readonly cost: { readonly each: { readonly amount: string } };
  /** null = bought once */
  readonly plan: { readonly __typename: string } | null;
  /** empty for a custom product */
  readonly item: {
    readonly id?: string;
    readonly product?: { readonly id: string; readonly gift: boolean };
  };
}

/** A line whose id was not asked for: the delivery target names none. */
export type NamelessLine = Omit<FunctionLine, 'id'> & { readonly id?: string };

/** What the delivery target is handed: the same without ids of lines, and how each group may be delivered. */
export interface DeliveryInput extends Omit<FunctionInput, 'cart'> {
  readonly cart: Omit<FunctionInput['cart'], 'lines'> & {
    readonly lines: readonly NamelessLine[];
    readonly deliveryGroups: readonly { readonly deliveryOptions: readonly DeliveryOption[] }[];
  };
}

/** `cost` is in the presentment currency, with tax where the shop's prices include it. */
export interface DeliveryOption {
  readonly handle: string;
  readonly cost: { readonly amount: string };
}

/** What goes back (`CartDeliveryOptionsDiscountsGenerateRunResult`), as far as this Function uses it. */
export interface DeliveryResult {
  readonly operations: readonly {
    readonly deliveryDiscountsAdd: {
      readonly selectionStrategy: 'ALL';
      readonly candidates: readonly {
        readonly targets: readonly { readonly deliveryOption: { readonly handle: string } }[];
        readonly value: { readonly percentage: { readonly value: string } };
        readonly message: string;
      }[];
    };
  }[];
}

/** What goes back (`CartLinesDiscountsGenerateRunResult`), as far as this Function uses it. */
export interface FunctionResult {
  readonly operations: readonly FunctionOperation[];
}

export type FunctionOperation =
  { readonly productDiscountsAdd: ProductDiscountsAdd } | { readonly orderDiscountsAdd: OrderDiscountsAdd };

export interface OrderDiscountsAdd {
  readonly selectionStrategy: 'FIRST';
  readonly candidates: readonly [
    {
      readonly targets: readonly [{ readonly orderSubtotal: { readonly excludedCartLineIds: readonly string[] } }];
      /** off the order, in the presentment currency */
      readonly value: { readonly fixedAmount: { readonly amount: string } };
      readonly message: string;
    },
  ];
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
