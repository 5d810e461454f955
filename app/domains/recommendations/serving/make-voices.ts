import { linearWeight } from '../engine/ease.ts';
import { at, countItems } from '../engine/history.ts';
import type { Model } from '../engine/train-model.ts';
import { sources } from '../sources/index.ts';
import type { VoiceRow } from '../version-store.ts';
import { type Head, windowDays } from './head.ts';
import { chooseCandidates, kept, type VoiceCandidate } from './choose-candidates.ts';
import { hearing, soldVoice } from './hear.ts';
import { countRhythm } from './rhythm.ts';
import { packVoice } from './voice.ts';

/** Popular products that a cart is completed with; more than any cart and any list hold. */
const keptPopular = 200;
/** A weight of the linear model above this makes a candidate of a product that nothing else speaks for. */
const leastLinear = 0.004;

/**
 * What carts are answered from, one row for each product and one for all (`''`, first). Work grows with the stored
 * candidates; with the square of the products where there is a linear model, which has that many weights.
 */
export function* makeVoices(model: Model, products: readonly number[]): Generator<VoiceRow> {
  const { history, neighbours, content, linear } = model.parts;
  const n = history.items.length;
  const counts = countItems(history);
  const total = history.basketAt.length;
  const moment = (history.basketAt.at(-1) ?? 0) + 86_400_000;
  const [week, month, season] = windowDays.map((days) => model.parts.popularity(moment, days));
  const sold = (item: number): [number, number, number] => [week?.[item] ?? 0, month?.[item] ?? 0, season?.[item] ?? 0];
  const weights = Object.fromEntries(sources.map(({ id }, index) => [id, model.weights.cart[index] ?? 0]));
  const hear = hearing(weights);
  const rhythm = countRhythm(history);
  const voiceOf = Float64Array.from({ length: n }, (_, item) => soldVoice(hear, sold(item)));

  const popular = Array.from({ length: n }, (_, item) => item)
    .filter((item) => model.offered[item] === 1)
    .sort((a, b) => at(voiceOf, b) - at(voiceOf, a) || a - b)
    .slice(0, keptPopular)
    .map((item): Head['popular'][number] => [history.items[item] ?? '', at(counts, item), ...sold(item)]);
  const head: Head = { weights, moment, baskets: total, windows: windowsOf(model, moment), popular };
  yield { surface: 'voices', subjectId: '', suggestions: [], data: Uint8Array.from(Buffer.from(JSON.stringify(head))) };

  for (const item of products) {
    const found = new Map<number, Candidate>();
    const of = (other: number) => {
      const known = found.get(other) ?? { other, support: 0, linear: 0, likeness: 0 };
      found.set(other, known);
      return known;
    };
    for (let k = at(neighbours.start, item); k < at(neighbours.start, item + 1); k += 1)
      of(at(neighbours.item, k)).support = at(neighbours.support, k);
    for (let k = at(content.start, item); k < at(content.start, item + 1); k += 1)
      of(at(content.item, k)).likeness = at(content.likeness, k);
    if (linear !== null) {
      for (let other = 0; other < n; other += 1)
        if (n <= kept || linearWeight(linear, item, other) > leastLinear) of(other);
      for (const one of found.values()) one.linear = linearWeight(linear, item, one.other);
    }
    const candidates = [...found.values()]
      .filter((one) => one.other !== item && model.offered[one.other] === 1)
      .map((one): VoiceCandidate => ({
        id: history.items[one.other] ?? '',
        support: one.support,
        count: at(counts, one.other),
        linear: one.linear,
        likeness: one.likeness,
        sold: sold(one.other),
      }));
    const voice = chooseCandidates(hear, candidates, {
      total,
      count: at(counts, item),
      sold: sold(item),
      repeatRate: at(rhythm.rate, item),
      gapDays: at(rhythm.gapDays, item),
    });
    yield { surface: 'voices', subjectId: history.items[item] ?? '', suggestions: [], data: packVoice(voice) };
  }
}

interface Candidate {
  readonly other: number;
  support: number;
  linear: number;
  likeness: number;
}

/** The weight of all baskets in each window: what a share is a share of, less the imagined empty basket. */
function windowsOf({ parts }: Model, moment: number): Head['windows'] {
  const sums: [number, number, number] = [0, 0, 0];
  const day = 86_400_000;
  const asked = Math.floor(moment / day) * day;
  windowDays.forEach((days, window) => {
    for (const placed of parts.history.basketAt)
      if (placed < asked) sums[window] = (sums[window] ?? 0) + Math.exp((placed - asked) / (days * day));
  });
  return sums;
}
