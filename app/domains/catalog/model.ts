/** A product as the rest of Trellis sees it. Prices are minor units of the shop's currency. */
export interface CatalogProduct {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly productType: string;
  readonly vendor: string;
  readonly tags: readonly string[];
  readonly collectionIds: readonly string[];
  readonly status: 'active' | 'draft' | 'archived';
  readonly published: boolean;
  readonly giftCard: boolean;
  readonly imageUrl: string | null;
  readonly deletedAt: Date | null;
  /** at least one variant can be bought now */
  readonly available: boolean;
  readonly variants: readonly CatalogVariant[];
}

export interface CatalogVariant {
  readonly id: string;
  readonly title: string;
  readonly sku: string;
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  /** null = unknown */
  readonly costMinor: number | null;
  /** null = stock is not tracked */
  readonly stock: number | null;
  readonly sellWhenOutOfStock: boolean;
  readonly imageUrl: string | null;
}

export interface CatalogSearch {
  readonly search?: string;
  /** from 1 */
  readonly page?: number;
  readonly pageSize?: number;
  /** only what is active and published */
  readonly activeOnly?: boolean;
}

export interface CatalogPage {
  readonly products: readonly CatalogProduct[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
}
