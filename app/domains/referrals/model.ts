import { z } from 'zod';

const minor = z.number().int().min(1).max(100_000_000);

/** What somebody gets. Amounts are minor units in the shop's currency. */
export const rewardSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('points'), points: z.number().int().min(1).max(1_000_000) }),
  /** money off an order, as a code of the advocate's own */
  z.object({ type: z.literal('credit'), minor }),
  /** money in the advocate's account with the store; a code where the store cannot, or will not, keep one */
  z.object({ type: z.literal('store-credit'), minor }),
  /** a code that works once */
  z.object({ type: z.literal('percentage'), basisPoints: z.number().int().min(1).max(10_000) }),
]);
export type Reward = z.infer<typeof rewardSchema>;

/** What a friend gets off the first order. */
const offerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('percentage'), basisPoints: z.number().int().min(1).max(10_000) }),
  z.object({ type: z.literal('amount'), minor }),
  z.object({ type: z.literal('free-shipping') }),
  z.object({ type: z.literal('none') }),
]);
export type FriendOffer = z.infer<typeof offerSchema>;

/** From which friend on an advocate gets how much for each. */
export const tierSchema = z.object({ from: z.number().int().min(1).max(10_000), reward: rewardSchema });
export type Tier = z.infer<typeof tierSchema>;

/** What the merchant decides; an order keeps the terms of the moment it came in. */
export const programmeTerms = z.object({
  offer: offerSchema,
  tiers: z
    .array(tierSchema)
    .min(1)
    .max(10)
    .refine(
      (tiers) => tiers[0]?.from === 1 && tiers.every(({ from }, at) => at === 0 || from > (tiers[at - 1]?.from ?? 0)),
      {
        message: 'tiers begin with the first friend and go up',
      },
    ),
  /** goods of the friend's order after discounts and refunds, at least; 0 = any */
  minOrderMinor: z.number().int().min(0).max(100_000_000),
  /** the return window: until then a reward is pending */
  waitDays: z.number().int().min(0).max(120),
  /** how long a link counts after it was opened */
  linkDays: z.number().int().min(1).max(365),
  /** friends who live with the advocate */
  household: z.enum(['pay', 'credit', 'hold']),
  /** what is given instead of the tier's reward where the decision is to pay in credit */
  creditReward: rewardSchema,
  /** rewards of one advocate within 30 days beyond which new ones wait for the merchant; null = no limit */
  monthlyLimit: z.number().int().min(1).max(10_000).nullable(),
  /** what becomes of a held reward that nobody decided on */
  afterReview: z.enum(['wait', 'pay', 'deny']),
  reviewDays: z.number().int().min(1).max(90),
});
export type ProgrammeTerms = z.infer<typeof programmeTerms>;

/** Nothing of it can cost more than it brings in most stores: the simulation says what it would in this one. */
export const usualTerms: ProgrammeTerms = {
  offer: { type: 'percentage', basisPoints: 1_000 },
  tiers: [
    { from: 1, reward: { type: 'points', points: 500 } },
    { from: 5, reward: { type: 'points', points: 750 } },
    { from: 10, reward: { type: 'points', points: 1_000 } },
  ],
  minOrderMinor: 0,
  waitDays: 14,
  linkDays: 30,
  household: 'pay',
  creditReward: { type: 'points', points: 250 },
  monthlyLimit: 20,
  afterReview: 'wait',
  reviewDays: 14,
};

export interface Programme {
  readonly active: boolean;
  readonly terms: ProgrammeTerms;
}

export const decisions = ['pay', 'credit', 'hold', 'deny'] as const;
export type Decision = (typeof decisions)[number];

/**
 * new: not judged · pending: waits for the end of the return window · rewarded · held: waits for the merchant · denied:
 * looks like fraud, or the merchant said no · ineligible: the rules of the programme give nothing · cancelled: the order
 * was cancelled, given back or is gone
 */
export const states = ['new', 'pending', 'rewarded', 'held', 'denied', 'ineligible', 'cancelled'] as const;
export type State = (typeof states)[number];

export const reasonCodes = [
  'self',
  'existing-customer',
  'below-minimum',
  'currency',
  'stopped',
  'no-advocate',
  'unknown',
  'household',
  'close',
  'velocity',
  'published',
  'refunds',
  'clean',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export interface Reason {
  readonly code: ReasonCode;
  /** figures and words that the sentence is made of */
  readonly facts: Readonly<Record<string, string | number>>;
}

export const verdictSchema = z.object({
  decision: z.enum(decisions),
  reasons: z.array(
    z.object({ code: z.enum(reasonCodes), facts: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});
export interface Verdict {
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
}

/** What stands in the ledger, or with the codes, for a referral. */
export const postedSchema = z.object({
  reward: rewardSchema,
  round: z.number().int(),
  /** credit and codes are handed out at the end of the return window */
  handedOut: z.boolean(),
});
export type Posted = z.infer<typeof postedSchema>;
