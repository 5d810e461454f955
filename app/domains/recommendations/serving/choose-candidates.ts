import type { SourceId } from '../model.ts';
import { type Hearing, soldVoice } from './hear.ts';
import { column, makeVoice, pairNumbers, type Sold, type Voice, type VoiceCounts, width } from './voice.ts';

/** Candidates stored for each product: enough for carts of several products, under 3 kB. */
export const kept = 64;

/** One product beside another, with what every source makes of the pair. */
export interface VoiceCandidate {
  readonly id: string;
  /** baskets with both, and with this one */
  readonly support: number;
  readonly count: number;
  readonly linear: number;
  readonly likeness: number;
  readonly sold: Sold;
  /** chance that a basket with the one holds the other, as the prior has it; 0 where it has nothing to say */
  readonly prior: number;
}

/** Ranks a product's candidates as a cart of this product alone would, and keeps the best. */
export function chooseCandidates(
  hear: Hearing,
  candidates: readonly VoiceCandidate[],
  own: Omit<VoiceCounts, 'ids' | 'numbers'>,
): Voice {
  const all = pack(candidates, own);
  const ranked = candidates
    .map((candidate, index) => ({ candidate, score: scoreAlone(hear, all, index).score }))
    .sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1))
    .slice(0, kept)
    .map((one) => one.candidate);
  return pack(ranked, own);
}

function pack(candidates: readonly VoiceCandidate[], own: Omit<VoiceCounts, 'ids' | 'numbers'>): Voice {
  const numbers = new Float32Array(candidates.length * width);
  candidates.forEach(({ support, count, linear, likeness, sold, prior }, index) =>
    numbers.set([support, count, linear, likeness, sold[0], sold[1], sold[2], prior, sold[3]], index * width),
  );
  return makeVoice({ ...own, ids: candidates.map((one) => one.id), numbers });
}

/** A candidate's score in a cart of one product, and the source that a product page names for it. */
export function scoreAlone(hear: Hearing, voice: Voice, index: number): { score: number; source: SourceId } {
  const at = (field: number) => voice.numbers[index * width + field] ?? 0;
  const { support, lift, cosine } = pairNumbers(voice, index);
  const counted = hear.together(lift / 3) + hear['basket-neighbours'](cosine);
  const modelled = hear['basket-model'](at(column.linear));
  const looks = hear.content(at(column.likeness) / Math.SQRT2);
  const kinds = hear.prior(at(column.prior));
  const sold = soldVoice(hear, [at(column.week), at(column.month), at(column.season), at(column.lastYear)]);
  const source = support > 0 ? (modelled > counted ? 'basket-model' : 'together') : 'content';
  return { score: counted + modelled + looks + kinds + sold, source };
}
