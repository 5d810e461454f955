import type { SourceId, Suggestion } from '../model.ts';
import type { Head } from './head.ts';
import { hearing, type Hearing, soldVoice } from './hear.ts';
import { column, type Voice, width } from './voice.ts';

/** What all carts of a shop share, ready for ranking: made once for a version. */
export interface Ranking {
  readonly hear: Hearing;
  /** what popularity alone makes of a product, best first */
  readonly popular: readonly { readonly id: string; readonly score: number; readonly sum: Sum }[];
}

/** What the sources make of one candidate. */
interface Sum {
  together: number;
  linear: number;
  cosine: number;
  likeness: number;
  /** mean over the cart; see `addVoice` for products that do not name it */
  prior: number;
  readonly week: number;
  readonly month: number;
  readonly season: number;
  /** of the pair with the nearest product in the cart */
  support: number;
  lift: number;
  nearest: number;
  because: string | null;
}

export function prepareRanking(head: Head): Ranking {
  const hear = hearing(head.weights);
  const popular = head.popular.map(([id, , week, month, season]) => ({
    id,
    score: hear.prior(season) + soldVoice(hear, [week, month, season]),
    sum: silent(week, month, season),
  }));
  return { hear, popular: popular.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)) };
}

/**
 * The engine's answer to a cart, made from the stored voices of its products: every source added up over the cart
 * as the source itself does it, then blended with the learnt weights. Equal to the engine wherever the stored
 * candidates are all there are.
 * @param voices of the products in the cart that have one, by product id
 */
export function rankCart(
  ranking: Ranking,
  voices: ReadonlyMap<string, Voice>,
  inCart: ReadonlySet<string>,
  limit: number,
): Suggestion[] {
  const { hear } = ranking;
  const sums = sumVoices(voices, inCart);
  const scored: { readonly id: string; readonly score: number; readonly sum: Sum }[] = [];
  for (const [id, sum] of sums) scored.push({ id, score: scoreOf(hear, sum), sum });
  let completed = 0;
  for (const one of ranking.popular) {
    if (completed === limit) break;
    if (inCart.has(one.id) || sums.has(one.id)) continue;
    scored.push(one);
    completed += 1;
  }
  scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return scored.slice(0, limit).map(({ id, score, sum }) => ({
    productId: id,
    score,
    source: loudestOf(hear, sum),
    reason: { support: sum.support, lift: plainLift(sum), because: sum.because },
  }));
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
  voices: ReadonlyMap<string, Voice>,
  inCart: ReadonlySet<string>,
  productId: string,
): { score: number; place: number; parts: ExplainedPart[] } | null {
  const { hear, popular } = prepareRanking(head);
  const sums = sumVoices(voices, inCart);
  for (const { id, sum } of popular) if (!inCart.has(id) && !sums.has(id)) sums.set(id, sum);
  const own = sums.get(productId);
  if (own === undefined) return null;
  const score = scoreOf(hear, own);
  let above = 0;
  for (const other of sums.values()) if (scoreOf(hear, other) > score) above += 1;
  const explained = parts.map(([source, field]): ExplainedPart => ({
    source,
    value: own[field],
    weight: head.weights[source] ?? 0,
    part: hear[source](own[field]),
  }));
  return { score, place: above + 1, parts: explained.sort((a, b) => Math.abs(b.part) - Math.abs(a.part)) };
}

function silent(week: number, month: number, season: number): Sum {
  return {
    together: 0,
    linear: 0,
    cosine: 0,
    likeness: 0,
    prior: season,
    week,
    month,
    season,
    support: 0,
    lift: 0,
    nearest: 0,
    because: null,
  };
}

/** Adds up what each product of the cart says; the divisors are those of `sources/basket.ts` and `sources/content.ts`. */
function sumVoices(voices: ReadonlyMap<string, Voice>, inCart: ReadonlySet<string>): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  const size = voices.size;
  for (const [asker, voice] of voices) addVoice(sums, asker, voice, inCart, size);
  for (const sum of sums.values()) {
    sum.together /= size + 2;
    sum.cosine /= Math.sqrt(Math.max(1, size));
    sum.likeness /= Math.sqrt(1 + size);
  }
  return sums;
}

function addVoice(
  sums: Map<string, Sum>,
  asker: string,
  voice: Voice,
  inCart: ReadonlySet<string>,
  size: number,
): void {
  const { ids, numbers } = voice;
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] ?? '';
    if (inCart.has(id)) continue;
    const at = index * width;
    let sum = sums.get(id);
    if (sum === undefined) {
      sum = silent(numbers[at + column.week] ?? 0, numbers[at + column.month] ?? 0, numbers[at + column.season] ?? 0);
      sums.set(id, sum);
    }
    const lift = voice.lift[index] ?? 0;
    const cosine = voice.cosine[index] ?? 0;
    sum.together += lift;
    sum.cosine += cosine;
    sum.linear += numbers[at + column.linear] ?? 0;
    sum.likeness += numbers[at + column.likeness] ?? 0;
    // Beside products of the cart that do not name it, it sells as it does everywhere.
    sum.prior += ((numbers[at + column.prior] ?? 0) - sum.season) / size;
    if (cosine <= sum.nearest) continue;
    sum.nearest = cosine;
    sum.support = numbers[at + column.support] ?? 0;
    sum.lift = lift;
    sum.because = asker;
  }
}

const parts = [
  ['together', 'together'],
  ['basket-model', 'linear'],
  ['basket-neighbours', 'cosine'],
  ['content', 'likeness'],
  ['prior', 'prior'],
  ['trending', 'week'],
  ['popular', 'month'],
  ['established', 'season'],
] as const satisfies readonly (readonly [SourceId, keyof Sum])[];

function scoreOf(hear: Hearing, sum: Sum): number {
  return (
    hear.together(sum.together) +
    hear['basket-model'](sum.linear) +
    hear['basket-neighbours'](sum.cosine) +
    hear.content(sum.likeness) +
    hear.prior(sum.prior) +
    soldVoice(hear, [sum.week, sum.month, sum.season])
  );
}

function loudestOf(hear: Hearing, sum: Sum): SourceId {
  let most = -Infinity;
  let found: SourceId = 'popular';
  for (const [id, field] of parts) {
    const part = hear[id](sum[field]);
    if (part > most) {
      most = part;
      found = id;
    }
  }
  return found;
}

/** Lift is stored shrunk by support / (support + 4); undone here, so that people read the plain one. */
function plainLift({ support, lift }: Sum): number {
  return support === 0 ? 1 : Math.round(Math.exp((lift * (support + 4)) / support) * 100) / 100;
}
