import { z } from 'zod';
import { moneyAmount, rewardBase, type RewardKind } from './reward-kind.ts';

export const giftCardReward = z.object({ kind: z.literal('gift-card'), ...rewardBase, minor: moneyAmount });

/** A gift card of the store. */
export const giftCard: RewardKind<z.infer<typeof giftCardReward>> = {
  grantOf: ({ minor }) => ({ as: 'gift-card', minor }),
  worthOf: ({ minor }) => minor,
};
