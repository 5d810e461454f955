import type { CatalogItem, TrainingReport } from '../model.ts';
import { priorWeights, type Weights } from './blend.ts';
import { compareContent } from './content.ts';
import { trainLinear } from './ease.ts';
import { type History, keepBaskets } from './history.ts';
import { chooseLessons, learnWeights } from './learn.ts';
import { countNeighbours } from './neighbours.ts';
import { countRepeats } from './repeats.ts';
import { type ContentNeighbours, type Parts, rememberPopularity } from './parts.ts';

/** A trained shop. Numbers of items and customers are those of the history. */
export interface Model {
  readonly parts: Parts;
  readonly weights: Weights;
  /** by item number; undefined where only orders know the product */
  readonly catalog: readonly (CatalogItem | undefined)[];
  /** by item number: 1 where it may be offered */
  readonly offered: Uint8Array;
  readonly report: TrainingReport;
}

export interface TrainingOptions {
  /** May products be offered that only orders know? Yes without a catalogue; no where it is complete: they were deleted. */
  readonly offerUnknown?: boolean;
  /** called before each step with its place among `steps`; may throw to stop */
  readonly onStep?: (step: TrainingStep, done: number, total: number) => void;
}

export type TrainingStep = 'content' | 'past' | 'blend' | 'neighbours' | 'linear';
const steps: readonly TrainingStep[] = ['content', 'past', 'blend', 'neighbours', 'linear'];

/** Neighbours kept for each product: enough for any basket, few enough for any shop. */
const keptNeighbours = 200;
const keptLikenesses = 40;
/** Fewer lessons than this cannot teach a blend; the prior speaks alone. */
const fewestLessons = 12;
/** Ridge of the linear model: 200 for the baskets and 200 for the customers in its Gram matrix. Chosen by hand, not swept. */
const ridge = 400;

/**
 * Trains everything on one history: first on its earlier part, to learn how loud each source may speak, then on
 * all of it. The same history gives the same model, bit for bit.
 */
export function trainModel(history: History, items: Iterable<CatalogItem> = [], options: TrainingOptions = {}): Model {
  const step = (name: TrainingStep) => options.onStep?.(name, steps.indexOf(name), steps.length);
  const catalog: (CatalogItem | undefined)[] = new Array<CatalogItem | undefined>(history.items.length).fill(undefined);
  for (const item of items) {
    const number = history.itemIndex.get(item.productId);
    if (number !== undefined) catalog[number] = item;
  }
  step('content');
  const content = compareContent(catalog, keptLikenesses);
  const lessons = chooseLessons(history);
  let learnt: ReturnType<typeof learnWeights> | null = null;
  if (lessons.length >= fewestLessons) {
    step('past');
    const heldBack = new Uint8Array(history.basketAt.length);
    for (const lesson of lessons) heldBack[lesson] = 1;
    const past = countParts(
      keepBaskets(history, (basket) => heldBack[basket] === 0),
      content,
    );
    step('blend');
    learnt = learnWeights(past, history, lessons);
  }
  step('neighbours');
  const neighbours = countNeighbours(history, keptNeighbours);
  step('linear');
  const linear = trainLinear(history, ridge);
  return {
    parts: {
      history,
      neighbours,
      linear,
      content,
      repeats: countRepeats(history),
      popularity: rememberPopularity(history),
    },
    weights: learnt?.weights ?? {
      cart: priorWeights('cart'),
      next: priorWeights('next'),
      discover: priorWeights('discover'),
    },
    catalog,
    offered: Uint8Array.from(catalog, (item) => ((item?.sellable ?? options.offerUnknown ?? true) ? 1 : 0)),
    report: {
      products: history.items.length,
      customers: history.customers.length,
      orders: history.basketAt.length,
      pairs: neighbours.item.length,
      linear: linear !== null,
      blends: learnt?.reports ?? [],
    },
  };
}

function countParts(history: History, content: ContentNeighbours): Parts {
  return {
    history,
    neighbours: countNeighbours(history, keptNeighbours),
    linear: trainLinear(history, ridge),
    content,
    repeats: countRepeats(history),
    popularity: rememberPopularity(history),
  };
}
