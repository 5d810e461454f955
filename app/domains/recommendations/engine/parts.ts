import type { LinearModel } from './ease.ts';
import type { History } from './history.ts';
import type { Neighbours } from './neighbours.ts';
import { popularityAt } from './popularity.ts';
import type { Profile, Question } from './question.ts';

/** Everything that was counted on one history; what the sources read. */
export interface Parts {
  readonly history: History;
  readonly neighbours: Neighbours;
  readonly linear: LinearModel | null;
  readonly content: ContentNeighbours;
  /** how often each product comes back, see `countRepeats` */
  readonly repeats: Float32Array;
  /** popularity by the day of asking, remembered because questions come in runs */
  popularity(moment: number, days: number): Float32Array;
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

/** Popularity at the start of the moment's UTC day, the latest few days kept. */
export function rememberPopularity(history: History): Parts['popularity'] {
  const known = new Map<string, Float32Array>();
  return (moment, days) => {
    const start = Math.floor(moment / 86_400_000) * 86_400_000;
    const key = `${start}/${days}`;
    let shares = known.get(key);
    if (shares === undefined) {
      shares = popularityAt(history, start, days);
      if (known.size >= rememberedDays) known.delete(known.keys().next().value ?? '');
      known.set(key, shares);
    }
    return shares;
  };
}
