import type { BlendId, SourceId } from '../model.ts';
import { sources } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import type { Asked, Parts } from './parts.ts';
import { type Profile, profileOf, type Question } from './question.ts';
import { openVoiceDesk, ownVoiceDesk, type VoiceDesk } from './voice-desk.ts';

/** One weight for each source, in registry order. */
export type Weights = Readonly<Record<BlendId, Float64Array>>;

/** The voices of all sources for one question: one row of loudnesses for each source. */
export interface Voices {
  readonly asked: Asked;
  /** sources × items */
  readonly loudness: Float32Array;
  readonly desk: VoiceDesk;
}

/** What the sources count before the shop's past has taught anything. */
export function priorWeights(blend: BlendId): Float64Array {
  const surface = blend === 'guest' ? 'cart' : blend;
  return Float64Array.from(sources, (source) => (isHeard(source, blend) ? (source.prior[surface] ?? 0) : 0));
}

/** Whether a blend hears a source at all. */
export function isHeard({ heardOn, knowsCustomer }: Source, blend: BlendId): boolean {
  return blend === 'guest' ? knowsCustomer !== true : heardOn?.includes(blend) !== false;
}

/** Which blend completes a basket: what is learnt with a customer's past is not said where there is none. */
export const blendOfCart = ({ items }: Profile): 'cart' | 'guest' => (items.length > 0 ? 'cart' : 'guest');

/** Room for the voices of questions to one shop, of one after the other. */
export const openVoices = (items: number): VoiceDesk => openVoiceDesk(sources.length, items);

/** Asks every source; the voices are valid until the next question at the same desk. */
export function askSources(
  parts: Parts,
  question: Question,
  desk: VoiceDesk = ownVoiceDesk(sources.length, parts.history.items.length),
  profile: Profile = profileOf(parts.history, question.customer, question.moment),
): Voices {
  const asked = { question, profile };
  ask(parts, asked, desk, () => true);
  return { asked, loudness: desk.loudness, desk };
}

/** The same customer at the same moment with another basket: only the sources that hear the basket speak anew. */
export function askAgain(parts: Parts, { asked: { profile }, desk }: Voices, question: Question): Voices {
  const asked = { question, profile };
  ask(parts, asked, desk, (source) => source.hearsBasket);
  return { asked, loudness: desk.loudness, desk };
}

function ask(parts: Parts, asked: Asked, desk: VoiceDesk, speaks: (source: Source) => boolean): void {
  const n = parts.history.items.length;
  sources.forEach((source, index) => {
    if (!speaks(source)) return;
    source.write(parts, asked, desk.loudness.subarray(index * n, (index + 1) * n).fill(0));
    desk.louden(index, 1 / source.floor);
  });
}

/** Weighted sum of the voices for every item; valid until the next one at the same desk. */
export const blendVoices = ({ desk }: Voices, weights: Float64Array): Float32Array => desk.mix(weights);

/** The source that adds most to an item's score, for the explanation. */
export function loudest(voices: Voices, weights: Float64Array, item: number, items: number): SourceId {
  let most = -Infinity;
  let found: SourceId = 'popular';
  sources.forEach((source, index) => {
    const part = (weights[index] ?? 0) * (voices.loudness[index * items + item] ?? 0);
    if (part > most) {
      most = part;
      found = source.id;
    }
  });
  return found;
}
