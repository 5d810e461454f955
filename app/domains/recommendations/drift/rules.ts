/** Cart cases of a version: one product of a real order hidden, looked for among the ten suggested for the rest. */
export interface CaseCount {
  readonly cases: number;
  readonly hits: number;
}

/** Fewer cases of the last day than this say nothing. */
export const fewestCases = 50;
/** The past must be known better than the day that is held against it. */
const fewestPastCases = 200;
/** A fall to below this share of the usual hit rate calls for a training. */
export const toleratedShare = 0.7;
/** … if chance alone does so less than once in forty times. */
const surprise = 2;

/**
 * Whether the last day was hit so much less often than the days after earlier trainings that the model no longer fits:
 * below 70 % of the usual share, and by more than two standard errors of the difference (pooled two-proportion test).
 */
export function hasDrifted(lastDay: CaseCount, past: readonly CaseCount[]): boolean {
  const before = past
    .filter((one) => one.cases >= fewestCases)
    .reduce((sum, one) => ({ cases: sum.cases + one.cases, hits: sum.hits + one.hits }), { cases: 0, hits: 0 });
  if (lastDay.cases < fewestCases || before.cases < fewestPastCases) return false;
  const [share, usual] = [lastDay.hits / lastDay.cases, before.hits / before.cases];
  if (share >= toleratedShare * usual) return false;
  const pooled = (lastDay.hits + before.hits) / (lastDay.cases + before.cases);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / lastDay.cases + 1 / before.cases));
  return usual - share > surprise * error;
}
