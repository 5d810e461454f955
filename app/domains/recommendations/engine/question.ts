import type { AskingSurface } from '../model.ts';
import { at, basketsOf, type History, itemsOf } from './history.ts';

/** One question to the model. */
export interface Question {
  readonly surface: AskingSurface;
  /** ms since 1970; only orders before it are looked at */
  readonly moment: number;
  /** number of the customer, -1 when unknown */
  readonly customer: number;
  /** items in the basket, without repeats */
  readonly basket: readonly number[];
}

/** The customer's past as the sources want it. */
export interface Profile {
  readonly baskets: number;
  readonly items: Int32Array;
  /** in how many of the customer's baskets */
  readonly count: Float32Array;
  /** the same, each basket weighing exp(-age / 60 days) */
  readonly recent: Float32Array;
  /** weight of all baskets by age, for the share */
  readonly recentTotal: number;
  /** 0.8 to the power of how many baskets ago it was bought last */
  readonly latest: Float32Array;
}

const fadeDays = 60;
const latestFade = 0.8;

/** Collects what the customer bought before the moment. Empty for guests. */
export function profileOf(history: History, customer: number, moment: number): Profile {
  const places = new Map<number, number>();
  const count: number[] = [];
  const recent: number[] = [];
  const latest: number[] = [];
  let recentTotal = 0;
  let baskets = 0;
  const all = customer < 0 ? new Int32Array(0) : basketsOf(history, customer);
  for (let k = all.length - 1; k >= 0; k -= 1) {
    const basket = at(all, k);
    if (at(history.basketAt, basket) >= moment) continue;
    const weight = Math.exp((at(history.basketAt, basket) - moment) / (fadeDays * 86_400_000));
    recentTotal += weight;
    for (const item of itemsOf(history, basket)) {
      let place = places.get(item);
      if (place === undefined) {
        places.set(item, (place = places.size));
        latest[place] = latestFade ** baskets;
      }
      count[place] = (count[place] ?? 0) + 1;
      recent[place] = (recent[place] ?? 0) + weight;
    }
    baskets += 1;
  }
  return {
    baskets,
    items: Int32Array.from(places.keys()),
    count: Float32Array.from(count),
    recent: Float32Array.from(recent),
    recentTotal,
    latest: Float32Array.from(latest),
  };
}
