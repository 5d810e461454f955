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
/** Ids of what the merchant chose from a list. */
export const chosenIds = (what: string) =>
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

/** Products by what they are, see `ProductsMeant`. */
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
export const collectionsMeant = z.object({ kind: z.literal('collections'), ids: chosenIds('from the list') });
