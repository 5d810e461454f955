import { at, basketsOf, type History, itemsOf } from '../engine/history.ts';

/** How a product comes back to its buyers. */
export interface Rhythm {
  /** share of its buyers' later baskets that hold it again */
  readonly rate: Float32Array;
  /** mean days between two purchases of one customer, 0 where nobody bought it twice */
  readonly gapDays: Float32Array;
}

const day = 86_400_000;
/** An average product's rate counts as much as this many chances of its own. */
const priorChances = 20;

/** Counts both from the customers' baskets, oldest first; the rate is shrunk towards the shop's average. */
export function countRhythm(history: History): Rhythm {
  const n = history.items.length;
  const again = new Float64Array(n);
  const chances = new Float64Array(n);
  const days = new Float64Array(n);
  let [allAgain, allChances] = [0, 0];
  for (let customer = 0; customer < history.customers.length; customer += 1) {
    const baskets = basketsOf(history, customer);
    const known = new Map<number, { first: number; last: number }>();
    baskets.forEach((basket, place) => {
      const moment = at(history.basketAt, basket);
      for (const item of itemsOf(history, basket)) {
        const before = known.get(item);
        if (before === undefined) known.set(item, { first: place, last: moment });
        else {
          again[item] = at(again, item) + 1;
          days[item] = at(days, item) + (moment - before.last) / day;
          before.last = moment;
          allAgain += 1;
        }
      }
    });
    for (const [item, { first }] of known) {
      chances[item] = at(chances, item) + baskets.length - 1 - first;
      allChances += baskets.length - 1 - first;
    }
  }
  const average = allChances === 0 ? 0 : allAgain / allChances;
  const rate = new Float32Array(n);
  const gapDays = new Float32Array(n);
  for (let item = 0; item < n; item += 1) {
    rate[item] = (at(again, item) + priorChances * average) / (at(chances, item) + priorChances);
    gapDays[item] = at(again, item) === 0 ? 0 : at(days, item) / at(again, item);
  }
  return { rate, gapDays };
}

/** Fewer of a product's buyers come back for it: it lasts. */
const durableBelow = 0.05;
/** A product is offered again from this share of its usual pause on. */
const soonEnough = 0.7;
/** Beyond two weeks whole weeks say enough, and a training that learns a day more or less changes nothing. */
const daysInWeek = 7;

/** When a product may be suggested again to a customer who has it. */
export interface Again {
  /** whole days after the purchase */
  readonly days: number;
  /** it lasts: who bought it once has it */
  readonly lasts: boolean;
}

/** What a product's rhythm means for those who have it; the storefront's templates read this by the same rule. */
export function againOf(rhythm: { readonly repeatRate: number; readonly gapDays: number }): Again {
  const pause = soonEnough * rhythm.gapDays;
  const step = pause < 2 * daysInWeek ? 1 : daysInWeek;
  return { days: Math.round(pause / step) * step, lasts: rhythm.repeatRate < durableBelow };
}

/** Of what a customer bought, the products that need not be shown to them now; one of unknown rhythm may be. */
export function ownedNow(
  bought: readonly { readonly productId: string; readonly times: number; readonly lastAt: Date }[],
  rhythms: ReadonlyMap<string, Parameters<typeof mayReturn>[0]>,
  now: Date,
): Set<string> {
  const blocked = bought.filter(({ productId, times, lastAt }) => {
    const rhythm = rhythms.get(productId);
    return rhythm !== undefined && !mayReturn(rhythm, times, lastAt, now);
  });
  return new Set(blocked.map((one) => one.productId));
}

/**
 * Whether a product that the customer has may be suggested to them: used up and due again, yes; not due yet, or
 * made to last, no. One that they bought again comes back, whatever others do.
 * @param times how often they bought it
 */
export function mayReturn(
  rhythm: { readonly repeatRate: number; readonly gapDays: number },
  times: number,
  lastBoughtAt: Date,
  now: Date,
): boolean {
  const { days, lasts } = againOf(rhythm);
  if (lasts && times < 2) return false;
  return now.getTime() - lastBoughtAt.getTime() >= days * day;
}
