import { z } from 'zod';

/** What every earning rule has. */
export const ruleBase = {
  /** stays for good: what was earned names it */
  id: z.string().min(1).max(40),
  on: z.boolean().default(true),
};

/** Whole points, at most a million at once. */
export const points = z.number().int().min(1).max(1_000_000);
/** Share in basis points: 20000 = twice the points, 0 = none. */
export const multiplierBps = z.number().int().min(0).max(100_000);

/** A kept part of an order line, in minor units of the order's currency. */
export interface EarningLine {
  readonly productId: string | null;
  readonly collectionIds: readonly string[];
  /** paid for what was not given back, discounts taken off */
  readonly keptMinor: number;
  readonly giftCard: boolean;
  /** bought with a plan that repeats */
  readonly subscription: boolean;
}

/** What a rule may know of an order that is kept, at least in part. */
export interface OrderFacts {
  readonly placedAt: Date;
  readonly timeZone: string;
  readonly lines: readonly EarningLine[];
  /** kept orders of the same customer before this one */
  readonly ordersBefore: number;
  readonly lastOrderAt: Date | null;
  /** earlier kept orders with a plan that repeats */
  readonly subscriptionsBefore: number;
  /** when the customer's account was made; null where it is not known */
  readonly customerSince: Date | null;
}

/**
 * A way to earn. Methods, so that kinds with different terms fit into one registry.
 */
export interface EarnKind<Rule> {
  /** a flat number of points for the order; 0 = the rule does not meet it */
  onOrder?(rule: Rule, facts: OrderFacts): number;
  /** times the points of money spent on the line, basis points; null = the rule does not meet it */
  onLine?(rule: Rule, line: EarningLine, facts: OrderFacts): number | null;
  /** points outside of orders, and how often: 'once' in a lifetime, 'year' once a calendar year, a number = so many a year */
  onActivity?(rule: Rule): { readonly points: number; readonly limit: 'once' | 'year' | number };
}

const day = 86_400_000;

/** Whole and part days between two moments. */
export const daysBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / day;
