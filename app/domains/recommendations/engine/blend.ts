import type { AskingSurface, SourceId } from '../model.ts';
import { sources } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import type { Asked, Parts } from './parts.ts';
import { type Profile, profileOf, type Question } from './question.ts';

/** One weight for each source, in registry order. */
export type Weights = Readonly<Record<AskingSurface, Float64Array>>;

/** The voices of all sources for one question: one row of loudnesses for each source. */
export interface Voices {
  readonly asked: Asked;
  /** sources × items */
  readonly loudness: Float32Array;
}

/** What the sources count before the shop's past has taught anything. */
export function priorWeights(surface: AskingSurface): Float64Array {
  return Float64Array.from(sources, (source) => source.prior[surface] ?? 0);
}

/** Asks every source; `into` may be reused from question to question. */
export function askSources(
  parts: Parts,
  question: Question,
  into?: Float32Array,
  profile: Profile = profileOf(parts.history, question.customer, question.moment),
): Voices {
  const loudness = into ?? new Float32Array(sources.length * parts.history.items.length);
  const asked = { question, profile };
  ask(parts, asked, loudness, () => true);
  return { asked, loudness };
}

/** The same customer at the same moment with another basket: only the sources that hear the basket speak anew. */
export function askAgain(parts: Parts, voices: Voices, question: Question): Voices {
  const asked = { question, profile: voices.asked.profile };
  ask(parts, asked, voices.loudness, (source) => source.hearsBasket);
  return { asked, loudness: voices.loudness };
}

function ask(parts: Parts, asked: Asked, loudness: Float32Array, speaks: (source: Source) => boolean): void {
  const n = parts.history.items.length;
  sources.forEach((source, index) => {
    if (!speaks(source)) return;
    const row = loudness.subarray(index * n, (index + 1) * n).fill(0);
    source.write(parts, asked, row);
    const scale = 1 / source.floor;
    for (let item = 0; item < n; item += 1) {
      const value = row[item] ?? 0;
      row[item] = value > 0 ? Math.log(1 + value * scale) : 0;
    }
  });
}

/** Weighted sum of the voices for every item. */
export function blendVoices(voices: Voices, weights: Float64Array, items: number): Float32Array {
  const scores = new Float32Array(items);
  weights.forEach((weight, index) => {
    if (weight === 0) return;
    const row = voices.loudness.subarray(index * items, (index + 1) * items);
    for (let item = 0; item < items; item += 1) scores[item] = (scores[item] ?? 0) + weight * (row[item] ?? 0);
  });
  return scores;
}

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
