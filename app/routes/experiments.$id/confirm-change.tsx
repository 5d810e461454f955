import { Banner, Modal, Text } from '@shopify/polaris';
import type { ExperimentIntent } from '#app/flows/change-experiment.ts';
import { armName } from './experiment-words.ts';
import type { ExperimentChange } from './use-experiment-change.ts';

interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly destructive?: boolean;
}

function questionOf(intent: ExperimentIntent, arm: string): Question {
  switch (intent) {
    case 'start':
      return {
        title: 'Start this experiment?',
        text: 'From now on visitors are shared among the versions, and each of them keeps seeing the same one. The versions cannot be changed any more.',
        yes: 'Start',
      };
    case 'stop':
      return {
        title: 'Stop this experiment?',
        text: 'Everybody sees again what stands today. The result stays; an experiment that was stopped does not go on.',
        yes: 'Stop',
        destructive: true,
      };
    case 'apply':
      return {
        title: `Apply version ${armName(arm)}?`,
        text: 'Everybody sees this version from now on, and the experiment ends.',
        yes: 'Apply',
      };
    case 'withdraw':
      return {
        title: 'Take the version back?',
        text: 'Everybody sees again what stood before the experiment.',
        yes: 'Take back',
        destructive: true,
      };
    case 'delete':
      return {
        title: 'Delete this experiment?',
        text: 'Its result is deleted with it. This cannot be undone.',
        yes: 'Delete',
        destructive: true,
      };
  }
}

/** The question before something is done to an experiment, and why it was refused. */
export function ConfirmChange({ change }: { change: ExperimentChange }) {
  const question = change.asking ? questionOf(change.asking.intent, change.asking.arm) : null;
  return (
    <>
      {change.problem ? (
        <Banner tone="critical" title="Nothing was changed">
          <p>{change.problem}</p>
        </Banner>
      ) : null}
      <Modal
        open={question !== null}
        onClose={change.cancel}
        title={question?.title ?? ''}
        primaryAction={{
          content: question?.yes ?? '',
          onAction: change.confirm,
          ...(question?.destructive ? { destructive: true } : {}),
        }}
        secondaryActions={[{ content: 'Cancel', onAction: change.cancel }]}
      >
        <Modal.Section>
          <Text as="p">{question?.text ?? ''}</Text>
        </Modal.Section>
      </Modal>
    </>
  );
}
