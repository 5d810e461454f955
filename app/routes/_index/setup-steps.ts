import type { Run } from '#app/domains/activity/index.ts';
import type { RecommendationStatus } from '#app/domains/recommendations/index.ts';
import type { SetupState } from '#app/domains/shops/index.ts';
import type { ThemeBlocks } from '../../ui/use-theme-blocks.ts';

export type StepId = 'import' | 'recommendations' | 'blocks' | 'bundle';

export interface SetupStep {
  readonly id: StepId;
  readonly done: boolean;
  /** nobody knows yet: the admin has not said which blocks are live */
  readonly asking?: boolean | undefined;
}

interface Known {
  readonly runs: readonly Pick<Run, 'kind' | 'status'>[];
  readonly recommendations: RecommendationStatus['state'];
  readonly liveBundles: number;
  readonly setup: SetupState;
  /** the store can show blocks of ours */
  readonly blocks: boolean;
}

/** The steps to a working store; each ticks itself off from what is true, in order. */
export function setupSteps({ runs, recommendations, liveBundles, setup, blocks }: Known): SetupStep[] {
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
    ...(blocks ? [{ id: 'blocks' as const, done: setup.blocksChecked }] : []),
    { id: 'bundle', done: liveBundles > 0 },
  ];
}

/**
 * The steps with what the admin says about the theme: its word counts more than what was remembered from the last
 * visit; until it comes, a step that was not done then is open.
 */
export function withTheme(steps: readonly SetupStep[], theme: ThemeBlocks): SetupStep[] {
  return steps.map((step) => {
    if (step.id !== 'blocks' || theme.state === 'unknown') return step;
    if (theme.state === 'asking') return step.done ? step : { ...step, asking: true };
    return { ...step, done: theme.blocks.some((block) => block.live) };
  });
}
