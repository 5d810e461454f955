import { z } from 'zod';
import type { CodeTerms } from '#app/domains/codes/index.ts';

/** What every reward has. */
export const rewardBase = {
  /** stays for good: redemptions name it */
  id: z.string().min(1).max(40),
  on: z.boolean().default(true),
  title: z.string().trim().min(1).max(60),
  /** points */
  cost: z.number().int().min(1).max(100_000_000),
  /** days that the code is good for; null = without an end */
  validDays: z.number().int().min(1).max(730).nullable(),
};

/** Goods of at least this much must be in the cart, minor units; null = any. */
export const minSubtotal = z.number().int().min(1).max(1_000_000_000_000).nullable();

export const moneyAmount = z.number().int().min(1).max(100_000_000_000);

/** What the member gets: a code with these terms, a gift card or credit. Amounts in the shop's currency. */
export type Grant =
  | { readonly as: 'code'; readonly terms: CodeTerms }
  | { readonly as: 'gift-card' | 'store-credit'; readonly minor: number };

/** What the worth of a reward depends on. */
export interface Worth {
  /** of the usual order, minor units */
  readonly averageOrderMinor: number;
  /** what sending an order costs, minor units */
  readonly shippingMinor: number;
  /** price of a product, minor units; null where it is not known */
  readonly priceOf: (productId: string) => number | null;
}

/** A kind of reward. Methods, so that kinds with different terms fit into one registry. */
export interface RewardKind<Reward> {
  grantOf(reward: Reward): Grant;
  /** what the member saves by it, minor units: what a point is worth at most follows from it */
  worthOf(reward: Reward, worth: Worth): number;
}
