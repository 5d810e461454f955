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
  const sums = new Map<string, Sum>();
  for (const [asker, voice] of voices) addVoice(sums, asker, voice, inCart);
  // So many are enough: the cart's own and those with a sum may stand among them.
  for (const [id, , week, month, season] of head.popular) {
    if (!inCart.has(id) && !sums.has(id)) sums.set(id, silent(week, month, season));
  }
  const size = voices.size;
  const scored: { id: string; score: number; sum: Sum }[] = [];
  for (const [id, sum] of sums) {
    normalise(sum, size);
    scored.push({ id, score: scoreOf(hear, sum), sum });
  }
  scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return scored.slice(0, limit).map(({ id, score, sum }) => ({
    productId: id,
    score,
    source: loudestOf(hear, sum),
    reason: { support: sum.support, lift: plainLift(sum), because: sum.because },
  }));
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
