import { z } from 'zod';
import { minSubtotal, moneyAmount, rewardBase, type RewardKind } from './reward-kind.ts';

export const amountReward = z.object({
  kind: z.literal('amount'),
  ...rewardBase,
  minor: moneyAmount,
  minSubtotalMinor: minSubtotal,
});

/** So much off an order. */
export const amount: RewardKind<z.infer<typeof amountReward>> = {
  grantOf: ({ minor, minSubtotalMinor }) => ({
    as: 'code',
    terms: { type: 'amount', minor, minSubtotalMinor, productIds: null },
  }),
  worthOf: ({ minor }) => minor,
};
