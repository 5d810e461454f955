import { z } from 'zod';
import { sourceIds } from '../model.ts';

/**
 * What a customer's own past says in their carts. Its sources do not hear the basket, so that what they add to a
 * product's score is known when the shop is trained.
 */
const wordSchema = z
  .tuple([z.string(), z.number(), z.number(), z.enum(sourceIds), z.number(), z.number()])
  .transform(([productId, part, alone, source, loudest, orders]) => ({
    productId,
    /** what the past adds */
    part,
    /** the score without it in a cart that says nothing of the product */
    alone,
    /** the loudest source, and what of the part is its own */
    source,
    loudest,
    /** of the customer that hold it */
    orders,
  }));
export const customerVoiceSchema = z.array(wordSchema);
export type CustomerVoice = z.output<typeof customerVoiceSchema>;
/** As it is stored. */
export type StoredCustomerVoice = z.input<typeof customerVoiceSchema>;
