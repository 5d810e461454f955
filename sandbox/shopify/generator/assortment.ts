import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const typeOfGoods = z.object({
  type: z.string(),
  collection: z.string(),
  vendors: z.array(z.string()).readonly(),
  /** major units, lowest and highest */
  price: z.tuple([z.number(), z.number()]),
  /** share of the price without tax that the goods cost the merchant */
  cost: z.number(),
  tags: z.array(z.string()).readonly(),
  products: z.array(z.string()).readonly(),
  /** variants by this option, else one default variant */
  sizes: z.array(z.string()).readonly().optional(),
  /** what often goes into the same basket, by type */
  goesWith: z.array(z.string()).readonly(),
  /** demand in winter as a multiple of that in summer */
  winter: z.number(),
});

/** What the made-up home-goods store sells: one entry a product type. */
export type TypeOfGoods = z.infer<typeof typeOfGoods>;

const file = z
  .object({ firstNames: z.array(z.string()), lastNames: z.array(z.string()), assortment: z.array(typeOfGoods) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'assortment.json'), 'utf8')));

export const { assortment, firstNames, lastNames } = file;
