import { type BlendId, blendIds, type BlendReport } from '../model.ts';
import { sources } from '../sources/index.ts';
import { isHeard, priorWeights, type Weights } from './blend.ts';
import type { Crew } from './crew.ts';
import { fitBlend, type LearningCase } from './fit.ts';
import { at, basketsOf, type History } from './history.ts';
import { judge } from './judge.ts';
import { type LessonBook, lessonTasks, lessonWork, openLessonBook, readCases, type Teaching } from './lessons.ts';
import { forThreads, nameless } from './parts.ts';

/**
 * The most baskets of the past that teach the blend: 600 and 800 were measured alike on the real history, NDCG@10 within
 * 0.0006 of each other for `next` and `discover`, `cart` better by up to 0.004 with fewer, because more of them are late.
 */
const mostLessons = 600;
/** A lesson looks at every product: in shops of very many this bounds their product, so that time stays linear. */
const mostLessonsTimesProducts = 40_000_000;
const fewestOfMany = 100;
/** Shops of few returning customers learn from the latest orders too, up to so many. */
const fewLessons = 200;
/** The prior counts as much as this many lessons. */
export const priorStrength = 40;

/** The latest share of the lessons, late ones only, says whether the others taught anything. */
const judgingShare = 0.3;

/** Baskets to learn from, in time order. */
export interface Lessons {
  readonly baskets: Int32Array;
  /** number of the first lesson that judges */
  readonly judging: number;
}

/**
 * The baskets to learn from: the last one of each customer who came at least twice, in shops of one-time buyers the
 * latest tenth of all baskets; at most `mostLessons`, fewer above 66,000 products. Late ones, from number `cut` on, come
 * before others; where there are too many, they are evenly thinned out.
 */
export function chooseLessons(history: History, cut: number): Lessons {
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
  const most = Math.min(mostLessons, bound);
  const isLate = (basket: number) => basket >= cut;
  const late = thinnedOut(chosen.filter(isLate), most);
  const earlier = thinnedOut(
    chosen.filter((basket) => !isLate(basket)),
    most - late.length,
  );
  const baskets = Int32Array.from([...earlier, ...late]);
  return { baskets, judging: Math.max(earlier.length, Math.floor(baskets.length * (1 - judgingShare))) };
}

/** At most so many, evenly spread. */
function thinnedOut(from: readonly number[], most: number): number[] {
  if (most <= 0) return [];
  const step = Math.max(1, from.length / most);
  return Array.from({ length: Math.floor(from.length / step) }, (_, k) => from[Math.floor(k * step)] ?? 0);
}

/**
 * Learns how loud each source speaks for each question. Time-ordered: what the earlier lessons taught must answer the
 * latest ones no worse than the weights to begin with, or those stand; then the latest teach as well.
 */
export function learnWeights(
  { history, parts }: Teaching,
  lessons: Lessons,
  crew: Crew,
): { weights: Weights; reports: BlendReport[] } {
  const { baskets } = lessons;
  const book = openLessonBook(baskets.length);
  const shared = { history: nameless(history), parts: forThreads(parts), lessons: baskets, book };
  crew.open(lessonWork, shared).run(lessonTasks(baskets.length));
  const learnt = blendIds.map((blend) => learnBlend(book, blend, lessons.judging, crew));
  const weights = Object.fromEntries(learnt.map((one) => [one.report.surface, one.weights])) as Record<
    BlendId,
    Float64Array
  >;
  return { weights, reports: learnt.map(({ report }) => report) };
}

function learnBlend(
  book: LessonBook,
  surface: BlendId,
  judging: number,
  crew: Crew,
): { weights: Float64Array; report: BlendReport } {
  const hears = sources.map((source) => isHeard(source, surface));
  const prior = priorWeights(surface);
  const cases = readCases(book, surface);
  const options = { prior, strength: priorStrength, rounds: 25, hears };
  const fit = (some: readonly LearningCase[], near?: Float64Array) =>
    some.length === 0 ? prior : fitBlend(some, { ...options, ...(near && { near }) }, crew);
  const asked = readCases(book, surface, judging);
  const before = fit(readCases(book, surface, 0, judging));
  const validation = judge(asked, before, prior);
  const weights = validation.stands === 'learnt' ? fit(cases, before) : prior;
  const named = Object.fromEntries(
    // What has said nothing yet keeps its first weight, but counts for nothing.
    sources.map(({ id }, index) => [
      id,
      cases.length === 0 || (hears[index] === true && spoke(cases, index))
        ? Math.round((weights[index] ?? 0) * 1000) / 1000
        : 0,
    ]),
  );
  return { weights, report: { surface, cases: cases.length, weights: named, validation } };
}

/** Whether a source said anything of any candidate. */
function spoke(cases: readonly LearningCase[], index: number): boolean {
  return cases.some(({ features }) => {
    for (let place = index; place < features.length; place += sources.length) if (features[place] !== 0) return true;
    return false;
  });
}
