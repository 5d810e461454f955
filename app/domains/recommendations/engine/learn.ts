import { type AskingSurface, askingSurfaces, type BlendReport } from '../model.ts';
import { sources } from '../sources/index.ts';
import { askAgain, askSources, blendVoices, priorWeights, type Voices, type Weights } from './blend.ts';
import { fitBlend, type LearningCase } from './fit.ts';
import { at, basketsOf, type History, itemsOf } from './history.ts';
import { best } from './best.ts';
import type { Parts } from './parts.ts';

/** The most baskets of the past that teach the blend; bounds the time, its effect on quality is not measured. */
const mostLessons = 1_200;
const candidates = 300;
/** From one basket this many products are hidden in turn for `cart`. */
const hiddenFromBasket = 3;
/** The prior counts as much as this many lessons. */
const priorStrength = 20;

/**
 * The baskets that are kept back to learn from: the last one of each customer who came at least twice, in shops
 * of one-time buyers the latest tenth of all baskets; evenly thinned out to `mostLessons`.
 */
export function chooseLessons(history: History): Int32Array {
  const chosen: number[] = [];
  for (let customer = 0; customer < history.customers.length; customer += 1) {
    const baskets = basketsOf(history, customer);
    if (baskets.length >= 2) chosen.push(at(baskets, baskets.length - 1));
  }
  const all = history.basketAt.length;
  if (chosen.length < Math.min(200, all / 20)) {
    const taken = new Set(chosen);
    for (let basket = Math.floor(all * 0.9); basket < all; basket += 1) if (!taken.has(basket)) chosen.push(basket);
  }
  chosen.sort((a, b) => a - b);
  const step = Math.max(1, chosen.length / mostLessons);
  return Int32Array.from({ length: Math.floor(chosen.length / step) }, (_, k) => chosen[Math.floor(k * step)] ?? 0);
}

/**
 * Learns how loud each source speaks on each surface, from baskets that `parts` has not seen.
 * @param history the whole history, `lessons` are numbers in it
 */
export function learnWeights(
  parts: Parts,
  history: History,
  lessons: Int32Array,
): { weights: Weights; reports: BlendReport[] } {
  const n = history.items.length;
  const buffer = new Float32Array(sources.length * n);
  const cases: Record<AskingSurface, LearningCase[]> = { cart: [], next: [], discover: [] };
  const known = new Uint8Array(n);
  for (const item of parts.history.basketItem) known[item] = 1;
  for (const lesson of lessons) {
    const basket = [...itemsOf(history, lesson)].filter((item) => known[item] === 1);
    const moment = at(history.basketAt, lesson);
    const customer = at(history.basketCustomer, lesson);
    if (basket.length === 0) continue;
    const voices = askSources(parts, { surface: 'next', moment, customer, basket: [] }, buffer);
    if (customer >= 0) {
      addCase(cases.next, 'next', voices, n, new Set(basket), []);
      const owned = [...voices.asked.profile.items];
      const fresh = new Set(basket.filter((item) => !owned.includes(item)));
      if (fresh.size > 0 && owned.length > 0) addCase(cases.discover, 'discover', voices, n, fresh, owned);
    }
    if (basket.length < 2) continue;
    for (const hidden of pickHidden(basket, lesson)) {
      const rest = basket.filter((item) => item !== hidden);
      const again = askAgain(parts, voices, { surface: 'cart', moment, customer, basket: rest });
      addCase(cases.cart, 'cart', again, n, new Set([hidden]), rest);
    }
  }
  const learnt = askingSurfaces.map((surface) => {
    const prior = priorWeights(surface);
    const weights =
      cases[surface].length === 0 ? prior : fitBlend(cases[surface], { prior, strength: priorStrength, rounds: 25 });
    const named = Object.fromEntries(
      sources.map((source, index) => [source.id, Math.round((weights[index] ?? 0) * 1000) / 1000]),
    );
    return { surface, weights, report: { surface, cases: cases[surface].length, weights: named } };
  });
  const weights = Object.fromEntries(learnt.map(({ surface, weights: one }) => [surface, one])) as Record<
    AskingSurface,
    Float64Array
  >;
  return { weights, reports: learnt.map(({ report }) => report) };
}

/** Adds one lesson: the best candidates by the prior blend, and which of them were bought. */
function addCase(
  cases: LearningCase[],
  surface: AskingSurface,
  voices: Voices,
  n: number,
  bought: ReadonlySet<number>,
  excluded: readonly number[],
): void {
  const scores = blendVoices(voices, priorWeights(surface), n);
  for (const item of excluded) scores[item] = -Infinity;
  const rows = best(scores, Math.min(candidates, n - excluded.length));
  const hits: number[] = [];
  const features = new Float32Array(rows.length * sources.length);
  rows.forEach((item, row) => {
    if (bought.has(item)) hits.push(row);
    for (let source = 0; source < sources.length; source += 1) {
      features[row * sources.length + source] = voices.loudness[source * n + item] ?? 0;
    }
  });
  if (hits.length > 0) cases.push({ features, bought: hits });
}

/** A few different products of the basket, spread over it and shifted by the basket's number. */
function pickHidden(basket: readonly number[], lesson: number): number[] {
  const count = Math.min(hiddenFromBasket, basket.length);
  const step = basket.length / count;
  return Array.from(
    { length: count },
    (_, k) => basket[Math.floor(k * step + (lesson % Math.ceil(step))) % basket.length] ?? 0,
  );
}
