import type { Suggestion, TrainingReport } from '../model.ts';

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
