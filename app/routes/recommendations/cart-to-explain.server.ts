import { z } from 'zod';
import { mostInCart } from '../../ui/recommendations/look-up-address.ts';

/** Ids of products are digits. */
export const productIdSchema = z.string().regex(/^\d{1,20}$/);

/** A cart as an address names it, each product once. */
export const cartToExplainSchema = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(productIdSchema).min(1).max(mostInCart))
  .transform((ids) => [...new Set(ids)]);
