import type { SourceId, Suggestion } from '../model.ts';
import type { Head } from './head.ts';
import { hearing, type Hearing } from './hear.ts';
import { column, pairNumbers, type Voice, width } from './voice.ts';

interface Sum {
  together: number;
  linear: number;
  cosine: number;
  likeness: number;
  readonly week: number;
  readonly month: number;
  readonly season: number;
  /** of the pair with the nearest product in the cart */
  support: number;
  lift: number;
  nearest: number;
  because: string | null;
}

/**
 * The engine's answer to a cart, made from the stored voices of its products: every source added up over the cart
 * as the source itself does it, then blended with the learnt weights. Equal to the engine wherever the stored
 * candidates are all there are.
 * @param voices of the products in the cart that have one, by product id
 */
export function rankCart(
  head: Head,
  voices: ReadonlyMap<string, Voice>,
  inCart: ReadonlySet<string>,
  limit: number,
): Suggestion[] {
  const hear = hearing(head.weights);
  const scored = [...sumVoices(head, voices, inCart)].map(([id, sum]) => ({ id, score: scoreOf(hear, sum), sum }));
  scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return scored.slice(0, limit).map(({ id, score, sum }) => ({
    productId: id,
    score,
    source: loudestOf(hear, sum),
    reason: { support: sum.support, lift: plainLift(sum), because: sum.because },
  }));
}

function sumVoices(head: Head, voices: ReadonlyMap<string, Voice>, inCart: ReadonlySet<string>): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const [asker, voice] of voices) addVoice(sums, asker, voice, inCart);
  for (const [id, , week, month, season] of head.popular) {
    if (!inCart.has(id) && !sums.has(id)) sums.set(id, silent(week, month, season));
  }
  for (const sum of sums.values()) normalise(sum, voices.size);
  return sums;
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
  const hear = hearing(head.weights);
  const sums = sumVoices(head, voices, inCart);
  const sum = sums.get(productId);
  if (sum === undefined) return null;
  const score = scoreOf(hear, sum);
  let above = 0;
  for (const other of sums.values()) if (scoreOf(hear, other) > score) above += 1;
  const explained = parts.map(([source, value]): ExplainedPart => ({
    source,
    value: value(sum),
    weight: head.weights[source] ?? 0,
    part: hear[source](value(sum)),
  }));
  return { score, place: above + 1, parts: explained.sort((a, b) => Math.abs(b.part) - Math.abs(a.part)) };
}

function silent(week: number, month: number, season: number): Sum {
  return {
    together: 0,
    linear: 0,
    cosine: 0,
    likeness: 0,
    week,
    month,
    season,
    support: 0,
    lift: 0,
    nearest: 0,
    because: null,
  };
}

function addVoice(sums: Map<string, Sum>, asker: string, voice: Voice, inCart: ReadonlySet<string>): void {
  const { numbers } = voice;
  for (const [index, id] of voice.ids.entries()) {
    if (inCart.has(id)) continue;
    const at = index * width;
    let sum = sums.get(id);
    if (sum === undefined) {
      sum = silent(numbers[at + column.week] ?? 0, numbers[at + column.month] ?? 0, numbers[at + column.season] ?? 0);
      sums.set(id, sum);
    }
    const { support, lift, cosine } = pairNumbers(voice, index);
    sum.together += lift;
    sum.cosine += cosine;
    sum.linear += numbers[at + column.linear] ?? 0;
    sum.likeness += numbers[at + column.likeness] ?? 0;
    if (cosine > sum.nearest) Object.assign(sum, { nearest: cosine, support, lift, because: asker });
  }
}

/** From sums to what each source makes of a cart of `size` products; see `sources/basket.ts` and `sources/content.ts`. */
function normalise(sum: Sum, size: number): void {
  sum.together /= size + 2;
  sum.cosine /= Math.sqrt(Math.max(1, size));
  sum.likeness /= Math.sqrt(1 + size);
}

const parts: readonly (readonly [SourceId, (sum: Sum) => number])[] = [
  ['together', (sum) => sum.together],
  ['basket-model', (sum) => sum.linear],
  ['basket-neighbours', (sum) => sum.cosine],
  ['content', (sum) => sum.likeness],
  ['trending', (sum) => sum.week],
  ['popular', (sum) => sum.month],
  ['established', (sum) => sum.season],
];

function scoreOf(hear: Hearing, sum: Sum): number {
  let score = 0;
  for (const [id, value] of parts) score += hear[id](value(sum));
  return score;
}

function loudestOf(hear: Hearing, sum: Sum): SourceId {
  let most = -Infinity;
  let found: SourceId = 'popular';
  for (const [id, value] of parts) {
    const part = hear[id](value(sum));
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
