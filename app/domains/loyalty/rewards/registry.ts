import { z } from 'zod';
import { amount, amountReward } from './amount.ts';
import { freeProduct, freeProductReward } from './free-product.ts';
import { freeShipping, freeShippingReward } from './free-shipping.ts';
import { giftCard, giftCardReward } from './gift-card.ts';
import { percentage, percentageReward } from './percentage.ts';
import type { Grant, RewardKind, Worth } from './reward-kind.ts';
import { storeCredit, storeCreditReward } from './store-credit.ts';

/** A new kind of reward is a file beside this one, and a line in each of the two lists. */
export const reward = z.discriminatedUnion('kind', [
  amountReward,
  percentageReward,
  freeProductReward,
  freeShippingReward,
  giftCardReward,
  storeCreditReward,
]);

export type Reward = z.infer<typeof reward>;

const kinds = {
  amount,
  percentage,
  'free-product': freeProduct,
  'free-shipping': freeShipping,
  'gift-card': giftCard,
  'store-credit': storeCredit,
} as const;

const kindOf = (kind: Reward['kind']): RewardKind<Reward> => kinds[kind];

/** What the member gets. */
export const grantOf = (one: Reward): Grant => kindOf(one.kind).grantOf(one);

/** What the member saves by the reward, minor units. */
export const worthOf = (one: Reward, worth: Worth): number => kindOf(one.kind).worthOf(one, worth);
