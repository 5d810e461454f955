import { z } from 'zod';
import { sourceIds } from '../model.ts';

/** What all carts of a shop share: the learnt weights and the products that sell. */
export const headSchema = z.object({
  /** of `guest`, as learnt, unrounded */
  weights: z.partialRecord(z.enum(sourceIds), z.number()),
  /** of `cart`: where what the customer's own past says is added */
  customerWeights: z.partialRecord(z.enum(sourceIds), z.number()).default({}),
  /** how loud it is that visitors look at products in one visit; 0 where that is not known */
  viewed: z.number().default(0),
  /** ms since 1970: popularity is that of this moment */
  moment: z.number(),
  /** all that the training knew */
  baskets: z.number(),
  /** their weight in each of the three windows, so that a share can be computed for a new product */
  windows: z.tuple([z.number(), z.number(), z.number()]),
  /** best first by what `guest` makes of popularity: id, baskets with it, the three shares and last year's */
  popular: z.array(z.tuple([z.string(), z.number(), z.number(), z.number(), z.number(), z.number().default(0)])),
});
export type Head = z.output<typeof headSchema>;

/** Time constants of the three windows, days. */
export const windowDays = [7, 30, 120] as const;
