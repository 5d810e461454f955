import { z } from 'zod';
import { type EarnKind, multiplierBps, ruleBase } from './earn-kind.ts';

const ids = z.array(z.string().min(1).max(64)).max(250).default([]);

/** More (or less, or no) points for money spent on some products. */
export const productMultiplierRule = z.object({
  kind: z.literal('product-multiplier'),
  ...ruleBase,
  bps: multiplierBps,
  productIds: ids,
  collectionIds: ids,
});

export const productMultiplier: EarnKind<z.infer<typeof productMultiplierRule>> = {
  onLine: (rule, { productId, collectionIds }) =>
    (productId !== null && rule.productIds.includes(productId)) ||
    collectionIds.some((id) => rule.collectionIds.includes(id))
      ? rule.bps
      : null,
};
