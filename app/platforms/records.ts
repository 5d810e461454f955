/** What a platform knows of a store, as the rest of Trellis reads it. Amounts are minor units, times UTC instants. */
export type ExportResource = 'products' | 'customers' | 'orders';
export type ExportToken = string;

export type ExportState =
  | { readonly status: 'running'; readonly objects: number }
  | { readonly status: 'ready'; readonly objects: number }
  | { readonly status: 'failed'; readonly reason: string };

export type PlatformRecord = Shown &
  (
    | { readonly resource: 'products'; readonly product: PlatformProduct }
    | { readonly resource: 'customers'; readonly customer: PlatformCustomer }
    | { readonly resource: 'orders'; readonly order: PlatformOrder }
  );

/** How a record was seen on the platform itself. */
interface Shown {
  /**
   * how far the platform's clock was ahead of ours then, milliseconds; left out = its clock is never wrong, or it did not
   * tell
   */
  readonly aheadMs?: number;
}

export interface ChangePage {
  readonly records: readonly PlatformRecord[];
  readonly next: string | null;
  /** how far the platform's clock is ahead of ours, milliseconds; null where its answers do not tell */
  readonly skewMs: number | null;
}

/** What a look at records that we hold tells. */
export interface Comparison {
  /** the platform does not have them (any more) */
  readonly missing: readonly string[];
  /** came along whole, of kinds whose changes `readChanges` may not tell all of; most of them are as we hold them */
  readonly seen: readonly PlatformRecord[];
}

export interface PlatformProduct {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly productType: string;
  readonly vendor: string;
  readonly tags: readonly string[];
  readonly collections: readonly { readonly id: string; readonly handle: string; readonly title: string }[];
  readonly status: 'active' | 'draft' | 'archived';
  readonly published: boolean;
  readonly giftCard: boolean;
  /** it can be bought with a plan that repeats; left out = the platform does not tell */
  readonly sellingPlans?: boolean;
  readonly imageUrl: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly variants: readonly PlatformVariant[];
}

export interface PlatformVariant {
  readonly id: string;
  readonly title: string;
  readonly sku: string;
  readonly position: number;
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  readonly costMinor: number | null;
  /** null = not tracked */
  readonly stock: number | null;
  readonly sellWhenOutOfStock: boolean;
  readonly imageUrl: string | null;
}

export interface PlatformCustomer {
  readonly id: string;
  readonly email: string | null;
  readonly locale: string | null;
  /** what mails need besides; left out = the platform does not tell */
  readonly contact?: PlatformContact;
  readonly tags: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PlatformContact {
  readonly firstName: string | null;
  /** consent to marketing by e-mail, as the store has it */
  readonly marketing: 'subscribed' | 'unsubscribed' | 'unknown';
  /** where the customer lives, IANA; it may be none that exists */
  readonly timeZone: string | null;
}

export interface PlatformOrder {
  readonly id: string;
  readonly name: string;
  readonly customerId: string | null;
  readonly placedAt: Date;
  readonly updatedAt: Date;
  readonly cancelledAt: Date | null;
  readonly currency: string;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  /**
   * of what was given back, what was on goods that stayed with the customer, in the terms of `unitPriceMinor`: neither units
   * that came back nor shipping; left out = this answer tells only a sum
   */
  readonly goodwillMinor?: number;
  /** what delivering it cost; left out = this answer does not tell */
  readonly shipping?: PlatformShipping;
  /** cart attribute `_trellis_visitor`; set by theme code, so a hint only */
  readonly visitorId: string | null;
  readonly test: boolean;
  /** codes that the shopper entered, with what each took off; left out = none */
  readonly codes?: readonly OrderCode[];
  /** cart attribute `_trellis_referral`: code of the advocate whose link the shopper came by, a hint; left out = none */
  readonly referral?: string | null;
  /** the highest tax on one of its lines, basis points of the price without it; left out = this answer does not tell */
  readonly taxBps?: number;
  /** left out = the platform does not say who ordered */
  readonly buyer?: PlatformBuyer;
  readonly lines: readonly PlatformOrderLine[];
}

/** What an order says of the person who placed it. Kept as keyed hashes alone. */
export interface PlatformBuyer {
  readonly email: string | null;
  readonly phone: string | null;
  /** ISO 3166-1 alpha-2 of the delivery, for numbers without a country */
  readonly country: string | null;
  /** the part of that country, as the platform writes it: a code or a name; left out = the platform does not say */
  readonly region?: string | null;
  /** delivery first, then the invoice's where it differs */
  readonly addresses: readonly PlatformAddress[];
  /** what the payment provider calls the payer, the same in each of their orders */
  readonly payer: string | null;
}

export interface PlatformAddress {
  readonly name: string;
  readonly line1: string;
  readonly line2: string;
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2, or '' */
  readonly country: string;
}

/** What delivering an order cost the shopper, in the terms of `unitPriceMinor`: without what was taken off. */
export interface PlatformShipping {
  readonly paidMinor: number;
  /** what was taken off; left out = this answer does not tell */
  readonly off?: readonly ShippingDiscount[];
}

export interface ShippingDiscount {
  readonly minor: number;
  /** which discount: a code, an automatic one by what it calls itself, or one known to be ours */
  readonly by: { readonly code: string } | { readonly title: string } | 'ours' | null;
  /** ids of the offers of ours that it is from; left out = none is known */
  readonly of?: readonly string[];
}

/** What offers of ours took off a line. Where one discount is several offers' it names them all. */
export interface LineGift {
  readonly minor: number;
  readonly of: readonly string[];
}

export interface OrderCode {
  readonly code: string;
  readonly discountMinor: number;
}

export interface PlatformOrderLine {
  readonly id: string;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  /** the automatic discounts on the line, as they call themselves; left out = this answer does not tell */
  readonly discounts?: readonly { readonly title: string; readonly minor: number }[];
  /** what offers of ours took off, where the platform names them; left out = it does not, or does so by `discounts` */
  readonly gifts?: readonly LineGift[];
  readonly refundedQuantity: number;
  /** line property `_trellis_bundle`: set by theme code, so a hint for attribution, never for a price */
  readonly bundleId: string | null;
  /** line property `_trellis_source`: the widget that put the line into the cart; a hint as well */
  readonly source: string | null;
  /** bought with a plan that repeats; left out = this answer of the platform does not tell */
  readonly sellingPlan?: boolean;
}
