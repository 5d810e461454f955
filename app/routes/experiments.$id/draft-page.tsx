import type { SplitTest } from '#app/domains/experiments/index.ts';
import { ConfirmChange } from './confirm-change.tsx';
import { ExperimentFormPage } from './experiment-form.tsx';
import type { ExperimentForm } from './form-state.ts';
import type { Subjects } from './subject-options.ts';
import { useExperimentChange } from './use-experiment-change.ts';

interface DraftPageProps extends Subjects {
  readonly test: SplitTest;
  readonly initial: ExperimentForm;
}

/** A stored draft: its form, and the way to start or delete it. */
export function DraftPage({ test, initial, ...subjects }: DraftPageProps) {
  const change = useExperimentChange(test.id);
  return (
    <ExperimentFormPage
      id={test.id}
      initial={initial}
      {...subjects}
      onStart={() => {
        change.ask('start');
      }}
      actions={[
        {
          content: 'Delete',
          destructive: true,
          disabled: change.busy,
          onAction: () => {
            change.ask('delete');
          },
        },
      ]}
    >
      <ConfirmChange change={change} />
    </ExperimentFormPage>
  );
}
