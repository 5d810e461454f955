import { at } from '../engine/history.ts';
import { openPairChances } from '../engine/prior.ts';
import type { Model } from '../engine/train-model.ts';
import type { BlendId } from '../model.ts';
import { sources } from '../sources/index.ts';
import { type Head, windowDays } from './head.ts';
import { type Hearing, hearing, soldVoice } from './hear.ts';
import type { Sold } from './voice.ts';

/** What the carts of one blend are ranked by besides what their products say. */
interface CartGround {
  readonly weights: Head['weights'];
  readonly hear: Hearing;
  readonly sold: (item: number) => Sold;
  readonly chances: ReturnType<typeof openPairChances>;
  /** by item number: its score in a cart that says nothing of it */
  readonly alone: Float64Array;
}

/** Carts are answered as of the day after the last order. */
export const cartMoment = ({ parts: { history } }: Model): number => (history.basketAt.at(-1) ?? 0) + 86_400_000;

export function cartGround(model: Model, blend: BlendId): CartGround {
  const { parts } = model;
  const n = parts.history.items.length;
  const moment = cartMoment(model);
  const [week, month, season] = windowDays.map((days) => parts.popularity(moment, days));
  const lastYear = parts.popularityLastYear(moment);
  const sold = (item: number): Sold => [
    week?.[item] ?? 0,
    month?.[item] ?? 0,
    season?.[item] ?? 0,
    lastYear?.[item] ?? 0,
  ];
  const chances = openPairChances(parts, moment);
  const weights = {
    ...Object.fromEntries(sources.map(({ id }, index) => [id, at(model.weights[blend], index)])),
    // A prior that has nothing to say would still be heard for products that no voice names.
    ...(chances === null ? { prior: 0 } : {}),
  };
  const hear = hearing(weights);
  // As `prepareRanking` ranks what stands alone: the prior knows nothing of such a product but how it sells.
  const alone = Float64Array.from({ length: n }, (_, item) => {
    const own = sold(item);
    return soldVoice(hear, own) + hear.prior(own[2]);
  });
  return { weights, hear, sold, chances, alone };
}
