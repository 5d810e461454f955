/** A code for one order, which meets no other discount. */
export interface OfferCodePublication {
  readonly code: string;
  readonly title: string;
  /** of each unit, basis points */
  readonly discountBps: number;
  readonly variantIds: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface CartLink {
  readonly variantId: string;
  readonly code: string | null;
  /** kept on the line as `_trellis_source` */
  readonly source: string;
}
