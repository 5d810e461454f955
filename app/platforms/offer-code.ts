/** A code for one order, which meets no other discount of goods. */
export interface OfferCodePublication {
  readonly code: string;
  readonly title: string;
  /** of each unit, basis points */
  readonly discountBps: number;
  readonly variantIds: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** free shipping may stand beside it, where the platform can tell the two apart */
  readonly besideShipping: boolean;
}

export interface CartLink {
  readonly variantId: string;
  readonly code: string | null;
  /** kept on the line as `_trellis_source` */
  readonly source: string;
}
