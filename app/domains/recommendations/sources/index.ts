import { basketModel, basketNeighbours, together } from './basket.ts';
import { content } from './content.ts';
import { ownHabit, ownLatest, ownRecent, ownReplenished } from './own.ts';
import { established, lastYear, popular, popularAmong, trending } from './popular.ts';
import { prior } from './prior.ts';
import type { Source } from './source.ts';
import { taste, tasteBaskets, tasteNeighbours } from './taste.ts';

/** All voices of the blend. A new one is a file and a line here. */
export const sources: readonly Source[] = [
  together,
  basketModel,
  basketNeighbours,
  taste,
  tasteNeighbours,
  tasteBaskets,
  ownHabit,
  ownRecent,
  ownLatest,
  ownReplenished,
  content,
  prior,
  trending,
  popular,
  established,
  lastYear,
  popularAmong,
];
