import { type DefaultWords, defaultTierIds, defaultWords } from './default-words.ts';
import type { ProgrammeSettings } from './model.ts';
import type { Reward } from './rewards/registry.ts';

/** What is known of the shop's business. */
export interface Business {
  readonly currency: string;
  /** digits after the decimal point */
  readonly digits: number;
  /** of the usual order, minor units; null before the first order */
  readonly averageOrderMinor: number | null;
  /** gross margin, basis points */
  readonly marginBps: number;
  /** gross margin below which no order may fall, basis points */
  readonly minMarginBps: number;
  /** an amount as the store writes it */
  readonly write: (minor: number) => string;
  /** of the merchant; left out = English */
  readonly words?: DefaultWords;
}

/** Share of the margin above the merchant's floor that the programme gives back. Half of it is the most that a loyal customer can ask for. */
const shareOfMargin = 0.1;
const [leastBackBps, mostBackBps] = [100, 800];
/** Points for joining, at most. */
const mostJoining = 100_000;

/**
 * A programme that suits the shop: one point for each unit of its currency (for each 100 where units are small), points
 * for joining and three tiers and rewards. What comes back to the customer is a tenth of the margin above the floor,
 * between 1 % and 8 % of what was paid.
 */
export function defaultProgramme(business: Business): ProgrammeSettings {
  const { currency, digits, marginBps, minMarginBps, words = defaultWords.en } = business;
  // A unit of a currency without minor units (yen, won) buys next to nothing.
  const perMinor = digits === 0 ? 100 : 10 ** digits;
  const average = business.averageOrderMinor ?? 50 * perMinor;
  const backBps = Math.min(mostBackBps, Math.max(leastBackBps, Math.round((marginBps - minMarginBps) * shareOfMargin)));
  const rewards = [0.25, 0.5, 1].map((orders, index): Reward => {
    // The small one soon: after about two orders the first reward is within reach.
    const minor = roundToNice((average * orders * backBps * 8) / 10_000, perMinor);
    return {
      id: `amount-${String(index + 1)}`,
      kind: 'amount',
      on: true,
      title: words.off(business.write(minor)),
      cost: Math.max(10, Math.round((minor * 1_000) / backBps / perMinor) * 10),
      validDays: 90,
      minor,
      minSubtotalMinor: minor * 2,
    };
  });
  const level = (id: string, name: string, orders: number, multiplierBps: number, entryPoints: number) => ({
    id,
    name,
    at: orders === 0 ? 0 : Math.max(10 * orders, roundToNice((average * orders) / perMinor, 10)),
    multiplierBps,
    entryPoints,
    freeShipping: false,
    perks: [],
  });
  const [lowest, middle, highest] = defaultTierIds;
  const joining = Math.min(mostJoining, Math.max(10, Math.round(average / perMinor / 2 / 10) * 10));
  return {
    pointsName: words.points,
    pointName: words.point,
    currency,
    enrolment: 'all',
    pastDays: 30,
    pendingDays: 14,
    expiry: { type: 'after', months: 12 },
    warnDays: [30, 7],
    rules: [
      { id: 'money', kind: 'amount', on: true, points: 1, perMinor },
      { id: 'sign-up', kind: 'sign-up', on: true, points: joining },
      { id: 'birthday', kind: 'birthday', on: true, points: joining },
    ],
    caps: { perDay: null, perYear: null },
    tiers: {
      measure: 'points',
      period: 'rolling',
      graceDays: 30,
      levels: [
        level(lowest, words.tiers[0], 0, 10_000, 0),
        level(middle, words.tiers[1], 4, 12_500, joining),
        level(highest, words.tiers[2], 10, 15_000, joining * 2),
      ],
    },
    exclusives: [],
    rewards: rewards.filter(({ cost }, index) => rewards.findIndex((one) => one.cost === cost) === index),
    rates: {},
    holdoutBps: 500,
  };
}

/** Rounds to 1, 2, 2.5, 5 or 10 times a power of ten of `unit`, and to at least one. */
function roundToNice(value: number, unit: number): number {
  const units = Math.max(1, value / unit);
  const scale = 10 ** Math.floor(Math.log10(units));
  const nice = [1, 2, 2.5, 5, 10].map((step) => step * scale).filter((one) => Number.isInteger(one * unit));
  const best = nice.toSorted((a, b) => Math.abs(a - units) - Math.abs(b - units))[0] ?? 1;
  return Math.round(best * unit);
}
