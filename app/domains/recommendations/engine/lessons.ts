import { type AskingSurface, askingSurfaces, type BlendId } from '../model.ts';
import { sources } from '../sources/index.ts';
import { best } from './best.ts';
import { askAgain, askSources, blendVoices, isHeard, openVoices, priorWeights, type Voices } from './blend.ts';
import type { Work } from './crew.ts';
import type { LearningCase } from './fit.ts';
import { at, type History, itemsOf } from './history.ts';
import { type CountedParts, type Parts, withPopularity } from './parts.ts';
import { profileOf } from './question.ts';
import type { VoiceDesk } from './voice-desk.ts';
import { openWithout } from './without.ts';

const candidates = 100;
/** From one basket this many products are hidden in turn for `cart`. */
const hiddenFromBasket = 3;
/** Pages of one lesson: `next`, `discover` and one for each hidden product. */
const pagesOf: Readonly<Record<AskingSurface, readonly number[]>> = { next: [0], discover: [1], cart: [2, 3, 4] };
const pages = 2 + hiddenFromBasket;

/** Where threads write what each lesson teaches. */
export interface LessonBook {
  /** candidates × sources for each page */
  readonly features: Float32Array;
  readonly bought: Uint8Array;
  /** candidates on each page; 0 = nothing to learn there */
  readonly rows: Int32Array;
}

/** An empty book in shared memory. */
export function openLessonBook(lessons: number): LessonBook {
  const all = lessons * pages;
  return {
    features: new Float32Array(new SharedArrayBuffer(all * candidates * sources.length * 4)),
    bought: new Uint8Array(new SharedArrayBuffer(all * candidates)),
    rows: new Int32Array(new SharedArrayBuffer(all * 4)),
  };
}

/** What some of the lessons, `from` up to `to`, teach one blend, in order; a guest's carts are everybody's. */
export function readCases(book: LessonBook, blend: BlendId, from = 0, to = Infinity): LearningCase[] {
  const surface = blend === 'guest' ? 'cart' : blend;
  const cases: LearningCase[] = [];
  const end = Math.min(book.rows.length, to * pages);
  for (let first = from * pages; first < end; first += pages) {
    for (const offset of pagesOf[surface]) {
      const page = first + offset;
      const rows = at(book.rows, page);
      if (rows === 0) continue;
      const place = page * candidates;
      const bought: number[] = [];
      for (let row = 0; row < rows; row += 1) if (book.bought[place + row] === 1) bought.push(row);
      cases.push({
        features: book.features.subarray(place * sources.length, (place + rows) * sources.length),
        bought,
      });
    }
  }
  return cases;
}

/** Lessons of one task; they lie close in time, so that a thread counts popularity for few days. */
const lessonsOfTask = 16;
export const lessonTasks = (lessons: number): number => Math.ceil(lessons / lessonsOfTask);

/** What lessons are asked of. */
export interface Teaching {
  /** the whole past: who ordered what and when */
  readonly history: History;
  /** counted before the late baskets, which are those that `parts.history` lacks */
  readonly parts: CountedParts;
}

/** Each task asks about some lessons and writes their pages. */
export const lessonWork: Work<Teaching & { lessons: Int32Array; book: LessonBook }> = {
  kind: 'lessons',
  prepare({ history, parts: counted, lessons, book }) {
    const parts = withPopularity(counted);
    const n = history.items.length;
    const desk = openVoices(n);
    const without = openWithout(parts);
    const priors = Object.fromEntries(askingSurfaces.map((surface) => [surface, priorWeights(surface)])) as Record<
      AskingSurface,
      Float64Array
    >;
    const heard = Object.fromEntries(
      askingSurfaces.map((surface) => [surface, sources.map((source) => isHeard(source, surface))]),
    ) as Record<AskingSurface, boolean[]>;
    const write = (
      page: number,
      surface: AskingSurface,
      voices: Voices,
      bought: ReadonlySet<number>,
      out: readonly number[],
    ) => writePage({ book, page, heard: heard[surface] }, voices, blendVoices(voices, priors[surface]), bought, out);
    return (task) => {
      const end = Math.min(lessons.length, (task + 1) * lessonsOfTask);
      for (let place = task * lessonsOfTask; place < end; place += 1)
        teach({ history, parts, without, desk }, at(lessons, place), (offset, ...page) =>
          write(place * pages + offset, ...page),
        );
    };
  },
};

