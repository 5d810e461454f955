import type { LinearModel } from './ease.ts';
import type { History } from './history.ts';
import { createNearBaskets, type NearBaskets } from './near-baskets.ts';
import type { Neighbours } from './neighbours.ts';
import { type Days, popularityAt } from './popularity.ts';
import { createPriorShares, type Prior, type PriorShares } from './prior.ts';
import type { Profile, Question } from './question.ts';
import type { Repeats } from './repeats.ts';

/** Everything that was counted on one history: arrays alone, so that threads can share it. */
export interface CountedParts {
  readonly history: History;
  readonly neighbours: Neighbours;
  readonly linear: LinearModel | null;
  readonly content: ContentNeighbours;
  readonly prior: Prior;
  readonly repeats: Repeats;
  readonly days: Days;
}

/** What the sources read. */
export interface Parts extends CountedParts {
  /** popularity by the day of asking, remembered because questions come in runs */
  popularity(moment: number, days: number): Float32Array;
  readonly nearBaskets: NearBaskets;
  readonly priorShares: PriorShares;
  /** a basket that is to be unknown, -1 = none; see `partsWithout` */
  readonly leftOut: number;
}

/** For each item the others that look like it on paper (type, tags, vendor, price, words of the title). */
export interface ContentNeighbours {
  readonly start: Int32Array;
  readonly item: Int32Array;
  readonly likeness: Float32Array;
}

/** What a source is asked. */
export interface Asked {
  readonly question: Question;
  readonly profile: Profile;
}

const rememberedDays = 64;

/** Adds popularity at the start of the moment's UTC day, the latest few days kept. */
export function withPopularity(counted: CountedParts): Parts {
  const known = new Map<string, Float32Array>();
  const popularity = (moment: number, days: number) => {
    const start = Math.floor(moment / 86_400_000) * 86_400_000;
    const key = `${start}/${days}`;
    let shares = known.get(key);
    if (shares === undefined) {
      shares = popularityAt(counted.days, counted.history.items.length, start, days);
      if (known.size >= rememberedDays) known.delete(known.keys().next().value ?? '');
      known.set(key, shares);
    }
    return shares;
  };
  return {
    ...counted,
    popularity,
    nearBaskets: createNearBaskets(counted.history),
    priorShares: createPriorShares(counted.prior, counted.days),
    leftOut: -1,
  };
}

/** The same for another thread: names do not travel, questions are asked in numbers. */
export function forThreads(parts: CountedParts): CountedParts {
  const { history, neighbours, linear, content, prior, repeats, days } = parts;
  return {
    history: {
      ...history,
      items: new Array<string>(history.items.length),
      itemIndex: new Map(),
      customers: new Array<string>(history.customers.length),
      customerIndex: new Map(),
    },
    neighbours,
    linear,
    content,
    prior,
    repeats,
    days,
  };
}
