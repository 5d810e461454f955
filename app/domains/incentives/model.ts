/**
 * The words of the discount stack. Everything here is plain data, because the same rules run on the server,
 * inside Shopify's Function (a bare engine without clock or network) and in the sandbox's checkout.
 *
 * Amounts of a cart are minor units of the currency that the shopper pays in (`currency`). Amounts of offers
 * and costs are minor units of the shop's own currency and are converted by `rate` (see `rate.ts`).
 */
export interface Cart {
  /** ISO 4217, what the shopper pays in */
  readonly currency: string;
  /** ISO 4217, what offers and costs are written in */
  readonly shopCurrency: string;
  /** presentment units for one unit of shop currency, as a plain decimal ("1.0", "0.92") */
  readonly rate: string;
  readonly lines: readonly CartLine[];
  readonly shippingMinor: number;
}

export interface CartLine {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly quantity: number;
  /** presentment minor units, before any discount */
  readonly unitPriceMinor: number;
  /** shop-currency minor units; null = the merchant never entered one */
  readonly unitCostMinor: number | null;
  readonly giftCard: boolean;
  /** bought on a subscription */
  readonly sellingPlan: boolean;
}

/** What is taken off: a share in basis points (1500 = 15 %), or shop-currency minor units. */
export type DiscountValue =
  { readonly type: 'percentage'; readonly basisPoints: number } | { readonly type: 'amount'; readonly minor: number };

/** What a unit costs less: a share, an amount off each unit, or the price that each unit has instead. */
export type UnitValue = DiscountValue | { readonly type: 'price'; readonly minor: number };

/** What an item is in its offer: a part of the set, what must be bought, what is then reduced, or what is free. */
export type ItemRole = 'part' | 'buy' | 'get' | 'gift';

export interface OfferItem {
  readonly productId: string;
  /** null = any variant of the product */
  readonly variantId: string | null;
  /** fixed: units of this item in one bundle; every other kind: ignored */
  readonly quantity: number;
  /** left out = 'part' */
  readonly role?: ItemRole | undefined;
}

interface OfferHead {
  readonly id: string;
  readonly title: string;
  /** products of collections are already in here: the checkout knows no collections */
  readonly items: readonly OfferItem[];
  /** ISO instants, null = open; only looked at where the caller knows the time */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
}

/** A set as the cart sees it. Its discount is of class `product`. */
export interface BundleOffer extends OfferHead {
  readonly kind: 'fixed' | 'mix-and-match';
  /** mix-and-match: units that make one bundle */
  readonly pickCount: number;
  /** an amount is off the whole bundle */
  readonly discount: DiscountValue;
}

/** A box of `minUnits` to `maxUnits` parts; the highest tier that its number of units reaches is off the whole box. */
export interface BoxTerms {
  readonly minUnits: number;
  readonly maxUnits: number;
  /** ascending; the first starts at `minUnits`, one tier = one discount for every size */
  readonly tiers: readonly { readonly units: number; readonly discount: DiscountValue }[];
  /** the storefront begins with what suits each visitor; prices know nothing of it */
  readonly assembled?: boolean | undefined;
}

/** All units of the products cost less once there are enough of them. */
export interface BreakTerms {
  /** units of all products together, or of each product on its own */
  readonly per: 'mixed' | 'product';
  /** ascending */
  readonly tiers: readonly { readonly units: number; readonly value: UnitValue }[];
}

/** Who buys `buyUnits` of the buy items gets `getUnits` of the get items for less (100 % = free). */
export interface BuyGetTerms {
  readonly buyUnits: number;
  readonly getUnits: number;
  readonly value: UnitValue;
  /** how often in one order */
  readonly timesPerOrder: number;
}

/** A free unit of a gift item for units of the buy items, or for a subtotal in the shop's currency. */
export interface GiftTerms {
  readonly trigger:
    { readonly type: 'buy'; readonly units: number } | { readonly type: 'subtotal'; readonly minor: number };
  /** 1 = one gift an order; more = one for each time that the trigger is met */
  readonly timesPerOrder: number;
}

