import { z } from 'zod';
import { minSubtotal, rewardBase, type RewardKind } from './reward-kind.ts';

export const freeProductReward = z.object({
  kind: z.literal('free-product'),
  ...rewardBase,
  productId: z.string().min(1).max(64),
  variantId: z.string().min(1).max(64).nullable(),
  minSubtotalMinor: minSubtotal,
});

/** One unit of a product for nothing. */
export const freeProduct: RewardKind<z.infer<typeof freeProductReward>> = {
  grantOf: ({ productId, variantId, minSubtotalMinor }) => ({
    as: 'code',
    terms: { type: 'free-product', productId, variantId, minSubtotalMinor, productIds: null },
  }),
  worthOf: ({ productId }, { priceOf }) => priceOf(productId) ?? 0,
};
