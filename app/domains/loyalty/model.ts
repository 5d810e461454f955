import { z } from 'zod';
import { earnRule } from './earning/registry.ts';
import { reward } from './rewards/registry.ts';

export const programmeStatuses = ['draft', 'live', 'paused'] as const;
export type ProgrammeStatus = (typeof programmeStatuses)[number];

const currencyCode = z.string().regex(/^[A-Z]{3}$/);
const pointsAmount = z.number().int().min(1).max(100_000_000);

/** When points end. `after`: so many months after they became available · `yearly`: on one day each year. */
const expiry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('never') }),
  z.object({ type: z.literal('after'), months: z.number().int().min(1).max(120) }),
  z.object({
    type: z.literal('yearly'),
    month: z.number().int().min(1).max(12),
    /** the last day on which they can be used; shorter months end earlier */
    day: z.number().int().min(1).max(31),
    /** points that became available less than so many months before live until the next one */
    graceMonths: z.number().int().min(0).max(11),
  }),
]);

const tierLevel = z.object({
  id: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(40),
  /** points or minor units from which the tier is reached */
  at: z.number().int().min(0).max(1_000_000_000_000),
  /** times the points of money spent, basis points */
  multiplierBps: z.number().int().min(10_000).max(100_000),
  /** points for reaching it, once in a lifetime */
  entryPoints: z.number().int().min(0).max(1_000_000),
  /** a code of the member's own that frees every order from shipping costs while in the tier */
  freeShipping: z.boolean(),
  /** what else the tier brings, in the merchant's words */
  perks: z.array(z.string().trim().min(1).max(120)).max(10),
});

export type TierLevel = z.infer<typeof tierLevel>;

const tiers = z.object({
  measure: z.enum(['points', 'spend']),
  /** rolling: the last 365 days · year: the better of last calendar year and this one · lifetime: since ever */
  period: z.enum(['rolling', 'year', 'lifetime']),
  /** a member whose figures fell stays so long */
  graceDays: z.number().int().min(0).max(365),
  levels: z.array(tierLevel).max(8),
});

export type TierRules = z.infer<typeof tiers>;

/** Products that only members from a level on may buy. */
const exclusive = z.object({
  id: z.string().min(1).max(40),
  /** id of the lowest level that may */
  fromLevel: z.string().max(40),
  productIds: z.array(z.string().min(1).max(64)).max(500),
  collectionIds: z.array(z.string().min(1).max(64)).max(50),
  /** early access: everybody may buy from then on; null = exclusive for good */
  until: z.iso.datetime().nullable(),
});

export type Exclusive = z.infer<typeof exclusive>;

const unique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** Everything that the merchant decides about the programme. Points are whole; money is minor units of `currency`. */
export const programmeSettings = z
  .object({
    /** what points are called */
    pointsName: z.string().trim().min(1).max(30),
    /** what one of them is called; '' = the same */
    pointName: z.string().trim().max(30).default(''),
    currency: currencyCode,
    /** all: every customer takes part · join: only who asked to */
    enrolment: z.enum(['all', 'join']),
    /** orders that a customer placed so long before joining count */
    pastDays: z.number().int().min(0).max(365),
    /** points can be used so long after the order: the time in which goods come back */
    pendingDays: z.number().int().min(0).max(120),
    expiry,
    /** days before the end on which a mail warns; empty = none */
    warnDays: z.array(z.number().int().min(1).max(120)).max(3),
    rules: z.array(earnRule).max(40),
    /** the most that a customer's orders earn in a day and in a year of the shop's zone; null = no limit */
    caps: z.object({ perDay: pointsAmount.nullable(), perYear: pointsAmount.nullable() }),
    tiers,
    /** left out in settings from before there were any */
    exclusives: z.array(exclusive).max(20).default([]),
    rewards: z.array(reward).max(40),
    /** what one unit of another currency is worth in the shop's, millionths; orders in one that is missing earn no points for money */
    rates: z.record(currencyCode, z.number().int().min(1).max(1_000_000_000_000)),
    /** share of customers who see no programme, for the measurement; basis points */
    holdoutBps: z.number().int().min(0).max(2000),
  })
  .superRefine(({ rules, rewards, exclusives, tiers: { levels } }, context) => {
    const wrong = (path: string, message: string) => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (!unique(rules.map(({ id }) => id))) wrong('rules', 'Two rules have the same id');
    if (!unique(rewards.map(({ id }) => id))) wrong('rewards', 'Two rewards have the same id');
    if (!unique(levels.map(({ id }) => id))) wrong('tiers', 'Two tiers have the same id');
    if (rules.filter(({ kind }) => kind === 'amount').length > 1)
      wrong('rules', 'Only one rule can give points for money spent');
    if (levels.some((level, index) => index > 0 && level.at <= (levels[index - 1]?.at ?? 0)))
      wrong('tiers', 'Each tier must begin above the one before');
    if (!unique(exclusives.map(({ id }) => id)))
      wrong('exclusives', 'Two entries of products for members have the same id');
    if (exclusives.some(({ productIds, collectionIds }) => productIds.length + collectionIds.length === 0))
      wrong('exclusives', 'Choose the products that are kept for members');
    if (exclusives.some(({ fromLevel }) => !levels.some(({ id }) => id === fromLevel)))
      wrong('exclusives', 'Choose the tier from which on members may buy');
  });

export type ProgrammeSettings = z.infer<typeof programmeSettings>;

export interface Programme {
  readonly status: ProgrammeStatus;
  readonly settings: ProgrammeSettings;
  readonly salt: string;
  readonly revision: number;
}

/** The rules of a span of time; `until` is no longer in it. */
export interface ProgrammeVersion {
  readonly version: number;
  readonly settings: ProgrammeSettings;
  readonly from: Date;
  readonly until: Date | null;
}

/** A customer's points. */
export const pointsOf = (customerId: string) =>
  ({ ownerKind: 'customer', ownerId: customerId, unit: 'points' }) as const;

/** The version in force at a moment; null = no programme then. */
export function versionAt(versions: readonly ProgrammeVersion[], at: Date): ProgrammeVersion | null {
  return versions.find(({ from, until }) => from <= at && (until === null || at < until)) ?? null;
}
