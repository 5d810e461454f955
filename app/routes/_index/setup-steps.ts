import type { Run } from '#app/domains/activity/index.ts';
import type { RecommendationStatus } from '#app/domains/recommendations/index.ts';
import type { SetupState } from '#app/domains/shops/index.ts';

export type StepId = 'import' | 'recommendations' | 'blocks' | 'bundle';

export interface SetupStep {
  readonly id: StepId;
  readonly done: boolean;
}

interface Known {
  readonly runs: readonly Pick<Run, 'kind' | 'status'>[];
  readonly recommendations: RecommendationStatus['state'];
  readonly liveBundles: number;
  readonly setup: SetupState;
}

/** The steps to a working store; each ticks itself off from what is true, in order. */
export function setupSteps({ runs, recommendations, liveBundles, setup }: Known): SetupStep[] {
  const succeeded = (kind: Run['kind']): boolean => runs.some((run) => run.kind === kind && run.status === 'succeeded');
  const trained = recommendations === 'active';
  return [
    // Whoever has recommendations has imported, even after old runs were forgotten.
    { id: 'import', done: succeeded('import') || trained },
    {
      id: 'recommendations',
      done:
        trained &&
        !runs.some(
          (run) =>
            run.kind === 'publish' && run.status !== 'succeeded' && run.status !== 'cancelled' && !succeeded('publish'),
        ),
    },
    { id: 'blocks', done: setup.blocksChecked },
    { id: 'bundle', done: liveBundles > 0 },
  ];
}
