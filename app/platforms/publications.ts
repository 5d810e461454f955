import type { Split } from '#app/shared/assignment.ts';
import type { ItemRole, KindTerms, TermsKind } from '#app/domains/incentives/index.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Everything that one product page renders without asking us. */
export interface ProductPublication {
  readonly productId: string;
  /** product ids, best first */
  readonly together: readonly string[];
  readonly similar: readonly string[];
  /** when lists may name the product to a customer who has it: whole days after the purchase, never where it lasts */
  readonly again?: { readonly days: number; readonly lasts: boolean } | null | undefined;
  /** active bundles that contain the product, see `BundlePublication` */
  readonly bundles: readonly BundlePublication[];
  /** who may buy the product; left out or null = everybody */
  readonly access?: AccessPublication | null | undefined;
}

/** A product that is kept for some customers. */
export interface AccessPublication {
  /** whoever holds one of them (`CustomerPublication`) may buy */
  readonly keys: readonly string[];
  /** names of the levels that may, the lowest first; empty where customers are invited one by one */
  readonly levels: readonly string[];
  /** ISO text: everybody may buy from then on; null = it stays so */
  readonly endsAt: string | null;
  /** the day of that in the shop's zone, for people: 2026-12-24 */
  readonly day: string | null;
}

/** What the store's pages and its checkout know of a customer without asking us. */
export interface CustomerPublication {
  readonly customerId: string;
  /** available, whole points */
  readonly points: number;
  /** what counts for the level, see `ProgrammePublication` */
  readonly figure: number;
  /** see `AccessPublication`; `member` stands among those of whoever takes part */
  readonly keys: readonly string[];
  /** a code that the store puts into the cart by itself (`appliesTierCodes`); '' = none */
  readonly code: string;
}

interface PublicationHead {
  readonly id: string;
  readonly title: string;
  /** mix-and-match: units that make one bundle */
  readonly pickCount: number;
  /** of a kind with terms the one that lists show */
  readonly discount:
    { readonly type: 'percentage'; readonly basisPoints: number } | { readonly type: 'amount'; readonly minor: number };
  /**
   * of a running price test: what each version after the first promises (0 % = nothing), and how pages mark its
   * visitors; `terms` in place of the offer's own, of the same kind, left out where nothing is promised
   */
  readonly armDiscounts?:
    | readonly {
        readonly arm: string;
        readonly discount: PublicationHead['discount'];
        readonly terms?: KindTerms[TermsKind];
      }[]
    | undefined;
  readonly currency: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly items: readonly {
    readonly productId: string;
    readonly variantId: string | null;
    readonly quantity: number;
    /** left out = 'part' */
    readonly role?: ItemRole | undefined;
  }[];
  /** products to choose from that `items` leaves out, because a page shows only so many */
  readonly more?: number | undefined;
  /** the product of the store that the bundle is sold as; left out = its parts are put into the cart */
  readonly sold?: { readonly productId: string; readonly variantId: string } | undefined;
}

/** An offer as the storefront shows it. Prices and stock are read live by the theme. */
export type BundlePublication =
  | (PublicationHead & { readonly kind: 'fixed' | 'mix-and-match' })
  | { [K in TermsKind]: PublicationHead & { readonly kind: K; readonly terms: KindTerms[K] } }[TermsKind];

export interface StorefrontPublication {
  readonly shopId: ShopId;
  readonly holdoutBps: number;
  readonly salt: string;
  readonly popular: readonly string[];
  /** lists that show customers what they have as well */
  readonly keeps?: readonly string[] | undefined;
  /** live offers that the whole cart earns: cart goals and gifts from a subtotal on */
  readonly goals?: readonly BundlePublication[];
  /** what product pages say of points; left out = there is no programme */
  readonly earn?: EarnPublication;
  /** what pages say of the programme as a whole; left out = none is live */
  readonly programme?: ProgrammePublication;
  /** where the theme embed sends signals */
  readonly signalsEndpoint: string;
  /** running experiments: the storefront's script finds the visitor's arms by `armIn` */
  readonly tests: readonly StorefrontTest[];
  /** what experiments decided for everybody, the oldest first */
  readonly changes: readonly { readonly subject: string; readonly change: StorefrontChange }[];
}

