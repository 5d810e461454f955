import { linearWeight } from '../engine/ease.ts';
import { at, countItems } from '../engine/history.ts';
import type { Model } from '../engine/train-model.ts';
import { sources } from '../sources/index.ts';
import type { VoiceRow } from '../version-store.ts';
import { type Head, windowDays } from './head.ts';
import { hearing } from './hear.ts';
import { countRhythm } from './rhythm.ts';
import { packVoice, type Voice, width } from './voice.ts';

/** Candidates stored for each product: enough for carts of several products, under 3 kB. */
const kept = 64;
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
  const soldVoice = ([a, b, c]: readonly [number, number, number]) =>
    hear.trending(a) + hear.popular(b) + hear.established(c);
  const rhythm = countRhythm(history);
  const voiceOf = Float64Array.from({ length: n }, (_, item) => soldVoice(sold(item)));

  const popular = Array.from({ length: n }, (_, item) => item)
    .filter((item) => model.offered[item] === 1)
    .sort((a, b) => at(voiceOf, b) - at(voiceOf, a) || a - b)
    .slice(0, keptPopular)
    .map((item): Head['popular'][number] => [history.items[item] ?? '', at(counts, item), ...sold(item)]);
  const head: Head = { weights, moment, windows: windowsOf(model, moment), popular };
  yield { surface: 'voices', subjectId: '', suggestions: [], data: Uint8Array.from(Buffer.from(JSON.stringify(head))) };

  for (const item of products) {
    const found = new Map<number, Candidate>();
    const of = (other: number) => {
      const known = found.get(other) ?? { other, support: 0, cosine: 0, lift: 0, linear: 0, likeness: 0 };
      found.set(other, known);
      return known;
    };
    for (let k = at(neighbours.start, item); k < at(neighbours.start, item + 1); k += 1)
      Object.assign(of(at(neighbours.item, k)), {
        support: at(neighbours.support, k),
        cosine: at(neighbours.cosine, k),
        lift: at(neighbours.lift, k),
      });
    for (let k = at(content.start, item); k < at(content.start, item + 1); k += 1)
      of(at(content.item, k)).likeness = at(content.likeness, k);
    if (linear !== null) {
      for (let other = 0; other < n; other += 1)
        if (n <= kept || linearWeight(linear, item, other) > leastLinear) of(other);
      for (const one of found.values()) one.linear = linearWeight(linear, item, one.other);
    }
    const score = (one: Candidate) =>
      hear.together(one.lift / 3) +
      hear['basket-model'](one.linear) +
      hear['basket-neighbours'](one.cosine) +
      hear.content(one.likeness / Math.SQRT2) +
      at(voiceOf, one.other);
    const best = [...found.values()]
      .filter((one) => one.other !== item && model.offered[one.other] === 1)
      .map((one) => ({ one, score: score(one) }))
      .sort((a, b) => b.score - a.score || a.one.other - b.one.other)
      .slice(0, kept)
      .map(({ one }) => one);
    const numbers = new Float32Array(best.length * width);
    best.forEach((one, index) => {
      const [a, b, c] = sold(one.other);
      numbers.set([one.support, at(counts, one.other), one.linear, one.likeness, a, b, c], index * width);
    });
    const voice: Voice = {
      total,
      count: at(counts, item),
      sold: sold(item),
      repeatRate: at(rhythm.rate, item),
      gapDays: at(rhythm.gapDays, item),
      ids: best.map((one) => history.items[one.other] ?? ''),
      numbers,
    };
    yield { surface: 'voices', subjectId: history.items[item] ?? '', suggestions: [], data: packVoice(voice) };
  }
}

interface Candidate {
  readonly other: number;
  support: number;
  cosine: number;
  lift: number;
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
