import { type AskingSurface, askingSurfaces, type BlendReport } from '../model.ts';
import { sources } from '../sources/index.ts';
import { askSources, blendVoices, priorWeights, type Weights } from './blend.ts';
import { fitBlend, type LearningCase } from './fit.ts';
import { at, basketsOf, type History, itemsOf } from './history.ts';
import { best } from './neighbours.ts';
import type { Parts } from './parts.ts';
import type { Question } from './question.ts';

/** The most baskets of the past that teach the blend; more change the weights' third digit only. */
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
export function learnWeights(parts: Parts, history: History, lessons: Int32Array): { weights: Weights; reports: BlendReport[] } {
  const n = history.items.length;
  const buffer = new Float32Array(sources.length * n);
  const cases: Record<AskingSurface, LearningCase[]> = { cart: [], next: [], discover: [] };
  const known = new Uint8Array(n);
  for (const item of parts.history.basketItem) known[item] = 1;
  for (const lesson of lessons) {
    const basket = [...itemsOf(history, lesson)].filter((item) => known[item] === 1);
    const moment = at(history.basketAt, lesson);
    const customer = at(history.basketCustomer, lesson);
    if (basket.length >= 2) {
      for (const hidden of pickHidden(basket, lesson)) {
        const rest = basket.filter((item) => item !== hidden);
        addCase(cases.cart, parts, { surface: 'cart', moment, customer, basket: rest }, new Set([hidden]), rest, buffer);
      }
    }
    if (customer < 0 || basket.length === 0) continue;
    const asked = addCase(cases.next, parts, { surface: 'next', moment, customer, basket: [] }, new Set(basket), [], buffer);
    const owned = new Set(asked);
    const fresh = basket.filter((item) => !owned.has(item));
    if (fresh.length > 0 && asked.length > 0) {
      addCase(cases.discover, parts, { surface: 'discover', moment, customer, basket: [] }, new Set(fresh), asked, buffer);
    }
  }
  const learnt = askingSurfaces.map((surface) => {
    const prior = priorWeights(surface);
    const weights = cases[surface].length === 0 ? prior : fitBlend(cases[surface], { prior, strength: priorStrength, rounds: 25 });
    const named = Object.fromEntries(sources.map((source, index) => [source.id, Math.round((weights[index] ?? 0) * 1000) / 1000]));
    return { surface, weights, report: { surface, cases: cases[surface].length, weights: named } };
  });
  const weights = Object.fromEntries(learnt.map(({ surface, weights: one }) => [surface, one])) as Record<AskingSurface, Float64Array>;
  return { weights, reports: learnt.map(({ report }) => report) };
}

/** Adds one lesson and returns the items the customer already had. */
function addCase(
  cases: LearningCase[],
  parts: Parts,
  question: Question,
  bought: ReadonlySet<number>,
  excluded: readonly number[],
  buffer: Float32Array,
): number[] {
  const n = parts.history.items.length;
  const voices = askSources(parts, question, buffer);
  const scores = blendVoices(voices, priorWeights(question.surface), n);
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
  return [...voices.asked.profile.items];
}

/** A few different products of the basket, spread over it and shifted by the basket's number. */
function pickHidden(basket: readonly number[], lesson: number): number[] {
  const count = Math.min(hiddenFromBasket, basket.length);
  const step = basket.length / count;
  return Array.from({ length: count }, (_, k) => basket[Math.floor(k * step + (lesson % Math.ceil(step))) % basket.length] ?? 0);
}
