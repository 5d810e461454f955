import type { ProgrammeSettings } from '#app/domains/loyalty/index.ts';

export type Reward = ProgrammeSettings['rewards'][number];
export type RewardKind = Reward['kind'];

export const rewardNames: Readonly<Record<RewardKind, string>> = {
  amount: 'Amount off an order',
  percentage: 'Percentage off an order',
  'free-product': 'Free product',
  'free-shipping': 'Free shipping',
  'gift-card': 'Gift card',
  'store-credit': 'Store credit',
};

/** What the store can give besides codes. */
export interface StoreGifts {
  readonly giftCards: boolean;
  readonly storeCredit: boolean;
}

/** Kinds that can be added: what the store cannot give is not offered. */
export const kindsOf = ({ giftCards, storeCredit }: StoreGifts): RewardKind[] =>
  (Object.keys(rewardNames) as RewardKind[]).filter(
    (kind) => (kind !== 'gift-card' || giftCards) && (kind !== 'store-credit' || storeCredit),
  );

/** A first reward of a kind, without its id. @param unit minor units of one of the currency */
export function firstReward(kind: RewardKind, unit: number): Omit<Reward, 'id'> {
  const base = { on: true, title: rewardNames[kind], cost: 500, validDays: 90 };
  const code = { ...base, minSubtotalMinor: null };
  switch (kind) {
    case 'amount':
      return { kind, ...code, minor: 5 * unit } as Omit<Reward, 'id'>;
    case 'percentage':
      return { kind, ...code, basisPoints: 1000 } as Omit<Reward, 'id'>;
    case 'free-product':
      return { kind, ...code, productId: '', variantId: null } as Omit<Reward, 'id'>;
    case 'free-shipping':
      return { kind, ...code };
    default:
      // Money that a customer holds is not to end by itself, unless the merchant says so.
      return { kind, ...base, validDays: null, minor: 5 * unit } as Omit<Reward, 'id'>;
  }
}
