import { z } from 'zod';
import { moneyAmount, rewardBase, type RewardKind } from './reward-kind.ts';

export const storeCreditReward = z.object({ kind: z.literal('store-credit'), ...rewardBase, minor: moneyAmount });

/** Credit in the customer's account with the store. */
export const storeCredit: RewardKind<z.infer<typeof storeCreditReward>> = {
  grantOf: ({ minor }) => ({ as: 'store-credit', minor }),
  worthOf: ({ minor }) => minor,
};
