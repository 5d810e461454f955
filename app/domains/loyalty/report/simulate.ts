import { type EarningCustomer, earnHistory, type Given, type PastOrder, type ProgrammeRules } from '../earn-history.ts';
import { localDay } from '../local-time.ts';
import type { ProgrammeSettings } from '../model.ts';
import { periodOf } from '../tiers/period.ts';
import { tierFor } from '../tiers/rules.ts';

/** What the programme would have given on past orders; money in minor units of the programme's currency. */
export interface Simulation {
  readonly customers: number;
  /** who would have earned something */
  readonly earners: number;
  readonly orders: number;
  /** on goods that earn, as tiers count them */
  readonly spentMinor: number;
  /** all of them: for orders and, as far as the past tells, for the rest */
  readonly points: number;
  /** of those, for signing up, of customers who have ordered */
  readonly signUpPoints: number;
  /** of those, for reaching tiers */
  readonly entryPoints: number;
  /** of those, for a birthday of members who have told it */
  readonly birthdayPoints: number;
  /** customers whose birthday is known */
  readonly birthdays: number;
  /** orders that a tier would have freed from shipping costs */
  readonly freedOrders: number;
  /** points with a known day by month, `YYYY-MM` */
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
  signUpPoints: 0,
  entryPoints: 0,
  birthdayPoints: 0,
  birthdays: 0,
  freedOrders: 0,
  months: {},
  tiers: {},
  withReward: 0,
};

export interface Simulated {
  readonly settings: ProgrammeSettings;
  readonly since: Date;
  /** a year later: everybody has one birthday in it */
  readonly until: Date;
  readonly timeZone: string;
}

/** A customer of the past; `birthday`: a member who has told it. */
export interface SimulatedCustomer extends EarningCustomer {
  readonly birthday?: boolean;
}

interface Gained {
  readonly at: Date;
  readonly points: number;
}

/**
 * Adds what one customer's orders would have earned, and what would have been given for signing up, for reaching tiers and
 * for the birthday. Who would have had to join is taken to have joined.
 * @param since the programme would have begun
 */
export function simulateCustomer(
  sum: Simulation,
  orders: readonly Omit<PastOrder, 'tier'>[],
  customer: SimulatedCustomer,
  { settings, since, until, timeZone }: Simulated,
): Simulation {
  const rules: ProgrammeRules = {
    versions: [{ version: 0, settings: { ...settings, holdoutBps: 0 }, from: since, until: null }],
    salt: '',
    timeZone,
  };
  const signUp = signUpOf(customer, orders, settings, { since, until });
  const beside = signUp.map(({ at, points }): Given => ({ placedAt: at, points, spentMinor: 0 }));
  const levels = settings.tiers.levels;
  let freedOrders = 0;
  const earned = earnHistory(
    orders.map((order) => ({ ...order, tier: '' })),
    { ...customer, joinedAt: since },
    rules,
    [],
    (placedAt, before) => {
      const tier = tierOf(placedAt, [...beside, ...before], settings, timeZone);
      if (levels.some(({ id, freeShipping }) => id === tier && freeShipping)) freedOrders += 1;
      return tier;
    },
  );
  const all = orders
    .flatMap(({ id, placedAt }): Given[] => {
      const one = earned.get(id);
      return one ? [{ placedAt, points: one.points, spentMinor: one.spentMinor }] : [];
    })
    .toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime());
  const entries = all.length === 0 && signUp.length === 0 ? [] : entriesOf([...beside, ...all], settings, timeZone);
  const birthday = settings.rules.find((rule) => rule.kind === 'birthday' && rule.on);
  const birthdayPoints = customer.birthday && birthday?.kind === 'birthday' ? birthday.points : 0;
  const total = (gained: readonly { readonly points: number }[]) => gained.reduce((one, { points }) => one + points, 0);
  const dated: Gained[] = [...all.map(({ placedAt, points }) => ({ at: placedAt, points })), ...signUp, ...entries];
  const points = total(dated) + birthdayPoints;
  const months = { ...sum.months };
  for (const one of dated) {
    const month = localDay(one.at, timeZone).slice(0, 7);
    months[month] = (months[month] ?? 0) + one.points;
  }
  const tier = tierOf(until, [...beside, ...all], settings, timeZone);
  const cheapest = Math.min(...settings.rewards.filter(({ on }) => on).map(({ cost }) => cost));
  return {
    customers: sum.customers + 1,
    earners: sum.earners + (points > 0 ? 1 : 0),
    orders: sum.orders + earned.size,
    spentMinor: sum.spentMinor + all.reduce((spent, { spentMinor }) => spent + spentMinor, 0),
    points: sum.points + points,
    signUpPoints: sum.signUpPoints + total(signUp),
    entryPoints: sum.entryPoints + total(entries),
    birthdayPoints: sum.birthdayPoints + birthdayPoints,
    birthdays: sum.birthdays + (customer.birthday ? 1 : 0),
    freedOrders: sum.freedOrders + freedOrders,
    months,
    tiers: { ...sum.tiers, [tier]: (sum.tiers[tier] ?? 0) + 1 },
    withReward: sum.withReward + (points >= cheapest ? 1 : 0),
  };
}

/** Points for signing up: of accounts made in the time, or, where customers ask to join, with the first order. */
function signUpOf(
  { since: accountSince }: EarningCustomer,
  orders: readonly Pick<PastOrder, 'placedAt'>[],
  { rules, enrolment }: ProgrammeSettings,
  { since, until }: Pick<Simulated, 'since' | 'until'>,
): Gained[] {
  const rule = rules.find((one) => one.kind === 'sign-up' && one.on);
  if (rule?.kind !== 'sign-up') return [];
  if (enrolment === 'join') {
    const first = Math.min(...orders.map(({ placedAt }) => placedAt.getTime()));
    return Number.isFinite(first) ? [{ at: new Date(first), points: rule.points }] : [];
  }
  const inTime = accountSince !== null && accountSince >= since && accountSince <= until;
  return inTime ? [{ at: accountSince, points: rule.points }] : [];
}

/** Points for reaching tiers, each once, when what was gained until then is first enough; who skips one has reached it. */
function entriesOf(gained: readonly Given[], settings: ProgrammeSettings, timeZone: string): Gained[] {
  const { levels } = settings.tiers;
  const entries: Gained[] = [];
  let next = 0;
  const inOrder = gained.toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime());
  inOrder.forEach(({ placedAt: at }, index) => {
    const tier = tierOf(at, inOrder.slice(0, index + 1), settings, timeZone);
    const reached = levels.findIndex(({ id }) => id === tier);
    for (; next <= reached; next += 1) entries.push({ at, points: levels[next]?.entryPoints ?? 0 });
  });
  return entries.filter(({ points }) => points > 0);
}

/** The tier by what was gained before a moment, without days of grace. */
function tierOf(at: Date, before: readonly Given[], settings: ProgrammeSettings, timeZone: string): string {
  const { levels, measure } = settings.tiers;
  if (levels.length === 0) return '';
  const figures = periodOf(settings, at, timeZone).spans.map(({ since, until }) =>
    before
      .filter(({ placedAt }) => placedAt >= since && placedAt <= (until ?? at))
      .reduce((sum, one) => sum + (measure === 'points' ? one.points : one.spentMinor), 0),
  );
  return tierFor(Math.max(...figures), levels)?.id ?? '';
}