type Write = (
  offset: number,
  surface: AskingSurface,
  voices: Voices,
  bought: ReadonlySet<number>,
  excluded: readonly number[],
) => void;

interface Teacher {
  readonly history: History;
  readonly parts: Parts;
  readonly without: ReturnType<typeof openWithout>;
  readonly desk: VoiceDesk;
}

/**
 * Asks about a basket what was counted before it: a late one meets only what came earlier, an earlier one the same
 * without itself.
 */
function teach({ history, parts, without, desk }: Teacher, lesson: number, write: Write): void {
  const isCounted = lesson < parts.history.basketAt.length;
  // Products that only this basket knows cannot be foretold from the others.
  const basket = [...itemsOf(history, lesson)].filter((item) => at(parts.neighbours.counts, item) > Number(isCounted));
  if (basket.length === 0) return;
  const moment = at(history.basketAt, lesson);
  const customer = at(history.basketCustomer, lesson);
  const profile = profileOf(history, customer, moment);
  const unknowing = isCounted ? without(lesson, profile) : parts;
  const voices = askSources(unknowing, { surface: 'next', moment, customer, basket: [] }, desk, profile);
  // A first basket tells nothing of how customers come back.
  if (profile.items.length > 0) {
    write(0, 'next', voices, new Set(basket), []);
    const owned = new Set(profile.items);
    const fresh = new Set(basket.filter((item) => !owned.has(item)));
    if (fresh.size > 0) write(1, 'discover', voices, fresh, [...owned]);
  }
  if (basket.length < 2) return;
  pickHidden(basket, lesson).forEach((hidden, turn) => {
    const rest = basket.filter((item) => item !== hidden);
    const again = askAgain(unknowing, voices, { surface: 'cart', moment, customer, basket: rest });
    write(2 + turn, 'cart', again, new Set([hidden]), rest);
  });
}

/** The best candidates by the prior blend, and which of them were bought; nothing where none was. */
function writePage(
  { book, page, heard }: { readonly book: LessonBook; readonly page: number; readonly heard: readonly boolean[] },
  voices: Voices,
  scores: Float32Array,
  bought: ReadonlySet<number>,
  excluded: readonly number[],
): void {
  const n = scores.length;
  for (const item of excluded) scores[item] = -Infinity;
  const rows = Math.min(candidates, n - excluded.length);
  if (!reaches(scores, bought, rows)) return;
  const chosen = best(scores, rows);
  if (!chosen.some((item) => bought.has(item))) return;
  const from = page * candidates;
  const { features } = book;
  const { loudness } = voices;
  for (let row = 0; row < rows; row += 1) {
    const item = chosen[row] ?? 0;
    const place = (from + row) * sources.length;
    if (bought.has(item)) book.bought[from + row] = 1;
    for (let source = 0; source < sources.length; source += 1)
      if (heard[source] === true) features[place + source] = loudness[source * n + item] ?? 0;
  }
  book.rows[page] = rows;
}

/** Whether one of the bought items may be among the `keep` best: fewer are better than the best of them. */
function reaches(scores: Float32Array, bought: ReadonlySet<number>, keep: number): boolean {
  let bar = -Infinity;
  for (const item of bought) bar = Math.max(bar, at(scores, item));
  let better = 0;
  for (let item = 0; item < scores.length; item += 1) if ((scores[item] ?? 0) > bar) better += 1;
  return better < keep;
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
