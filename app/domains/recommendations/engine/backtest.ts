import { type BlendId, blendIds, type CatalogItem, type SourceId } from '../model.ts';
import { sources } from '../sources/index.ts';
import { best } from './best.ts';
import { askAgain, askSources, blendOfCart, blendVoices, isHeard, openVoices, type Voices } from './blend.ts';
import { at, type History, itemsOf, keepBaskets } from './history.ts';
import { type Estimate, meanOf, seeded, shareOf } from './intervals.ts';
import { type Model, trainModel, type TrainingOptions } from './train-model.ts';
import type { VoiceDesk } from './voice-desk.ts';

export interface BacktestOptions extends Pick<TrainingOptions, 'threads' | 'onStep'> {
  /** how many suggestions a shopper would have seen; 10 where it is left out */
  readonly shown?: number;
  /** the latest share of all orders, which is asked for and not learnt from; 0.2 where it is left out */
  readonly share?: number;
  /** the most orders that are asked for, evenly thinned out; 1,000 where it is left out */
  readonly mostOrders?: number;
}

/** How well one way of suggesting foretold what was bought. */
export interface BacktestScore {
  /** share of the cases in which at least one of the suggestions was bought; Wilson's interval */
  readonly hitRate: Estimate;
  /** normalised discounted cumulative gain of the suggestions, 0 to 1; bootstrap interval */
  readonly ndcg: Estimate;
}

export interface BacktestExample {
  /** ms since 1970 */
  readonly at: number;
  readonly basket: readonly string[];
  readonly suggested: readonly string[];
  /** what was bought of the suggestions */
  readonly bought: readonly string[];
}

export interface BacktestSurface {
  readonly surface: BlendId;
  readonly cases: number;
  /** the blend, as shoppers would have seen it: `cart` where the store knows who they are, `guest` where it does not */
  readonly blend: BacktestScore;
  /** each source alone that is heard there, in registry order */
  readonly sources: readonly ({ readonly source: SourceId } & BacktestScore)[];
  readonly examples: readonly BacktestExample[];
}

export interface Backtest {
  /** orders before this moment (ms since 1970) taught, those from it on were asked for; null without orders */
  readonly cutAt: number | null;
  readonly taught: number;
  readonly asked: number;
  readonly shown: number;
  readonly surfaces: readonly BacktestSurface[];
}

const mostExamples = 5;
/** Bounds the work in shops of very many products. */
const mostAnswers = 40_000_000;

/** One list for each voice: the blend first, then every source alone. */
interface Tally {
  /** by source */
  readonly hears: readonly boolean[];
  readonly hits: number[];
  readonly gains: number[][];
  readonly examples: BacktestExample[];
  cases: number;
}

/**
 * What would have been recommended on past orders, and how often was it bought? Trains on the earlier orders alone
 * and asks for the later ones, in which nothing of the future is known. Every order is one case for each surface
 * that fits it: `cart` hides one of at least two products, and `guest` asks the same without knowing whose cart it is;
 * `next` and `discover` need a customer who came before.
 */
export function backtest(history: History, catalog: Iterable<CatalogItem>, options: BacktestOptions = {}): Backtest {
  const { shown = 10, share = 0.2, mostOrders = 1_000, ...training } = options;
  const all = history.basketAt.length;
  // Orders of one moment stay together, or the first of them would give away the others.
  const planned = at(history.basketAt, Math.min(all - 1, Math.floor(all * (1 - share))));
  let cut = all;
  while (cut > 0 && at(history.basketAt, cut - 1) >= planned) cut -= 1;
  const model = trainModel(
    keepBaskets(history, (basket) => basket < cut),
    catalog,
    training,
  );
  const most = Math.min(mostOrders, Math.max(50, Math.floor(mostAnswers / Math.max(1, history.items.length))));
  const step = Math.max(1, (all - cut) / most);
  const tallies = Object.fromEntries(blendIds.map((surface) => [surface, emptyTally(surface)])) as Record<
    BlendId,
    Tally
  >;
  const desk = openVoices(history.items.length);
  let asked = 0;
  if (cut > 0)
    for (let place = cut; Math.floor(place) < all; place += step) {
      asked += 1;
      askFor(model, history, Math.floor(place), shown, desk, tallies);
    }
  return {
    cutAt: cut < all ? at(history.basketAt, cut) : null,
    taught: cut,
    asked,
    shown,
    surfaces: blendIds.map((surface) => summarise(surface, tallies[surface])),
  };
}

