import type { CustomerGroups } from './customer-groups.ts';
import type { LinearModel } from './ease.ts';
import { popularityAmong } from './group-popularity.ts';
import type { History } from './history.ts';
import { createNearBaskets, type NearBaskets } from './near-baskets.ts';
import type { Neighbours } from './neighbours.ts';
import { dayMs, type Days, popularityAt, popularityLastYear } from './popularity.ts';
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
  readonly groups: CustomerGroups;
}

/** What the sources read. */
export interface Parts extends CountedParts {
  /** popularity by the day of asking, remembered because questions come in runs */
  popularity(moment: number, days: number): Float32Array;
  /** the same of these weeks a year before; null where the shop's history does not reach so far back */
  popularityLastYear(moment: number): Float32Array | null;
  /** the same among the customers of one of `groups` */
  popularityAmong(moment: number, group: number): Float32Array;
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
  const { days: sold, groups, history } = counted;
  const items = history.items.length;
  const shares = remember<Float32Array>();
  const lastYears = remember<Float32Array | null>();
  const startOf = (moment: number) => Math.floor(moment / dayMs) * dayMs;
  const popularity = (moment: number, days: number) => {
    const start = startOf(moment);
    return shares(`${start}/${days}`, () => popularityAt(sold, items, start, days));
  };
  return {
    ...counted,
    popularity,
    popularityLastYear(moment) {
      const start = startOf(moment);
      return lastYears(`${start}`, () => popularityLastYear(sold, items, start));
    },
    popularityAmong(moment, group) {
      const start = startOf(moment);
      const ofShop = (days: number) => popularity(start, days);
      return shares(`${start} ${group}`, () => popularityAmong(groups.sold, group, start, ofShop));
    },
    nearBaskets: createNearBaskets(history),
    priorShares: createPriorShares(counted.prior, sold),
    leftOut: -1,
  };
}

/** The latest few of what was made. */
function remember<Value>(): (key: string, make: () => Value) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (key, make) => {
    const held = known.get(key) ?? { value: make() };
    if (!known.has(key) && known.size >= rememberedDays) known.delete(known.keys().next().value ?? '');
    known.set(key, held);
    return held.value;
  };
}

/** The same for another thread: names do not travel, questions are asked in numbers. */
export function forThreads(parts: CountedParts): CountedParts {
  const { history, neighbours, linear, content, prior, repeats, days, groups } = parts;
  return { history: nameless(history), neighbours, linear, content, prior, repeats, days, groups };
}

/** A history without its names. */
export const nameless = (history: History): History => ({
  ...history,
  items: new Array<string>(history.items.length),
  itemIndex: new Map(),
  customers: new Array<string>(history.customers.length),
  customerIndex: new Map(),
});
