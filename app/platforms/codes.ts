/** Discount codes of ours in a store. Amounts in the shop's currency, minor units. */
export type CodeGift =
  | { readonly type: 'amount'; readonly minor: number }
  | { readonly type: 'percentage'; readonly basisPoints: number }
  | { readonly type: 'free-shipping' }
  | { readonly type: 'free-product'; readonly productId: string; readonly variantId: string | null };

/** A discount of the store's own that codes give. Amounts in the shop's currency, minor units. */
export interface StoreDiscount {
  /** texts of its codes, as many as were read */
  readonly codes: readonly string[];
  /** it has others */
  readonly hasMore: boolean;
  readonly classes: readonly ('product' | 'order' | 'shipping')[];
  /** what it takes off goods at most */
  readonly value:
    { readonly type: 'percentage'; readonly basisPoints: number } | { readonly type: 'amount'; readonly minor: number };
  readonly combinesWith: Readonly<Record<'product' | 'order' | 'shipping', boolean>>;
  /** each code works once */
  readonly single: boolean;
}

/** What all codes of one offer share. */
export interface CodeOffer {
  /** the store's own id of the discount, where it was made before */
  readonly storeId: string | null;
  readonly title: string;
  readonly gives: CodeGift;
  readonly class: 'order' | 'product' | 'shipping';
  /** beside which classes of discounts it may stand */
  readonly combinesWith: Readonly<Record<'product' | 'order' | 'shipping', boolean>>;
  readonly minSubtotalMinor: number | null;
  /** null = everything */
  readonly productIds: readonly string[] | null;
  /** each code says itself whose it is (`isCodeOf`) */
  readonly bound: boolean;
  /** orders that may carry one code; null = any number */
  readonly uses: number | null;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly currency: string;
  /** the same for what runs at the checkout; opaque here */
  readonly config: string;
}

export interface CodesPublication extends CodeOffer {
  /** at most `codesAtOnce` of the platform; none = only what the discount may stand beside is brought in line */
  readonly codes: readonly string[];
}

export interface PublishedCodes {
  /** the discount that the codes belong to, where the platform has one for many */
  readonly storeId: string | null;
  readonly made: readonly { readonly code: string; readonly storeId: string }[];
  /** for good: the text is somebody else's, for example */
  readonly refused: readonly { readonly code: string; readonly reason: string }[];
}

export interface CodesRemoval {
  /** the discount that the codes belong to, where the platform has one for many */
  readonly storeId: string | null;
  readonly codes: readonly { readonly code: string; readonly storeId: string | null }[];
  /** no other code of the offer is left */
  readonly last: boolean;
}

export interface RemovedCodes {
  /** what the store does not give up: it can still be used */
  readonly kept: readonly { readonly code: string; readonly reason: string }[];
}

/** Store credit of a customer. */
export interface StoreCreditPublication {
  readonly customerId: string;
  /** above zero */
  readonly amountMinor: number;
  readonly currency: string;
  readonly expiresAt: Date | null;
  /** for the merchant's staff */
  readonly note: string;
}

export interface GiftCardPublication extends StoreCreditPublication {
  /** what it is redeemed with, drawn by us */
  readonly code: string;
}