function emptyTally(surface: BlendId): Tally {
  const voices = sources.length + 1;
  return {
    hears: sources.map((source) => isHeard(source, surface)),
    hits: new Array<number>(voices).fill(0),
    gains: Array.from({ length: voices }, () => []),
    examples: [],
    cases: 0,
  };
}

function askFor(
  model: Model,
  history: History,
  order: number,
  shown: number,
  desk: VoiceDesk,
  tallies: Readonly<Record<BlendId, Tally>>,
): void {
  const { parts } = model;
  const moment = at(history.basketAt, order);
  const customer = at(history.basketCustomer, order);
  // A product without a sale before the cut could not be known.
  const basket = [...itemsOf(history, order)].filter((item) => at(parts.neighbours.counts, item) > 0);
  if (basket.length === 0) return;
  const voices = askSources(parts, { surface: 'next', moment, customer, basket: [] }, desk);
  const score = (
    surface: BlendId,
    said: Voices,
    bought: readonly number[],
    banned: readonly number[],
    weights = model.weights[surface],
  ) => judge(model, tallies[surface], weights, said, new Set(bought), banned, shown);
  const owned = voices.asked.profile.items;
  if (owned.length > 0) {
    score('next', voices, basket, []);
    const fresh = basket.filter((item) => !owned.includes(item));
    if (fresh.length > 0) score('discover', voices, fresh, [...owned]);
  }
  if (basket.length < 2) return;
  const hidden = basket[order % basket.length] ?? 0;
  const rest = basket.filter((item) => item !== hidden);
  const again = askAgain(parts, voices, { surface: 'cart', moment, customer, basket: rest });
  score('cart', again, [hidden], rest, model.weights[blendOfCart(again.asked.profile)]);
  score('guest', again, [hidden], rest);
}

/** Ranks by the blend and by each source alone, and notes what of it was bought. */
function judge(
  model: Model,
  tally: Tally,
  weights: Float64Array,
  voices: Voices,
  bought: ReadonlySet<number>,
  banned: readonly number[],
  shown: number,
): void {
  const { items } = model.parts.history;
  const n = items.length;
  tally.cases += 1;
  let ideal = 0;
  for (let rank = 0; rank < Math.min(shown, bought.size); rank += 1) ideal += 1 / Math.log2(rank + 2);
  for (let voice = 0; voice <= sources.length; voice += 1) {
    if (voice > 0 && tally.hears[voice - 1] !== true) continue;
    const scores = voice === 0 ? blendVoices(voices, weights) : voices.loudness.slice((voice - 1) * n, voice * n);
    for (const item of banned) scores[item] = -Infinity;
    // A source that has nothing to say about a product does not suggest it.
    const list = [...best(scores, shown)].filter((item) => at(scores, item) > (voice === 0 ? -Infinity : 0));
    let gain = 0;
    list.forEach((item, rank) => (gain += bought.has(item) ? 1 / Math.log2(rank + 2) : 0));
    tally.hits[voice] = (tally.hits[voice] ?? 0) + Number(gain > 0);
    tally.gains[voice]?.push(gain / ideal);
    if (voice > 0 || tally.examples.length >= mostExamples || gain === 0) continue;
    const name = (item: number) => items[item] ?? '';
    tally.examples.push({
      at: voices.asked.question.moment,
      basket: voices.asked.question.basket.map(name),
      suggested: list.map(name),
      bought: list.filter((item) => bought.has(item)).map(name),
    });
  }
}

function summarise(surface: BlendId, { hears, cases, hits, gains, examples }: Tally): BacktestSurface {
  const random = seeded(1);
  const scores = hits.map((count, voice) => ({
    hitRate: shareOf(count, cases),
    ndcg: meanOf(gains[voice] ?? [], random),
  }));
  const nothing = { hitRate: shareOf(0, 0), ndcg: meanOf([], random) };
  return {
    surface,
    cases,
    blend: scores[0] ?? nothing,
    sources: sources.flatMap(({ id }, index) =>
      hears[index] === true ? [{ source: id, ...(scores[index + 1] ?? nothing) }] : [],
    ),
    examples,
  };
}
