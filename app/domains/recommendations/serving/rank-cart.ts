import type { SourceId, Suggestion } from '../model.ts';
import type { CustomerVoice } from './customer-voice.ts';
import type { Head } from './head.ts';
import { type Ears, earsOf, heard, loudestOf, parts, scoreOf } from './ears.ts';
import { type Halves, halvesOf } from './id-halves.ts';
import { field, fields, idAt, knownAs, placeOf, type Sums, sumVoices } from './sums.ts';
import type { SpokenVoice } from './voice.ts';

interface Popular {
  readonly id: string;
  /** null where the id is no number */
  readonly halves: Halves | null;
  readonly score: number;
  readonly source: SourceId;
}

/** What all carts of a shop share, ready for ranking: made once for a version. */
export interface Ranking {
  readonly ears: Ears;
  /** what popularity alone makes of a product, best first */
  readonly popular: readonly Popular[];
  /** one row each, as in `Sums` */
  readonly popularNumbers: Float64Array;
  /** how loud it is that visitors look at products in one visit */
  readonly viewedWeight: number;
}

/** @param whose carts: those of somebody of whom nothing is known, or of customers whose past is heard beside */
export function prepareRanking(head: Head, whose: 'guest' | 'customer' = 'guest'): Ranking {
  const ears = earsOf(weightsFor(head, whose));
  const listed = head.popular.map(([id, , week, month, season, lastYear]) => {
    const numbers = new Float64Array(fields);
    numbers[field.prior] = season;
    numbers[field.week] = week;
    numbers[field.month] = month;
    numbers[field.season] = season;
    numbers[field.lastYear] = lastYear;
    return { id, numbers, score: scoreOf(ears, numbers, 0), source: loudestOf(ears, numbers, 0).source };
  });
  listed.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const popularNumbers = new Float64Array(listed.length * fields);
  listed.forEach((one, place) => popularNumbers.set(one.numbers, place * fields));
  return {
    ears,
    popular: listed.map(({ id, score, source }) => ({ id, halves: halvesOf(id), score, source })),
    popularNumbers,
    viewedWeight: head.viewed,
  };
}

const weightsFor = (head: Head, whose: 'guest' | 'customer'): Head['weights'] =>
  whose === 'guest' ? head.weights : head.customerWeights;

/**
 * The engine's answer to a cart, made from the stored voices of its products: every source added up over the cart
 * as the source itself does it, then blended with the learnt weights. Equal to the engine wherever the stored
 * candidates are all there are.
 * @param voices of the products in the cart that have one, by product id
 * @param own what the customer's past says, where the ranking is a customer's
 */
export function rankCart(
  ranking: Ranking,
  voices: ReadonlyMap<string, SpokenVoice>,
  inCart: ReadonlySet<string>,
  limit: number,
  own: CustomerVoice = [],
): Suggestion[] {
  const { ears } = ranking;
  const sums = sumVoices(voices, inCart);
  const { first, end } = sums;
  const candidates = end - first;
  // Candidates first, then what stands alone.
  const scores = roomFor(candidates + limit + own.length);
  for (let nth = 0; nth < candidates; nth += 1) scores[nth] = scoreOf(ears, sums.numbers, (first + nth) * fields);
  const words = new Map<string, CustomerVoice[number]>();
  const alone: Popular[] = [];
  for (const word of own) {
    const { productId: id, part, source } = word;
    words.set(id, word);
    const place = placeOf(knownAs(id));
    if (place >= first) scores[place - first] = (scores[place - first] ?? 0) + part;
    // Neither in the cart nor a candidate.
    else if (place < 0) alone.push({ id, halves: null, score: word.alone + part, source });
  }
  const most = alone.length + limit;
  for (const one of ranking.popular) {
    if (alone.length === most) break;
    if (placeOf(one.halves ?? knownAs(one.id)) < 0 && !words.has(one.id)) alone.push(one);
  }
  alone.forEach(({ score }, index) => (scores[candidates + index] = score));
  const idOf = (nth: number) => alone[nth - candidates]?.id ?? idAt(first + nth);
  return chooseBest(scores, candidates + alone.length, idOf, limit).map((nth) => {
    const score = scores[nth] ?? 0;
    const lone = alone[nth - candidates];
    const word = words.size === 0 ? undefined : words.get(idOf(nth));
    return lone === undefined
      ? suggestionOf(ears, sums, first + nth, score, word)
      : { productId: lone.id, score, source: lone.source, reason: reasonOf(word) };
  });
}

/** Where nothing in the cart says why. */
const reasonOf = (word: CustomerVoice[number] | undefined): Suggestion['reason'] => ({
  support: word?.orders ?? 0,
  lift: 1,
  because: null,
});

