import type { SourceId, Suggestion } from '../model.ts';
import type { Head } from './head.ts';
import { hearing, type Hearing } from './hear.ts';
import { field, fields, type Sums, sumVoices } from './sums.ts';
import type { VoiceCounts } from './voice.ts';

/** What all carts of a shop share, ready for ranking: made once for a version. */
export interface Ranking {
  readonly hear: Hearing;
  /** what popularity alone makes of a product, best first */
  readonly popular: readonly { readonly id: string; readonly score: number; readonly source: SourceId }[];
  /** one row each, as in `Sums` */
  readonly popularNumbers: Float64Array;
}

/** The sources that hear a cart, and the number that each hears; the first of equally loud ones is named. */
const parts = [
  ['together', field.together],
  ['basket-model', field.linear],
  ['basket-neighbours', field.cosine],
  ['content', field.likeness],
  ['prior', field.prior],
  ['trending', field.week],
  ['popular', field.month],
  ['established', field.season],
] as const satisfies readonly (readonly [SourceId, number])[];

export function prepareRanking(head: Head): Ranking {
  const hear = hearing(head.weights);
  const listed = head.popular.map(([id, , week, month, season]) => {
    const numbers = new Float64Array(fields);
    numbers[field.prior] = season;
    numbers[field.week] = week;
    numbers[field.month] = month;
    numbers[field.season] = season;
    return { id, numbers, score: scoreOf(hear, numbers, 0), source: loudestOf(hear, numbers, 0) };
  });
  listed.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const popularNumbers = new Float64Array(listed.length * fields);
  listed.forEach((one, place) => popularNumbers.set(one.numbers, place * fields));
  return { hear, popular: listed.map(({ id, score, source }) => ({ id, score, source })), popularNumbers };
}

/**
 * The engine's answer to a cart, made from the stored voices of its products: every source added up over the cart
 * as the source itself does it, then blended with the learnt weights. Equal to the engine wherever the stored
 * candidates are all there are.
 * @param voices of the products in the cart that have one, by product id
 */
export function rankCart(
  ranking: Ranking,
  voices: ReadonlyMap<string, VoiceCounts>,
  inCart: ReadonlySet<string>,
  limit: number,
): Suggestion[] {
  const { hear } = ranking;
  const sums = sumVoices(voices, inCart);
  const best: Suggestion[] = [];
  const offer = (id: string, score: number, suggestion: () => Suggestion) => {
    const last = best.length < limit ? undefined : best.at(-1);
    if (last && !goesBefore(score, id, last)) return;
    let place = best.length;
    for (let above = best[place - 1]; above && goesBefore(score, id, above); above = best[place - 1]) place -= 1;
    best.splice(place, 0, suggestion());
    if (best.length > limit) best.pop();
  };
  for (let place = 0; place < sums.ids.length; place += 1) {
    const id = sums.ids[place] ?? '';
    const score = scoreOf(hear, sums.numbers, place * fields);
    offer(id, score, () => suggestionOf(hear, sums, place, id, score));
  }
  let completed = 0;
  for (const { id, score, source } of ranking.popular) {
    if (completed === limit) break;
    if (inCart.has(id) || sums.places.has(id)) continue;
    offer(id, score, () => ({ productId: id, score, source, reason: { support: 0, lift: 1, because: null } }));
    completed += 1;
  }
  return best;
}

const goesBefore = (score: number, id: string, other: Suggestion): boolean =>
  score > other.score || (score === other.score && id < other.productId);

function suggestionOf(hear: Hearing, sums: Sums, place: number, id: string, score: number): Suggestion {
  const row = place * fields;
  const support = sums.numbers[row + field.support] ?? 0;
  const lift = sums.numbers[row + field.lift] ?? 0;
  return {
    productId: id,
    score,
    source: loudestOf(hear, sums.numbers, row),
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

/** The parts of a product's score in a cart, loudest first; null where it is no candidate. */
export function explainRank(
  head: Head,
  voices: ReadonlyMap<string, VoiceCounts>,
  inCart: ReadonlySet<string>,
  productId: string,
): { score: number; place: number; parts: ExplainedPart[] } | null {
  const { hear, popular, popularNumbers } = prepareRanking(head);
  const sums = sumVoices(voices, inCart);
  const scores = new Map(sums.ids.map((id, place) => [id, scoreOf(hear, sums.numbers, place * fields)]));
  for (const { id, score } of popular) if (!inCart.has(id) && !scores.has(id)) scores.set(id, score);
  const score = scores.get(productId);
  if (score === undefined) return null;
  const above = [...scores.values()].filter((other) => other > score).length;
  const own = sums.places.get(productId);
  const row = (own ?? popular.findIndex(({ id }) => id === productId)) * fields;
  const explained = parts.map(([source, at]): ExplainedPart => {
    const value = (own === undefined ? popularNumbers : sums.numbers)[row + at] ?? 0;
    return { source, value, weight: head.weights[source] ?? 0, part: hear[source](value) };
  });
  return { score, place: above + 1, parts: explained.sort((a, b) => Math.abs(b.part) - Math.abs(a.part)) };
}

function scoreOf(hear: Hearing, numbers: Float64Array, row: number): number {
  const at = (of: number) => numbers[row + of] ?? 0;
  return (
    hear.together(at(field.together)) +
    hear['basket-model'](at(field.linear)) +
    hear['basket-neighbours'](at(field.cosine)) +
    hear.content(at(field.likeness)) +
    hear.prior(at(field.prior)) +
    (hear.trending(at(field.week)) + hear.popular(at(field.month)) + hear.established(at(field.season)))
  );
}

function loudestOf(hear: Hearing, numbers: Float64Array, row: number): SourceId {
  let most = -Infinity;
  let found: SourceId = 'popular';
  for (const [id, at] of parts) {
    const part = hear[id](numbers[row + at] ?? 0);
    if (part > most) {
      most = part;
      found = id;
    }
  }
  return found;
}

/** Lift is stored shrunk by support / (support + 4); undone here, so that people read the plain one. */
function plainLift(support: number, lift: number): number {
  return support === 0 ? 1 : Math.round(Math.exp((lift * (support + 4)) / support) * 100) / 100;
}
