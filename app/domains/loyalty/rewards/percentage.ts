import { z } from 'zod';
import { minSubtotal, rewardBase, type RewardKind } from './reward-kind.ts';

export const percentageReward = z.object({
  kind: z.literal('percentage'),
  ...rewardBase,
  basisPoints: z.number().int().min(100).max(9000),
  minSubtotalMinor: minSubtotal,
});

/** A share off an order. */
export const percentage: RewardKind<z.infer<typeof percentageReward>> = {
  grantOf: ({ basisPoints, minSubtotalMinor }) => ({
    as: 'code',
    terms: { type: 'percentage', basisPoints, minSubtotalMinor, productIds: null },
  }),
  worthOf: ({ basisPoints, minSubtotalMinor }, { averageOrderMinor }) =>
    Math.round((Math.max(averageOrderMinor, minSubtotalMinor ?? 0) * basisPoints) / 10_000),
};
