/** Ends included; null = open. */
export interface Band {
  readonly from: number | null;
  readonly to: number | null;
}

/** Products by what they are. Names are compared by `foldName`. */
export type ProductsMeant =
  | { readonly kind: 'collections'; readonly ids: readonly string[] }
  | { readonly kind: 'tags' | 'vendors' | 'types'; readonly names: readonly string[] }
  /** lowest variant price, minor units of the shop's currency · units for sale of all variants, where stock is tracked · gross margin of the variant that is shown, basis points of the price without tax, where its cost is known */
  | ({ readonly kind: 'price' | 'stock' | 'margin' } & Band);

/** What of a product says whether it is meant. */
export interface MeantFacts {
  readonly productType: string;
  readonly vendor: string;
  readonly tags: readonly string[];
  readonly collectionIds: readonly string[];
  /** lowest variant price, minor units */
  readonly priceMinor: number;
  /** units of all variants; null where one is not tracked */
  readonly stock: number | null;
  /** of the price without tax, in basis points; null = cost unknown */
  readonly marginBps: number | null;
}

/** Two names are one where this is the same for both: in any case, and however their accents are written. */
export const foldName = (name: string): string => name.normalize('NFC').toLowerCase();

/** Whether a product is one of those that are meant. */
export function isMeant(meant: ProductsMeant, product: MeantFacts): boolean {
  switch (meant.kind) {
    case 'collections':
      return meant.ids.some((id) => product.collectionIds.includes(id));
    case 'tags':
      return namedBy(meant.names, product.tags).length > 0;
    case 'vendors':
      return namedBy(meant.names, [product.vendor]).length > 0;
    case 'types':
      return namedBy(meant.names, [product.productType]).length > 0;
    case 'price':
      return within(product.priceMinor, meant);
    case 'stock':
      return within(product.stock, meant);
    case 'margin':
      return within(product.marginBps, meant);
  }
}

/** Those of the names that products hold which are one of the wanted. */
export function namedBy(wanted: readonly string[], held: readonly string[]): string[] {
  const folded = new Set(wanted.map(foldName));
  return held.filter((one) => folded.has(foldName(one)));
}

function within(value: number | null, band: Band): boolean {
  return value !== null && (band.from === null || value >= band.from) && (band.to === null || value <= band.to);
}