/** What a page says of the points that a product brings, whoever looks at it. */
export interface EarnPublication {
  /** what points are called */
  readonly name: string;
  /** what the rule counts in; prices in another currency are not told */
  readonly currency: string;
  /** so many points for every so many minor units; rounded down */
  readonly points: number;
  readonly perMinor: number;
  /** basis points for some products: the best one counts, one below 10000 before all others */
  readonly multipliers: readonly {
    readonly bps: number;
    readonly productIds: readonly string[];
    readonly collectionIds: readonly string[];
  }[];
  /** basis points for everything, between two moments */
  readonly hours: readonly { readonly bps: number; readonly startsAt: string; readonly endsAt: string }[];
  /** share of customers who see no programme, by their id: `bucketSeed` of the programme's salt, and basis points */
  readonly seed: number;
  readonly holdoutBps: number;
}

/** What a page says of the programme of points, whoever looks at it. What a customer has is a `CustomerPublication`. */
export interface ProgrammePublication {
  /** what points are called, and one of them */
  readonly name: string;
  readonly nameOfOne: string;
  /** of money spent; null = it earns nothing */
  readonly money: { readonly points: number; readonly perMinor: number } | null;
  readonly currency: string;
  /** all: every customer takes part · join: only who asked to */
  readonly joins: 'all' | 'join';
  /** points for an account; 0 = none */
  readonly joining: number;
  /** what else gives points, a few */
  readonly ways: readonly { readonly kind: string; readonly points: number }[];
  /** the cheapest first, a few */
  readonly rewards: readonly { readonly title: string; readonly cost: number }[];
  readonly measure: 'points' | 'spend';
  /** the lowest first; whoever is in one holds its key */
  readonly levels: readonly { readonly key: string; readonly name: string; readonly at: number }[];
  /** see `EarnPublication` */
  readonly seed: number;
  readonly holdoutBps: number;
}

/** What an arm of an experiment makes of its subject; nothing said = as it stands. */
export interface StorefrontChange {
  readonly hide?: true | undefined;
  readonly title?: string | undefined;
  readonly source?: 'together' | 'similar' | 'popular' | undefined;
  /** what the cart's suggestions are chosen for */
  readonly objective?: 'clicks' | 'revenue' | 'margin' | undefined;
  /** where the cart's suggestions stand */
  readonly place?: 'top' | 'page' | 'drawer' | undefined;
}

export interface StorefrontTest extends Split<{
  readonly key: string;
  readonly share: number;
  readonly change: StorefrontChange;
}> {
  readonly id: string;
  /** `app`, `widget:<name of a block>`, `placement:<name>`, `bundle:<id>` or `price:<id of a bundle>` */
  readonly subject: string;
}

/** Opaque here: `incentives` writes it and the Function reads it. `config` is compact JSON. */
export interface DiscountPublication {
  readonly title: string;
  readonly configs: readonly string[];
  readonly startsAt: Date;
  /** classes of what it gives; left out = ['product'] */
  readonly classes?: readonly DiscountClassName[];
  /** by class of what it gives, the classes that may stand beside it */
  readonly combinesWith: Readonly<Record<DiscountClassName, Readonly<Record<DiscountClassName, boolean>>>>;
}

type DiscountClassName = 'product' | 'order' | 'shipping';

/** What a store's plan allows. */
export interface BundleSupport {
  readonly mergeLines: boolean;
  readonly expandLines: boolean;
  readonly bundleProducts: boolean;
}

/** The product of a bundle; amounts in the shop's currency, minor units. */
export interface BundleProductPublication {
  /** the product as it was told before, or null for a new one */
  readonly productId: string | null;
  /** what the last answer 'pending' named */
  readonly operation: string | null;
  readonly title: string;
  /** sold in its own right, or only the name of a line that others are merged to */
  readonly sold: boolean;
  readonly currency: string;
  readonly priceMinor: number;
  readonly fullPriceMinor: number;
  readonly components: readonly {
    readonly productId: string;
    readonly variantId: string;
    readonly quantity: number;
  }[];
}

export type BundleProductState =
  | { readonly status: 'ready'; readonly productId: string; readonly variantId: string }
  | { readonly status: 'pending'; readonly operation: string; readonly productId: string | null };

/** Bundles that reach the cart by the cart transform. All others are priced by the discount alone. */
export interface TransformPublication {
  /** the discount's configuration, so that both say the same */
  readonly configs: readonly string[];
  /** shown as one line: the variant that names it, and a picture */
  readonly merged: readonly {
    readonly bundleId: string;
    readonly variantId: string;
    readonly imageUrl: string | null;
  }[];
  /** sold as a product: its variant, and its components at shop-currency prices, minor units */
  readonly native: readonly {
    readonly bundleId: string;
    readonly variantId: string;
    readonly title: string;
    readonly components: readonly {
      readonly productId: string;
      readonly variantId: string;
      readonly quantity: number;
      readonly priceMinor: number;
    }[];
  }[];
}
