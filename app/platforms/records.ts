/** What a platform knows of a store, as the rest of Trellis reads it. Amounts are minor units, times UTC instants. */
export type ExportResource = 'products' | 'customers' | 'orders';
export type ExportToken = string;

export type ExportState =
  | { readonly status: 'running'; readonly objects: number }
  | { readonly status: 'ready'; readonly objects: number }
  | { readonly status: 'failed'; readonly reason: string };

export type PlatformRecord =
  | { readonly resource: 'products'; readonly product: PlatformProduct }
  | { readonly resource: 'customers'; readonly customer: PlatformCustomer }
  | { readonly resource: 'orders'; readonly order: PlatformOrder };

export interface ChangePage {
  readonly records: readonly PlatformRecord[];
  readonly next: string | null;
  /** how far the platform's clock is ahead of ours, milliseconds; null where its answers do not tell */
  readonly skewMs: number | null;
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
  readonly tags: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
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
  /** cart attribute `_trellis_visitor`; set by theme code, so a hint only */
  readonly visitorId: string | null;
  readonly test: boolean;
  readonly lines: readonly PlatformOrderLine[];
}

export interface PlatformOrderLine {
  readonly id: string;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  /** what the automatic discounts on the line call themselves; left out = none */
  readonly discounts?: readonly string[];
  readonly refundedQuantity: number;
  /** line property `_trellis_bundle`: set by theme code, so a hint for attribution, never for a price */
  readonly bundleId: string | null;
  /** line property `_trellis_source`: the widget that put the line into the cart; a hint as well */
  readonly source: string | null;
}
