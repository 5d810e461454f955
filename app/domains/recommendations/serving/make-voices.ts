import { linearWeight } from '../engine/ease.ts';
import { at, countItems } from '../engine/history.ts';
import { weightOfBaskets } from '../engine/popularity.ts';
import type { Model } from '../engine/train-model.ts';
import type { VoiceRow } from '../version-store.ts';
import { cartGround, cartMoment } from './cart-ground.ts';
import { type Head, windowDays } from './head.ts';
import { chooseCandidates, kept, type VoiceCandidate } from './choose-candidates.ts';
import { countRhythm } from './rhythm.ts';
import { nothingViewed, packVoice, type Viewed } from './voice.ts';

/** Popular products that a cart is completed with; more than any cart and any list hold. */
const keptPopular = 200;
/**
 * What carts are answered from, one row for each product and one for all (`''`, first). Work grows with the
 * neighbours, look-alikes and popular products alone: what the linear model says of other pairs is too little to be
 * kept, see agreement.test.ts.
 */
export function* makeVoices(model: Model, products: readonly number[]): Generator<VoiceRow> {
  const { history, neighbours, content, linear } = model.parts;
  const n = history.items.length;
  const counts = countItems(history);
  const total = history.basketAt.length;
  const moment = cartMoment(model);
  const { weights, hear, sold, chances, alone } = cartGround(model, 'guest');
  const rhythm = countRhythm(history);

  const popular = Array.from({ length: n }, (_, item) => item)
    .filter((item) => model.offered[item] === 1)
    .sort((a, b) => at(alone, b) - at(alone, a) || a - b)
    .slice(0, keptPopular)
    .map((item): Head['popular'][number] => [history.items[item] ?? '', at(counts, item), ...sold(item)]);
  const windows = windowDays.map((days) => weightOfBaskets(model.parts.days, moment, days));
  const head: Head = {
    weights,
    customerWeights: cartGround(model, 'cart').weights,
    viewed: model.views?.weight ?? 0,
    moment,
    baskets: total,
    windows: [windows[0] ?? 0, windows[1] ?? 0, windows[2] ?? 0],
    popular,
  };
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
    if (n <= kept) for (let other = 0; other < n; other += 1) of(other);
    if (linear !== null) for (const one of found.values()) one.linear = linearWeight(linear, item, one.other);
    const chance = chances?.(item);
    const candidates = [...found.values()]
      .filter((one) => one.other !== item && model.offered[one.other] === 1)
      .map((one): VoiceCandidate => ({
        id: history.items[one.other] ?? '',
        support: one.support,
        count: at(counts, one.other),
        linear: one.linear,
        likeness: one.likeness,
        sold: sold(one.other),
        prior: chance?.(one.other, one.support) ?? 0,
      }));
    const voice = chooseCandidates(hear, candidates, {
      total,
      count: at(counts, item),
      sold: sold(item),
      viewed: viewedBeside(model, item),
      repeatRate: at(rhythm.rate, item),
      gapDays: at(rhythm.gapDays, item),
    });
    yield { surface: 'voices', subjectId: history.items[item] ?? '', suggestions: [], data: packVoice(voice) };
  }
}

function viewedBeside({ views, parts: { history }, offered }: Model, item: number): Viewed {
  if (views === null) return nothingViewed;
  const places: number[] = [];
  for (let k = at(views.start, item); k < at(views.start, item + 1); k += 1)
    if (offered[at(views.item, k)] === 1) places.push(k);
  return {
    ids: places.map((k) => history.items[at(views.item, k)] ?? ''),
    likeness: Float32Array.from(places, (k) => at(views.likeness, k)),
  };
}

interface Candidate {
  readonly other: number;
  support: number;
  linear: number;
  likeness: number;
}
