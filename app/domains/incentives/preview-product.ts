/** What a preview knows of a variant; shop-currency minor units. */
export interface PreviewVariant {
  readonly id: string;
  readonly priceMinor: number;
  readonly costMinor: number | null;
}

export interface PreviewProduct {
  readonly id: string;
  readonly variants: readonly PreviewVariant[];
}
