import { assignmentsOf, type ShopExperiments } from '#app/domains/experiments/index.ts';
import { aimedAt, type CartCandidates, type Objective } from '#app/domains/recommendations/index.ts';

/** The subject of experiments with the cart's suggestions. */
const CART = 'widget:cart';

/**
 * What a visitor's suggestions are chosen for by a running experiment or, without one, by the last that decided;
 * undefined = by what the merchant set.
 */
export function objectiveFor(experiments: ShopExperiments, visitorId: string | null): Objective | undefined {
  const own = assignmentsOf(experiments, visitorId).find(({ subject }) => subject === CART);
  const decided = experiments.changes.filter(({ subject, change }) => subject === CART && change.objective);
  return own?.change.objective ?? decided.at(-1)?.change.objective;
}

/** The candidates with this objective in place of the merchant's. */
export const aimed = (candidates: CartCandidates, objective: Objective | undefined): CartCandidates => ({
  ...candidates,
  merchandising: aimedAt(candidates.merchandising, objective),
});
