import { isHeldOut } from '#app/shared/assignment.ts';
import { localDay } from './local-time.ts';
import { type ProgrammeVersion, versionAt } from './model.ts';
import {
  keptLines,
  type MirroredLine,
  type MirroredSums,
  type OrderPoints,
  pointsOfOrder,
  type Reason,
} from './points-of-order.ts';
import { spentOf } from './tiers/spent.ts';

/** An order of the customer as the mirror holds it now, with what was noted when it first earned. */
export interface PastOrder extends MirroredSums {
  readonly id: string;
  readonly placedAt: Date;
  readonly currency: string;
  readonly lines: readonly MirroredLine[];
  /** id of the tier when the order arrived; '' = none */
  readonly tier: string;
}

/** What is known of the customer beside the orders. */
export interface EarningCustomer {
  readonly id: string;
  /** null = does not take part */
  readonly joinedAt: Date | null;
  readonly since: Date | null;
  /** kept orders older than the ones given */
  readonly ordersBefore: number;
  readonly lastOrderAt: Date | null;
  /** of those, since the programme began, with a subscription; left out = none */
  readonly subscriptionsBefore?: number;
}

export interface Earned extends OrderPoints {
  readonly version: ProgrammeVersion;
  /** what the order counts for tiers that are reached by money, minor units of the programme's currency */
  readonly spentMinor: number;
}

export interface ProgrammeRules {
  /** oldest first */
  readonly versions: readonly ProgrammeVersion[];
  readonly salt: string;
  /** IANA */
  readonly timeZone: string;
}

const day = 86_400_000;

/** An order that has earned; money in minor units of the programme's currency. */
export interface Given {
  readonly placedAt: Date;
  readonly points: number;
  readonly spentMinor: number;
}

/**
 * What each order of one customer earns, by the rules of the moment in which it was placed. A function of the orders as
 * they stand now: in which order news of them arrived, or how often, makes no difference. Orders that earn nothing by any
 * version are left out.
 * @param orders in any order, from the beginning of the first version on
 * @param before what older orders of the same year have given, where limits count it
 * @param tierAt tells the tier at an order from what earned before it, where nobody has noted it
 */
export function earnHistory(
  orders: readonly PastOrder[],
  customer: EarningCustomer,
  rules: ProgrammeRules,
  before: readonly { readonly version: number; readonly placedAt: Date; readonly points: number }[] = [],
  tierAt?: (placedAt: Date, before: readonly Given[]) => string,
): Map<string, Earned> {
  const earned = new Map<string, Earned>();
  const used = new Map<string, number>();
  for (const { version, placedAt, points } of before) {
    const caps = rules.versions.find((one) => one.version === version)?.settings.caps;
    if (caps && (caps.perDay !== null || caps.perYear !== null)) count(used, keysOf(placedAt, rules.timeZone), points);
  }
  let { ordersBefore, lastOrderAt, subscriptionsBefore = 0 } = customer;
  const given: Given[] = [];
  for (const order of orders.toSorted(byTime)) {
    const lines = keptLines(order, order.lines);
    if (lines === null) continue;
    const version = takesPart(customer, order.placedAt, rules);
    if (version) {
      const { settings } = version;
      const tierId = tierAt ? tierAt(order.placedAt, given) : order.tier;
      const tier = settings.tiers.levels.find(({ id }) => id === tierId);
      const uncapped = pointsOfOrder(
        {
          ...order,
          lines,
          timeZone: rules.timeZone,
          ordersBefore,
          lastOrderAt,
          subscriptionsBefore,
          customerSince: customer.since,
          tierBps: tier?.multiplierBps ?? null,
        },
        settings,
      );
      const found = capped(uncapped, order.placedAt, version, rules.timeZone, used);
      const spentMinor = spentOf(lines, order.currency, settings);
      earned.set(order.id, { version, ...found, spentMinor });
      given.push({ placedAt: order.placedAt, points: found.points, spentMinor });
    }
    ordersBefore += 1;
    lastOrderAt = order.placedAt;
    if (lines.some(({ subscription }) => subscription)) subscriptionsBefore += 1;
  }
  return earned;
}

const byTime = (a: PastOrder, b: PastOrder): number =>
  a.placedAt.getTime() - b.placedAt.getTime() || (a.id < b.id ? -1 : 1);

/** The version by which an order of the customer earns, or null where it does not. */
export function takesPart(
  customer: Pick<EarningCustomer, 'id' | 'joinedAt'>,
  placedAt: Date,
  { versions, salt }: Pick<ProgrammeRules, 'versions' | 'salt'>,
): ProgrammeVersion | null {
  const version = versionAt(versions, placedAt);
  if (!version || isHeldOut(customer.id, salt, version.settings.holdoutBps)) return null;
  const { enrolment, pastDays } = version.settings;
  if (enrolment === 'all') return version;
  if (customer.joinedAt === null) return null;
  return placedAt.getTime() >= customer.joinedAt.getTime() - pastDays * day ? version : null;
}

/** Takes off what a limit of the day or the year leaves no room for; `used` counts what earlier orders took. */
function capped(
  { points, reasons }: OrderPoints,
  placedAt: Date,
  { settings }: ProgrammeVersion,
  timeZone: string,
  used: Map<string, number>,
): OrderPoints {
  const { perDay, perYear } = settings.caps;
  if (points === 0 || (perDay === null && perYear === null)) return { points, reasons };
  const [day, year] = keysOf(placedAt, timeZone);
  const limits = [
    { key: day, most: perDay },
    { key: year, most: perYear },
  ];
  const room = limits.map(({ key, most }) => (most === null ? Infinity : Math.max(0, most - (used.get(key) ?? 0))));
  const given = Math.min(points, ...room);
  count(used, [day, year], given);
  if (given === points) return { points, reasons };
  const cap: Reason = { rule: 'cap', kind: 'cap', points: given - points };
  return { points: given, reasons: [...reasons, cap] };
}

/** The day and the year that an order counts in. */
function keysOf(placedAt: Date, timeZone: string): readonly [day: string, year: string] {
  const date = localDay(placedAt, timeZone);
  return [date, date.slice(0, 4)];
}

function count(used: Map<string, number>, keys: readonly string[], points: number): void {
  for (const key of keys) used.set(key, (used.get(key) ?? 0) + points);
}
