import type { ExportResource } from '#app/platforms/platform.ts';
import type {
  ArrivalSpan,
  ArrivalSums,
  CompletenessProblem,
  CompletenessReport,
  HourOfArrivals,
  Mend,
  RecordSums,
  Window,
} from './model.ts';

const hourMs = 3_600_000;
const resources: readonly ExportResource[] = ['orders', 'products', 'customers'];

/** Length of a window, and how many hours one bar of its chart stands for. */
const shapes: Readonly<Record<Window, { hours: number; step: number }>> = {
  '24h': { hours: 24, step: 1 },
  '7d': { hours: 7 * 24, step: 6 },
  '30d': { hours: 30 * 24, step: 24 },
};

/** Below this many a share says little. */
const enough = 20;
const wantedShare = 0.99;

const startOfHour = (at: Date): number => Math.floor(at.getTime() / hourMs) * hourMs;

/** The first moment of a window: whole hours, the one that runs included. */
export function startOfWindow(window: Window, now: Date): Date {
  return new Date(startOfHour(now) - (shapes[window].hours - 1) * hourMs);
}

function sum(hours: readonly HourOfArrivals[]): ArrivalSums {
  return {
    arrived: hours.reduce((total, one) => total + one.arrived, 0),
    inTime: hours.reduce((total, one) => total + one.inTime, 0),
    refilled: hours.reduce((total, one) => total + one.refilled, 0),
    slowestSeconds: hours.reduce((slowest, one) => Math.max(slowest, one.slowestSeconds), 0),
  };
}

/** Nothing came. */
export const nothing: ArrivalSums = { arrived: 0, inTime: 0, refilled: 0, slowestSeconds: 0 };

/** Share of one that came within five minutes; null where nothing came. Never rounded up to all of it. */
export function shareInTime({ arrived, inTime }: Pick<ArrivalSums, 'arrived' | 'inTime'>): number | null {
  return arrived === 0 ? null : inTime / arrived;
}

/** What tells whether something is wrong now. */
export interface Standing {
  /** of the last 24 hours */
  readonly orders: ArrivalSums;
  readonly mends: readonly Mend[];
  readonly checkedUntil: Date | null;
  /** reconciliation that has not come through for longer than this is a problem, milliseconds */
  readonly checkWithinMs: number;
  readonly now: Date;
}

interface Facts extends Standing {
  /** of the window or longer, in any order */
  readonly hours: readonly HourOfArrivals[];
  /** of the window; a kind of which nothing came is left out */
  readonly records: readonly RecordSums[];
  readonly comparedAt: Date | null;
  readonly ordersLeftOut: number;
}

/** Sums up what came within a window, and says what is wrong now. */
export function completenessOf(window: Window, facts: Facts): CompletenessReport {
  const { now } = facts;
  const from = startOfWindow(window, now).getTime();
  const within = facts.hours.filter(({ at }) => at.getTime() >= from && at <= now);
  const mends = facts.mends.filter(({ at }) => at.getTime() >= from);
  const { hours, step } = shapes[window];
  const spans = Array.from({ length: hours / step }, (_, index): ArrivalSpan => {
    const begin = from + index * step * hourMs;
    const end = begin + step * hourMs;
    const part = within.filter(({ at }) => at.getTime() >= begin && at.getTime() < end);
    return { from: new Date(begin), until: new Date(end), ...sum(part) };
  });
  return {
    window,
    resources: resources.map(
      (resource) => facts.records.find((one) => one.resource === resource) ?? { resource, ...nothing },
    ),
    spans,
    webhooksMended: mends.reduce((total, one) => total + one.webhooks, 0),
    deletedFound: mends.reduce((total, one) => total + one.deleted, 0),
    ordersLeftOut: facts.ordersLeftOut,
    checkedUntil: facts.checkedUntil,
    comparedAt: facts.comparedAt,
    problems: problemsOf(facts),
  };
}

/** What is wrong by the last 24 hours, whatever window is looked at. */
export function problemsOf(standing: Standing): CompletenessProblem[] {
  const from = startOfWindow('24h', standing.now).getTime();
  const { orders } = standing;
  const share = shareInTime(orders);
  const isLate = share !== null && orders.arrived >= enough && share < wantedShare;
  const isMended = standing.mends.some(({ at, webhooks }) => webhooks > 0 && at.getTime() >= from);
  const { checkedUntil, now, checkWithinMs } = standing;
  const isUnchecked = checkedUntil !== null && now.getTime() - checkedUntil.getTime() > checkWithinMs;
  return [
    ...(isLate ? (['late'] as const) : []),
    ...(isMended ? (['webhooks'] as const) : []),
    ...(isUnchecked ? (['unchecked'] as const) : []),
  ];
}