/** One for all carts, see `sumVoices`. */
let room = new Float64Array(512);

function roomFor(count: number): Float64Array {
  if (room.length < count) room = new Float64Array(count * 2);
  return room;
}

/** The places of the highest scores, best first; of equal ones the lower id. */
function chooseBest(scores: Float64Array, count: number, idOf: (place: number) => string, limit: number): number[] {
  const best: number[] = [];
  for (let place = 0; place < count; place += 1) {
    if (best.length === limit && !(limit > 0 && goesBefore(scores, place, best[limit - 1] ?? 0, idOf))) continue;
    // Those behind it move on by one, the last out of the full list.
    let at = Math.min(best.length, limit - 1);
    for (; at > 0 && goesBefore(scores, place, best[at - 1] ?? 0, idOf); at -= 1) best[at] = best[at - 1] ?? 0;
    best[at] = place;
  }
  return best;
}

/** A function of its own: one made for each place would keep its score in an object. */
function goesBefore(scores: Float64Array, a: number, b: number, idOf: (place: number) => string): boolean {
  const one = scores[a] ?? 0;
  const other = scores[b] ?? 0;
  return one > other || (one === other && idOf(a) < idOf(b));
}

function suggestionOf(
  ears: Ears,
  sums: Sums,
  place: number,
  score: number,
  word: CustomerVoice[number] | undefined,
): Suggestion {
  const row = place * fields;
  const productId = idAt(place);
  const { source, part } = loudestOf(ears, sums.numbers, row);
  if (word !== undefined && word.loudest > part)
    return { productId, score, source: word.source, reason: reasonOf(word) };
  const support = sums.numbers[row + field.support] ?? 0;
  const lift = sums.numbers[row + field.lift] ?? 0;
  return {
    productId,
    score,
    source,
    reason: { support, lift: plainLift(support, lift), because: sums.because[place] ?? null },
  };
}

/** What one source adds to a product's score. */
export interface ExplainedPart {
  readonly source: SourceId;
  /** what the source makes of the cart, in its own unit */
  readonly value: number;
  readonly weight: number;
  /** weight × log(1 + value / floor): the parts add up to the score */
  readonly part: number;
}

/**
 * The parts of a product's score in a cart, loudest first; null where it is no candidate.
 * @param own what the customer's past says, null = nothing is known of who asks. It counts as one part, under its
 * loudest source
 */
export function explainRank(
  head: Head,
  voices: ReadonlyMap<string, SpokenVoice>,
  inCart: ReadonlySet<string>,
  productId: string,
  own: CustomerVoice | null = null,
): { score: number; place: number; parts: ExplainedPart[] } | null {
  const whose = own === null ? 'guest' : 'customer';
  const { ears, popular, popularNumbers } = prepareRanking(head, whose);
  const sums = sumVoices(voices, inCart);
  const scores = new Map<string, number>();
  for (let place = sums.first; place < sums.end; place += 1)
    scores.set(idAt(place), scoreOf(ears, sums.numbers, place * fields));
  for (const { id, score } of popular) if (!inCart.has(id) && !scores.has(id)) scores.set(id, score);
  for (const { productId: id, alone, part } of own ?? [])
    if (!inCart.has(id)) scores.set(id, (scores.get(id) ?? alone) + part);
  const score = scores.get(productId);
  if (score === undefined) return null;
  const above = [...scores.values()].filter((other) => other > score).length;
  const candidate = placeOf(knownAs(productId));
  const standing = popular.findIndex(({ id }) => id === productId);
  const word = own?.find((one) => one.productId === productId);
  const numbers = candidate < 0 ? popularNumbers : sums.numbers;
  const row = (candidate < 0 ? standing : candidate) * fields;
  const weights = weightsFor(head, whose);
  const explained = parts.map(([source, nth]): ExplainedPart => ({
    source,
    value: numbers[row + nth] ?? 0,
    weight: weights[source] ?? 0,
    part: row < 0 ? 0 : heard(ears, numbers, row, nth),
  }));
  // How it sells is not at hand for what only the customer's past names: bestsellers as a whole, then.
  if (row < 0 && word) explained.push({ source: 'popular', value: 0, weight: 0, part: word.alone });
  if (word) explained.push({ source: word.source, value: word.orders, weight: 0, part: word.part });
  return { score, place: above + 1, parts: explained.sort((a, b) => Math.abs(b.part) - Math.abs(a.part)) };
}

/** Lift is stored shrunk by support / (support + 4); undone here, so that people read the plain one. */
function plainLift(support: number, lift: number): number {
  return support === 0 ? 1 : Math.round(Math.exp((lift * (support + 4)) / support) * 100) / 100;
}
