import type { SourceId } from '../model.ts';
import { sources } from '../sources/index.ts';
import type { Head } from './head.ts';
import type { Sold } from './voice.ts';

export type Hearing = Readonly<Record<SourceId, (value: number) => number>>;

/** How loud each source's value speaks with the learnt weights: weight × log(1 + value / floor), as in the engine. */
export function hearing(weights: Head['weights']): Hearing {
  const entries = sources.map(({ id, floor }) => {
    const weight = weights[id] ?? 0;
    return [id, weight === 0 ? () => 0 : (value: number) => (value > 0 ? weight * Math.log(1 + value / floor) : 0)];
  });
  return Object.fromEntries(entries) as Hearing;
}

/** What popularity says of a product that sells so. */
export function soldVoice(hear: Hearing, [week, month, season, lastYear]: Sold): number {
  return hear.trending(week) + hear.popular(month) + hear.established(season) + hear['last-year'](lastYear);
}
