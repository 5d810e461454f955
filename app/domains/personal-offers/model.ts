import { z } from 'zod';
import { isSegmentRef } from '#app/domains/segments/index.ts';

const minor = z.int().positive().max(1_000_000_000);
const days = z.int().min(1).max(365);
const id = z.string().min(1).max(64);
/** Text for people; PostgreSQL stores no NUL. */
const words = (most: number) =>
  z
    .string()
    .overwrite((text) => text.replaceAll('\0', ''))
    .trim()
    .max(most, `At most ${String(most)} characters`);

/** A segment, see `SegmentRef`. */
const segment = z.string().max(40).refine(isSegmentRef);
/** Segments that one offer names in one place. */
const mostSegments = 20;

/** What has to happen for a customer to get the offer. */
const trigger = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('segment'),
    /** being in one of them is enough */
    segments: z.array(segment).min(1, 'Choose at least one group').max(mostSegments),
    /** those who are in it already count as well, not only those who come */
    present: z.boolean(),
  }),
  z.object({
    type: z.literal('order'),
    /** the customer's first, second … order; null = each */
    nth: z.int().min(1).max(100).nullable(),
    minTotalMinor: minor.nullable(),
  }),
  /** looked at one product so often within so many days without buying it */
  z.object({ type: z.literal('viewed'), times: z.int().min(2).max(50), days: z.int().min(1).max(60) }),
  /** came into one of these levels of the loyalty programme; none = any level */
  z.object({ type: z.literal('tier'), tierIds: z.array(id).max(20) }),
  /** has birthday, as told to the loyalty programme */
  z.object({ type: z.literal('birthday') }),
]);

const sizes = (size: z.ZodType<number>) =>
  z
    .array(size)
    .min(1, 'Enter at least one size')
    .max(4, 'At most four sizes')
    .refine(
      (list) => list.every((one, at) => at === 0 || one > (list[at - 1] ?? 0)),
      'Each size once, the smallest first',
    );

/** What the customer gets. Where there are several sizes, the comparison finds the smallest that is worth it. */
const gift = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('percentage'),
    /** basis points */
    sizes: sizes(z.int().min(100, 'At least 1 %').max(9_000, 'At most 90 %')),
    /** a code takes no more off, however large the order; left out = no bound */
    mostMinor: minor.optional(),
    /** the product that it happened with, or the one that goes best with it */
    on: z.enum(['everything', 'products', 'the-product', 'what-goes-with-it']),
    productIds: z.array(id).max(100),
  }),
  /** minor units of the shop's currency */
  z.object({ type: z.literal('amount'), sizes: sizes(minor) }),
  /** `costMinor`: what it is reckoned with in the budget */
  z.object({ type: z.literal('free-shipping'), costMinor: minor }),
  z.object({ type: z.literal('free-product'), productId: id, variantId: id.nullable(), costMinor: minor }),
  /** whoever gets the offer may buy these products before others do; until then nobody else may */
  z.object({
    type: z.literal('early-access'),
    productIds: z.array(id).min(1, 'Choose products').max(100),
    until: z.iso.datetime('Enter when everybody may buy'),
  }),
]);

/** What the merchant decided. Amounts are minor units of the shop's currency. */
export const offerTerms = z
  .object({
    trigger,
    /** who met the trigger gets the offer only if they are in one of these when it is decided; empty = everybody does */
    among: z.array(segment).max(mostSegments).default([]),
    gift,
    minSubtotalMinor: minor.nullable(),
    /** a code can be used for so long */
    validDays: days,
    /** null = no limit */
    budget: z.object({ minor: minor.nullable(), count: z.int().min(1).max(10_000_000).nullable() }),
    /** of this offer, for one customer */
    cap: z.object({ times: z.int().min(1).max(100), days }),
    channels: z.object({ mail: z.boolean(), store: z.boolean() }),
    /** the merchant's own sentence in the mail; '' = none */
    note: words(300),
    /** share of customers who get nothing, so that what the offer earns can be seen */
    holdoutBps: z.int().min(500, 'At least 5 %').max(5_000, 'At most half'),
    /** nothing is given after that; null = until it is stopped */
    until: z.iso.datetime().nullable(),
  })
  .check(({ value, issues }) => {
    const say = (path: string[], message: string): void => {
      issues.push({ code: 'custom', input: value, path, message });
    };
    const { trigger: when, gift: what, channels } = value;
    if (what.type === 'percentage') {
      if (what.on === 'products' && what.productIds.length === 0) say(['gift', 'productIds'], 'Choose products');
      const hasProduct = when.type === 'order' || when.type === 'viewed';
      if ((what.on === 'the-product' || what.on === 'what-goes-with-it') && !hasProduct)
        say(['gift', 'on'], 'Only an order or a product that was looked at names a product');
    }
    if (!channels.mail && !channels.store) say(['channels'], 'Choose at least one way to tell the customer');
  });
export type OfferTerms = z.infer<typeof offerTerms>;
export type Trigger = OfferTerms['trigger'];
export type Gift = OfferTerms['gift'];

export const offerTitle = words(80).min(1, 'Enter a name');

export const offerStates = ['draft', 'live', 'paused', 'ended'] as const;
export type OfferState = (typeof offerStates)[number];

/** A size that is given no more. */
export const stoppedSize = z.object({
  size: z.int(),
  /** harm: earns less than nothing · dearer: a smaller one earns more · weaker: a larger one earns more · no-more: not worth more than a smaller one, or than nothing */
  reason: z.enum(['harm', 'dearer', 'weaker', 'no-more']),
  at: z.iso.datetime(),
});
export type StoppedSize = z.infer<typeof stoppedSize>;

export interface PersonalOffer {
  readonly id: string;
  readonly title: string;
  readonly status: OfferState;
  readonly endReason: 'no-gain' | null;
  readonly terms: OfferTerms;
  readonly revision: number;
  readonly salt: string;
  readonly stopped: readonly StoppedSize[];
  /** when the comparison began */
  readonly liveFrom: Date | null;
  /** what happened before meets no trigger; a comparison that begins anew leaves it */
  readonly countsFrom: Date | null;
  readonly cursor: string;
  readonly filled: boolean;
  readonly createdAt: Date;
}

/** Offers that one customer gets at most within so many days, whatever they are. */
export const offerPolicy = z.object({ most: z.int().min(1).max(100), days });
export type OfferPolicy = z.infer<typeof offerPolicy>;
export const usualPolicy: OfferPolicy = { most: 2, days: 30 };

/**
 * waiting: not decided yet · given · held-out: gets nothing, for the comparison · skipped: a limit stood against it ·
 * withdrawing, withdrawn: taken back, by the merchant or with the order that it was for
 */
export type GrantState = 'waiting' | 'given' | 'held-out' | 'skipped' | 'withdrawing' | 'withdrawn';

/** not-among: was in none of the segments that the offer is only for when it was decided */
export type SkipReason = 'own-limit' | 'limit-of-all' | 'budget' | 'over' | 'no-product' | 'not-among';

/** A customer who met an offer's trigger. */
export interface Grant {
  readonly id: string;
  readonly offerId: string;
  readonly customerId: string;
  readonly productId: string | null;
}
