import { type BlendId, blendIds, type BlendReport } from '../model.ts';
import { sources } from '../sources/index.ts';
import { isHeard, priorWeights, type Weights } from './blend.ts';
import type { Crew } from './crew.ts';
import { fitBlend, type LearningCase } from './fit.ts';
import { at, basketsOf, type History } from './history.ts';
import { lessonTasks, lessonWork, openLessonBook, readCases } from './lessons.ts';
import { forThreads, type Parts } from './parts.ts';

/**
 * The most baskets of the past that teach the blend. In times of the best baseline, `discover` was measured at 1.29 with
 * 1,200, 1.28 with 800 and 1.27 with 500; `cart` and `next` moved by less than 0.003.
 */
const mostLessons = 800;
/** A lesson looks at every product: in shops of very many this bounds their product, so that time stays linear. */
const mostLessonsTimesProducts = 10_000_000;
const fewestOfMany = 50;
/** Shops of few returning customers learn from the latest orders too, up to so many. */
const fewLessons = 200;
/** The prior counts as much as this many lessons. */
export const priorStrength = 40;

/**
 * The baskets to learn from: the last one of each customer who came at least twice, in shops
 * of one-time buyers the latest tenth of all baskets; evenly thinned out to `mostLessons`, fewer above 12,500 products.
 */
export function chooseLessons(history: History): Int32Array {
  const chosen: number[] = [];
  for (let customer = 0; customer < history.customers.length; customer += 1) {
    const baskets = basketsOf(history, customer);
    if (baskets.length >= 2) chosen.push(at(baskets, baskets.length - 1));
  }
  const all = history.basketAt.length;
  if (chosen.length < fewLessons) {
    const taken = new Set(chosen);
    const from = Math.min(Math.floor(all * 0.9), all - fewLessons);
    for (let basket = Math.max(0, from); basket < all; basket += 1) if (!taken.has(basket)) chosen.push(basket);
  }
  chosen.sort((a, b) => a - b);
  const bound = Math.max(fewestOfMany, Math.floor(mostLessonsTimesProducts / Math.max(1, history.items.length)));
  const step = Math.max(1, chosen.length / Math.min(mostLessons, bound));
  return Int32Array.from({ length: Math.floor(chosen.length / step) }, (_, k) => chosen[Math.floor(k * step)] ?? 0);
}

/** Learns how loud each source speaks for each question, from the baskets numbered in `lessons`. */
export function learnWeights(
  parts: Parts,
  lessons: Int32Array,
  crew: Crew,
): { weights: Weights; reports: BlendReport[] } {
  const book = openLessonBook(lessons.length);
  crew.open(lessonWork, { parts: forThreads(parts), lessons, book }).run(lessonTasks(lessons.length));
  const learnt = blendIds.map((surface) => {
    const hears = sources.map((source) => isHeard(source, surface));
    const cases: LearningCase[] = readCases(book, surface);
    const prior = priorWeights(surface);
    const weights =
      cases.length === 0 ? prior : fitBlend(cases, { prior, strength: priorStrength, rounds: 25, hears }, crew);
    const named = Object.fromEntries(
      // What has said nothing yet keeps its first weight, but counts for nothing.
      sources.map(({ id }, index) => [
        id,
        cases.length === 0 || (hears[index] === true && spoke(cases, index))
          ? Math.round((weights[index] ?? 0) * 1000) / 1000
          : 0,
      ]),
    );
    return { surface, weights, report: { surface, cases: cases.length, weights: named } };
  });
  const weights = Object.fromEntries(learnt.map(({ surface, weights: one }) => [surface, one])) as Record<
    BlendId,
    Float64Array
  >;
  return { weights, reports: learnt.map(({ report }) => report) };
}

/** Whether a source said anything of any candidate. */
function spoke(cases: readonly LearningCase[], index: number): boolean {
  return cases.some(({ features }) => {
    for (let place = index; place < features.length; place += sources.length) if (features[place] !== 0) return true;
    return false;
  });
}
