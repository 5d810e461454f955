import { type EarningCustomer, earnHistory, type Given, type PastOrder, type ProgrammeRules } from '../earn-history.ts';
import { localDay, localTime, startOfDay } from '../local-time.ts';
import type { ProgrammeSettings } from '../model.ts';
import { periodStart, tierFor } from '../tiers/rules.ts';

/** What the programme would have given on past orders; money in minor units of the shop's currency. */
export interface Simulation {
  readonly customers: number;
  /** who would have earned something */
  readonly earners: number;
  readonly orders: number;
  readonly spentMinor: number;
  readonly points: number;
  /** points by month, `YYYY-MM` */
  readonly months: Readonly<Record<string, number>>;
  /** customers by the tier that they would be in; '' = none */
  readonly tiers: Readonly<Record<string, number>>;
  /** customers who would have enough points for the cheapest reward */
  readonly withReward: number;
}

/** What a simulation begins with. */
export const nothingEarned: Simulation = {
  customers: 0,
  earners: 0,
  orders: 0,
  spentMinor: 0,
  points: 0,
  months: {},
  tiers: {},
  withReward: 0,
};

/**
 * Adds what one customer's orders would have earned. Who would have had to join is taken to have joined.
 * @param since the programme would have begun
 */
export function simulateCustomer(
  sum: Simulation,
  orders: readonly Omit<PastOrder, 'tier'>[],
  customer: EarningCustomer,
  { settings, since, until, timeZone }: Simulated,
): Simulation {
  const rules: ProgrammeRules = {
    versions: [{ version: 0, settings: { ...settings, holdoutBps: 0 }, from: since, until: null }],
    salt: '',
    timeZone,
  };
  const earned = earnHistory(
    orders.map((order) => ({ ...order, tier: '' })),
    { ...customer, joinedAt: since },
    rules,
    [],
    (placedAt, before) => tierOf(placedAt, before, settings, timeZone),
  );
  const placed = new Map(orders.map((order) => [order.id, order]));
  const months = { ...sum.months };
  let points = 0;
  for (const [id, one] of earned) {
    points += one.points;
    const month = localDay(placed.get(id)?.placedAt ?? since, timeZone).slice(0, 7);
    months[month] = (months[month] ?? 0) + one.points;
  }
  const all = orders.flatMap(({ id, placedAt, totalMinor, refundedMinor }) => {
    const one = earned.get(id);
    return one ? [{ placedAt, points: one.points, spentMinor: Math.max(0, totalMinor - refundedMinor) }] : [];
  });
  const tier = tierOf(until, all, settings, timeZone);
  const cheapest = Math.min(...settings.rewards.filter(({ on }) => on).map(({ cost }) => cost));
  return {
    customers: sum.customers + 1,
    earners: sum.earners + (points > 0 ? 1 : 0),
    orders: sum.orders + earned.size,
    spentMinor: sum.spentMinor + all.reduce((total, { spentMinor }) => total + spentMinor, 0),
    points: sum.points + points,
    months,
    tiers: { ...sum.tiers, [tier]: (sum.tiers[tier] ?? 0) + 1 },
    withReward: sum.withReward + (points >= cheapest ? 1 : 0),
  };
}

export interface Simulated {
  readonly settings: ProgrammeSettings;
  readonly since: Date;
  readonly until: Date;
  readonly timeZone: string;
}

/** The tier by what earned before a moment, without days of grace. */
function tierOf(at: Date, before: readonly Given[], { tiers }: ProgrammeSettings, timeZone: string): string {
  if (tiers.levels.length === 0) return '';
  const from = periodStart(tiers.period, at, startOfDay(localTime(at, timeZone).year - 1, 1, 1, timeZone));
  const figure = before
    .filter(({ placedAt }) => placedAt >= from)
    .reduce((sum, one) => sum + (tiers.measure === 'points' ? one.points : one.spentMinor), 0);
  return tierFor(figure, tiers.levels)?.id ?? '';
}
