import { z } from 'zod';
import { minSubtotal, rewardBase, type RewardKind } from './reward-kind.ts';

export const freeShippingReward = z.object({
  kind: z.literal('free-shipping'),
  ...rewardBase,
  minSubtotalMinor: minSubtotal,
});

/** One order without shipping costs. */
export const freeShipping: RewardKind<z.infer<typeof freeShippingReward>> = {
  grantOf: ({ minSubtotalMinor }) => ({
    as: 'code',
    terms: { type: 'free-shipping', minSubtotalMinor, productIds: null },
  }),
  worthOf: (_reward, { shippingMinor }) => shippingMinor,
};
