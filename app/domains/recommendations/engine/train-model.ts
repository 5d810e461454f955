import { type BlendId, blendIds, type CatalogItem, type TrainingReport } from '../model.ts';
import { priorWeights, type Weights } from './blend.ts';
import { type CoViews, learnCoViews } from './co-views.ts';
import { compareContent } from './content.ts';
import { beginLinear } from './ease.ts';
import { startCrew } from './crew.ts';
import { groupCustomers } from './customer-groups.ts';
import type { History } from './history.ts';
import { cutOf, partsBefore } from './earlier.ts';
import { chooseLessons, learnWeights } from './learn.ts';
import { beginNeighbours, type Neighbours, neighboursKept } from './neighbours.ts';
import { type Parts, withPopularity } from './parts.ts';
import { countDays } from './popularity.ts';
import { learnPrior } from './prior.ts';
import { countRepeats } from './repeats.ts';
import type { ViewSessions } from './view-sessions.ts';

/** A trained shop. Numbers of items and customers are those of the history. */
export interface Model {
  readonly parts: Parts;
  readonly weights: Weights;
  /** by item number; undefined where only orders know the product */
  readonly catalog: readonly (CatalogItem | undefined)[];
  /** by item number: 1 where it may be offered */
  readonly offered: Uint8Array;
  readonly report: TrainingReport;
  readonly views: CoViews | null;
}

export interface TrainingOptions {
  /** May products be offered that only orders know? Yes without a catalogue; no where it is complete: they were deleted. */
  readonly offerUnknown?: boolean;
  /** how many threads may compute, the calling one included; changes the time alone */
  readonly threads?: number;
  /** counted elsewhere in chunks of this very history (`countChunk`, `mergeChunks`); counted here where it is left out */
  readonly neighbours?: Neighbours;
  /** what visitors looked at; nothing where it is left out */
  readonly views?: ViewSessions;
  /** called before each step with its place among `steps`; may throw to stop */
  readonly onStep?: (step: TrainingStep, done: number, total: number) => void;
}

export type TrainingStep = 'content' | 'neighbours' | 'linear' | 'blend';
const steps: readonly TrainingStep[] = ['content', 'neighbours', 'linear', 'blend'];

const keptLikenesses = 40;
/** Fewer lessons than this cannot teach a blend; the prior speaks alone. */
const fewestLessons = 12;
/** Ridge of the linear model: 200 for the baskets and 200 for the customers in its Gram matrix. Chosen by hand, not swept. */
const ridge = 400;

/** Under this many products a helper takes longer to start than it saves. */
const fewestForThreads = 600;

/**
 * Counts everything on the whole history, then learns how loud each source may speak: the latest baskets are asked of
 * the model as it would have been before them. The same history gives the same model, bit for bit, on
 * any number of threads.
 */
export function trainModel(history: History, items: Iterable<CatalogItem> = [], options: TrainingOptions = {}): Model {
  const step = (name: TrainingStep) => options.onStep?.(name, steps.indexOf(name), steps.length);
  const crew = startCrew(history.items.length < fewestForThreads ? 1 : (options.threads ?? 1));
  try {
    const catalog: (CatalogItem | undefined)[] = new Array<CatalogItem | undefined>(history.items.length).fill(
      undefined,
    );
    for (const item of items) {
      const number = history.itemIndex.get(item.productId);
      if (number !== undefined) catalog[number] = item;
    }
    step('content');
    // The helpers count while descriptions are compared here.
    const { neighbours: counted } = options;
    const endNeighbours =
      counted === undefined ? beginNeighbours(history, neighboursKept(history.items.length), crew) : () => counted;
    const content = compareContent(catalog, keptLikenesses);
    step('neighbours');
    const neighbours = endNeighbours();
    // The helpers add up pairs for the linear model while all the rest is counted here.
    const cut = cutOf(history);
    const endLinear = beginLinear(history, { ridge, cut }, crew);
    const repeats = countRepeats(history);
    const days = countDays(history);
    const prior = learnPrior(history, catalog, neighbours.counts);
    const classes = { category: prior.categories.of, band: prior.bands.of };
    const groups = groupCustomers(history, classes, neighbours.counts);
    step('linear');
    const { whole: linear, earlier } = endLinear();
    const parts = withPopularity({ history, neighbours, linear, content, prior, repeats, days, groups });
    const views = learnCoViews(options.views?.finish(history.itemIndex) ?? [], history.items.length);
    step('blend');
    const lessons = chooseLessons(history, cut);
    const learnt =
      lessons.baskets.length < fewestLessons
        ? null
        : learnWeights({ history, parts: partsBefore(parts, catalog, cut, earlier) }, lessons, crew);
    return {
      parts,
      weights: learnt?.weights ?? untaughtWeights(),
      catalog,
      offered: Uint8Array.from(catalog, (item) => ((item?.sellable ?? options.offerUnknown ?? true) ? 1 : 0)),
      views,
      report: {
        products: history.items.length,
        customers: history.customers.length,
        orders: history.basketAt.length,
        pairs: neighbours.item.length,
        linear: linear !== null,
        blends: learnt?.reports ?? [],
        views: views?.report ?? null,
      },
    };
  } finally {
    crew.dismiss();
  }
}

const untaughtWeights = (): Weights =>
  Object.fromEntries(blendIds.map((blend) => [blend, priorWeights(blend)])) as Record<BlendId, Float64Array>;
