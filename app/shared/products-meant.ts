import { z } from 'zod';

/** Names, or collections, that one wish holds at most. */
export const mostNames = 50;

// PostgreSQL's text cannot hold NUL.
export const plainName = z
  .string()
  .overwrite((text) => text.replaceAll('\0', ''))
  .trim()
  .min(1, 'Enter a name')
  .max(255, 'At most 255 characters');
export const idsOf = (what: string) =>
  z
    .array(z.string().regex(/^\d{1,20}$/, 'Choose from the list'))
    .min(1, `Choose at least one ${what}`)
    .max(mostNames, `At most ${mostNames}`);
const namesOf = (what: string) =>
  z.array(plainName).min(1, `Enter at least one ${what}`).max(mostNames, `At most ${mostNames}`);
const amount = z.int('Enter an amount').min(0, 'At least 0').max(1_000_000_000_00, 'Enter a smaller amount').nullable();
const units = z
  .int('Enter a whole number')
  .min(0, 'At least 0')
  .max(1_000_000_000, 'Enter a smaller number')
  .nullable();
const share = z
  .int('Enter a percentage with at most 2 decimals')
  .min(-100_000, 'Enter a larger percentage')
  .max(10_000, 'At most 100 %')
  .nullable();

/** Products by what they are. Names are compared by `foldName`; bands include both ends, null = open. */
export const meantOptions = [
  z.object({ kind: z.literal('tags'), names: namesOf('tag') }),
  z.object({ kind: z.literal('vendors'), names: namesOf('vendor') }),
  z.object({ kind: z.literal('types'), names: namesOf('product type') }),
  /** lowest variant price, minor units of the shop's currency */
  z.object({ kind: z.literal('price'), from: amount, to: amount }),
  /** units for sale of all variants; products whose stock is not tracked never match */
  z.object({ kind: z.literal('stock'), from: units, to: units }),
  /** gross margin in basis points of the price without tax, of the variant that is shown; of unknown cost none matches */
  z.object({ kind: z.literal('margin'), from: share, to: share }),
] as const;
export const collectionsMeant = z.object({ kind: z.literal('collections'), ids: idsOf('from the list') });

type Frozen<T> = { readonly [K in keyof T]: T[K] extends (infer One)[] ? readonly One[] : T[K] };
/** Products by what they are, or by a collection. */
export type ProductsMeant = Frozen<z.output<(typeof meantOptions)[number]>> | Frozen<z.output<typeof collectionsMeant>>;

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

function within(value: number | null, band: { readonly from: number | null; readonly to: number | null }): boolean {
  return value !== null && (band.from === null || value >= band.from) && (band.to === null || value <= band.to);
}