export type GoalReward =
  | { readonly type: 'order-discount'; readonly value: DiscountValue }
  | { readonly type: 'free-shipping' }
  | { readonly type: 'gift'; readonly productId: string; readonly variantId: string | null };

/** Rewards by the cart's subtotal; of each type of reward the highest tier that is reached counts. */
export interface GoalTerms {
  /** ascending; shop-currency minor units */
  readonly tiers: readonly { readonly thresholdMinor: number; readonly reward: GoalReward }[];
}

/** Who buys one of the buy items gets one of the get items for less. */
export interface TogetherTerms {
  readonly basisPoints: number;
  readonly timesPerOrder: number;
}

/** Terms by kind, for the kinds whose terms are more than one discount. */
export interface KindTerms {
  readonly 'build-a-box': BoxTerms;
  readonly 'quantity-breaks': BreakTerms;
  readonly 'buy-x-get-y': BuyGetTerms;
  readonly gift: GiftTerms;
  readonly 'cart-goals': GoalTerms;
  readonly 'together-offer': TogetherTerms;
}

export type TermsKind = keyof KindTerms;
export type TermsOffer<K extends TermsKind = TermsKind> = {
  [Kind in K]: OfferHead & { readonly kind: Kind; readonly terms: KindTerms[Kind] };
}[K];

/** Anything a merchant offers in a cart. */
export type Offer = BundleOffer | TermsOffer;
export type OfferKind = Offer['kind'];

export type DiscountClass = 'product' | 'order' | 'shipping';
export type CombinesWith = Readonly<Record<DiscountClass, boolean>>;

/** Which classes of discounts may stand in one cart, ours with the store's codes and ours with ours; symmetric. */
export type StackMatrix = Readonly<Record<DiscountClass, CombinesWith>>;

/** A discount code that the shopper entered. */
export interface CodeOffer {
  readonly code: string;
  readonly class: DiscountClass;
  readonly value: DiscountValue;
  readonly combinesWith: CombinesWith;
  /** who runs it: a code of the platform cannot be reduced by our guard, one of ours can */
  readonly runBy: 'trellis' | 'platform';
}

/** What the merchant decided. Margins are (price − cost) / price in basis points, of prices as shoppers pay them. */
export interface IncentiveRules {
  readonly combinesWith: StackMatrix;
  /** no discounted set of lines may end below this margin */
  readonly minMarginBps: number;
  /** margin that is assumed where a unit cost is unknown */
  readonly defaultMarginBps: number;
  /** may lines with a selling plan take part in bundles? */
  readonly sellingPlans: 'exclude' | 'allow';
  /**
   * what discounts of ours leave to a code of the store beside them, so that both together keep the margin: basis
   * points of the price wherever a code was entered, or what the codes take off exactly, where that is known
   */
  readonly codeReserve: number | 'exact';
  /** codes of the store of which it is known what they take off; `codeReserve` is for all others. Left out = none */
  readonly knownCodes?: readonly KnownCode[] | undefined;
  /**
   * what each code of ours takes off goods at most, where the checkout does not know which of the entered codes are ours:
   * free shipping of a goal leaves it. Left out = it leaves nothing
   */
  readonly ownCodes?: OwnCodes | undefined;
  /** tax in those prices, basis points of the price without it: for what is shown and expected. Left out = none */
  readonly taxInPricesBps?: number | undefined;
}

/** A code of the store, and what it takes off goods beside discounts of ours; no share = nothing. */
export interface KnownCode {
  /** of its text, `codeHash` */
  readonly hash: number;
  readonly value: DiscountValue;
}

/** What any of some codes takes off goods at most: the largest of the three. Minor units of the shop's currency. */
export interface OwnCodes {
  readonly basisPoints: number;
  readonly minor: number;
  /** a share that takes no more than an amount off, however large the order */
  readonly bounded: { readonly basisPoints: number; readonly minor: number };
}

export const defaultIncentiveRules: IncentiveRules = {
  combinesWith: {
    product: { product: false, order: true, shipping: true },
    order: { product: true, order: true, shipping: true },
    shipping: { product: true, order: true, shipping: true },
  },
  minMarginBps: 0,
  defaultMarginBps: 5000,
  sellingPlans: 'exclude',
  codeReserve: 0,
};
