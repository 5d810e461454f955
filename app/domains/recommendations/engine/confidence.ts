import type { Suggestion, TrainingReport } from '../model.ts';
import { priorStrength } from './learn.ts';

/** How much a suggestion or a model may be trusted. */
export type Confidence = 'sure' | 'some-evidence' | 'a-guess';

/** One-sided 95 % bound of a Poisson count, in standard deviations. */
const doubt = 1.645;
const provenOrders = 5;
const habitOrders = 3;
const bestsellerOrders = 20;

/**
 * From how many orders a suggestion rests on. `sure`: two products are together in at least five orders and, even if
 * a lucky few of them are taken away, more often than by chance; a habit shown three times. `a-guess`: likeness on
 * paper, a pair seen once, or a bestseller of few sales.
 */
export function confidenceOf({ source, reason: { support, lift, because } }: Suggestion): Confidence {
  if (source.startsWith('own-')) return support >= habitOrders ? 'sure' : support > 0 ? 'some-evidence' : 'a-guess';
  if (because === null) return support >= bestsellerOrders ? 'some-evidence' : 'a-guess';
  const byChance = lift > 0 ? support / lift : support;
  if (support >= provenOrders && support - doubt * Math.sqrt(support) > byChance) return 'sure';
  return support >= 2 ? 'some-evidence' : 'a-guess';
}

/**
 * How probable it is that two products are together more often than by chance, 0 to 1; null where no order holds
 * both, or where the reason is not a pair. With joint orders of a Poisson distribution around chance × r, and r
 * expected around 1 as after one such order (Gamma(1, 1)), the probability of r > 1 is that of a Poisson count around
 * chance + 1 not above the joint orders (the two distributions' well-known link).
 */
export function chanceOfReal({ source, reason: { support, lift, because } }: Suggestion): number | null {
  if (source.startsWith('own-') || because === null || support <= 0 || lift <= 0) return null;
  const mean = support / lift + 1;
  let sum = 0;
  let logTerm = -mean;
  for (let count = 0; count <= support; count += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(mean / (count + 1));
  }
  return Math.min(1, sum);
}

const fewOrders = 50;
const manyCases = 200;

/**
 * Of a whole model: `a-guess` under 50 orders or before any past order could teach the blend, `sure` once 200 past
 * questions taught it on some surface.
 */
export function modelConfidence(report: Pick<TrainingReport, 'orders' | 'blends'>): Confidence {
  const cases = Math.max(0, ...report.blends.map((blend) => blend.cases));
  if (report.orders < fewOrders || cases === 0) return 'a-guess';
  return cases >= manyCases ? 'sure' : 'some-evidence';
}

/** How sure a whole model is, and what that rests on. */
export interface ModelSureness {
  readonly word: Confidence;
  /** orders that taught it, and past questions that taught the blend where it learnt most */
  readonly orders: number;
  readonly cases: number;
  /** 0 to 1: what the shop's own past counts in the blend, the rest being what holds in most shops */
  readonly ownEvidence: number;
}

/** The word of `modelConfidence` with its numbers. */
export function modelSureness(report: Pick<TrainingReport, 'orders' | 'blends'>): ModelSureness {
  const cases = Math.max(0, ...report.blends.map((blend) => blend.cases));
  return { word: modelConfidence(report), orders: report.orders, cases, ownEvidence: cases / (cases + priorStrength) };
}
