import type { ViewsReport } from '../model.ts';
import { fitBlend, type LearningCase } from './fit.ts';
import { at } from './history.ts';
import { priorStrength } from './learn.ts';
import { countPairs, pairKey, type PairNeighbours } from './pair-counts.ts';
import type { ViewSession } from './view-sessions.ts';

/** For each item the others that the same visitors look at in one visit, best first. */
export interface CoViews {
  readonly start: Int32Array;
  readonly item: Int32Array;
  /** 0 to 1 */
  readonly likeness: Float32Array;
  /** how loud it speaks, learnt from what visitors looked at next */
  readonly weight: number;
  readonly report: ViewsReport;
}

/** The blend hears log(1 + likeness / floor), as of every source. */
export const coViewFloor = 0.02;
const fadeMs = 30 * 86_400_000;
/** So many pairs are held at once, whatever is looked at. */
const mostPairs = 2_000_000;
const kept = 20;
/** What one visitor does may be chance. */
const fewestVisitors = 2;
const mostLessons = 600;
const fewestLessons = 12;
/** Of the products that are looked at most so many stand beside the neighbours in a lesson. */
const mostViewed = 50;
const priorWeights = Float64Array.of(0.3, 0.3);

/** Weights of pairs and products: each visitor counts once, with the latest visit that held them. */
interface Counted {
  readonly seen: Float64Array;
  readonly neighbours: PairNeighbours;
  readonly total: number;
}

/**
 * Session-based neighbours of what is looked at: the cosine of products over visits, late visits counting more, as in
 * Ludewig and Jannach, "Evaluation of session-based recommendation algorithms" (UMUAI 2018). Null without visits.
 * @param sessions visitor after visitor, oldest first
 * @param items how many products there are
 */
export function learnCoViews(sessions: readonly ViewSession[], items: number): CoViews | null {
  if (sessions.length === 0) return null;
  const newest = sessions.reduce((latest, one) => Math.max(latest, one.at), 0);
  const fade = (session: ViewSession) => Math.exp((session.at - newest) / fadeMs);
  const counted = countViews(sessions, items, fade);
  const lessons = makeLessons(sessions, counted, fade);
  const weights =
    lessons.length < fewestLessons
      ? priorWeights
      : fitBlend(lessons, { prior: priorWeights, strength: priorStrength, rounds: 25 });
  const weight = Math.max(0, at(weights, 0));
  const report = { visits: sessions.length, cases: lessons.length, weight: Math.round(weight * 1000) / 1000 };
  return { ...keepBest(counted, items), weight, report };
}

function countViews(sessions: readonly ViewSession[], items: number, fade: (session: ViewSession) => number): Counted {
  const seen = new Float64Array(items);
  const pairs = countPairs(items, mostPairs);
  let total = 0;
  for (let place = 0; place < sessions.length;) {
    const visitor = sessions[place]?.visitor;
    const own = new Map<number, number>();
    for (let one = sessions[place]; one?.visitor === visitor && one !== undefined; one = sessions[(place += 1)]) {
      // A later visit takes the place of the one before.
      const weight = fade(one);
      for (const item of one.items) {
        own.set(-1 - item, weight);
        for (const other of one.items) if (item < other) own.set(pairKey(item, other, items), weight);
      }
    }
    for (const [key, weight] of own) {
      if (key >= 0) pairs.add(key, weight);
      else {
        seen[-1 - key] = at(seen, -1 - key) + weight;
        total += weight;
      }
    }
  }
  return { seen, neighbours: pairs.neighbours(), total };
}

/** Cosine, shrunk while few visitors speak for it. */
function likenessOf(pair: number, visitors: number, one: number, other: number): number {
  if (pair <= 1e-12 || visitors < fewestVisitors) return 0;
  return ((pair / Math.sqrt(one * other)) * visitors) / (visitors + fewestVisitors);
}

function keepBest({ seen, neighbours }: Counted, items: number): Pick<CoViews, 'start' | 'item' | 'likeness'> {
  const start = new Int32Array(items + 1);
  const kepts: (readonly [number, number])[] = [];
  for (let item = 0; item < items; item += 1) {
    const alike: (readonly [number, number])[] = [];
    neighbours.visit(item, (other, weight, visitors) => {
      const likeness = likenessOf(weight, visitors, at(seen, item), at(seen, other));
      if (likeness > 0) alike.push([other, likeness]);
    });
    const own = alike.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, kept);
    kepts.push(...own);
    start[item + 1] = kepts.length;
  }
  return {
    start,
    item: Int32Array.from(kepts, ([other]) => other),
    likeness: Float32Array.from(kepts, ([, likeness]) => likeness),
  };
}

/** The latest visit of each of the latest visitors, in which the last product was foretold from the ones before it. */
function makeLessons(
  sessions: readonly ViewSession[],
  { seen, neighbours, total }: Counted,
  fade: (session: ViewSession) => number,
): LearningCase[] {
  const byViews = Array.from(seen.keys()).sort((a, b) => at(seen, b) - at(seen, a) || a - b);
  const popular = byViews.slice(0, mostViewed);
  const latest = sessions
    .filter((one, place) => sessions[place + 1]?.visitor !== one.visitor)
    .sort((a, b) => b.at - a.at || a.visitor - b.visitor)
    .slice(0, mostLessons);
  return latest.flatMap((session): LearningCase[] => {
    const own = fade(session);
    const before = session.items.slice(0, -1);
    const target = session.items.at(-1) ?? -1;
    const held = new Set(session.items);
    const without = (item: number) => at(seen, item) - (held.has(item) ? own : 0);
    const values = new Map<number, number>(popular.map((item) => [item, 0]));
    for (const item of before)
      neighbours.visit(item, (other, weight, visitors) => {
        const known = held.has(other) ? likenessOf(weight - own, visitors - 1, without(item), without(other)) : 0;
        const value = held.has(other) ? known : likenessOf(weight, visitors, without(item), at(seen, other));
        values.set(other, (values.get(other) ?? 0) + value / Math.sqrt(before.length));
      });
    const candidates = [...values.keys()].filter((item) => !before.includes(item));
    const bought = candidates.indexOf(target);
    if (bought < 0 || candidates.length < 2) return [];
    const features = new Float32Array(candidates.length * 2);
    candidates.forEach((item, row) => {
      features[row * 2] = Math.log(1 + (values.get(item) ?? 0) / coViewFloor);
      features[row * 2 + 1] = Math.log(1 + without(item) / Math.max(1e-9, total) / 0.001);
    });
    return [{ features, bought: [bought] }];
  });
}
