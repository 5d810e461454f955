import { Badge, BlockStack, Box, Button, Card, Icon, InlineStack, ProgressBar, Spinner, Text } from '@shopify/polaris';
import { CheckCircleIcon, XIcon } from '@shopify/polaris-icons';
import type { Run } from '#app/domains/activity/index.ts';
import { useEditorLink } from '../../ui/use-editor-link.ts';
import type { SetupStep, StepId } from './setup-steps.ts';

const words: Readonly<Record<StepId, { title: string; text: string }>> = {
  import: {
    title: 'Import your store',
    text: 'Trellis reads your products, customers and orders. This runs by itself.',
  },
  recommendations: {
    title: 'Compute recommendations',
    text: 'From your orders Trellis learns what goes together, and publishes it to your products. This runs by itself.',
  },
  blocks: {
    title: 'Show Trellis in your theme',
    text: 'Add the block “Bought together” or “Bundle” to your product page in the theme editor.',
  },
  bundle: { title: 'Start your first bundle', text: 'Put products into a set with a saving.' },
};

interface SetupGuideProps {
  readonly steps: readonly SetupStep[];
  readonly running: readonly Pick<Run, 'kind'>[];
  readonly onDismiss: () => void;
}

/** The way to a working store. Steps tick themselves off; it can go away when all are done. */
export function SetupGuide({ steps, running, onDismiss }: SetupGuideProps) {
  const editorLink = useEditorLink();
  const done = steps.filter((step) => step.done).length;
  const complete = done === steps.length;
  const asking = steps.some((step) => step.asking);
  const next = steps.find((step) => !step.done && !step.asking && (step.id === 'blocks' || step.id === 'bundle'));
  const busy = (id: StepId): boolean =>
    running.some(
      (run) =>
        (id === 'import' && run.kind === 'import') ||
        (id === 'recommendations' && (run.kind === 'recommend' || run.kind === 'publish')),
    );

  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
          <Text as="h2" variant="headingMd">
            {complete ? 'Trellis is set up' : 'Set up Trellis'}
          </Text>
          {complete ? (
            <Button icon={XIcon} variant="tertiary" accessibilityLabel="Dismiss the set-up guide" onClick={onDismiss} />
          ) : null}
        </InlineStack>
        <InlineStack gap="300" blockAlign="center" wrap={false}>
          <Text as="span" tone="subdued" id="setup-progress">
            {asking ? 'Looking at your theme …' : `${String(done)} of ${String(steps.length)} steps done`}
          </Text>
          <Box width="160px">
            <ProgressBar
              progress={Math.round((done / steps.length) * 100)}
              size="small"
              tone="primary"
              ariaLabelledBy="setup-progress"
              animated={false}
            />
          </Box>
        </InlineStack>
        <ol className="setup-steps">
          {steps.map((step) => (
            <li key={step.id} className="setup-step">
              <span>
                {step.done ? (
                  <Icon source={CheckCircleIcon} tone="success" accessibilityLabel="Done" />
                ) : step.asking ? (
                  <Spinner size="small" accessibilityLabel="Looking at your theme" />
                ) : (
                  <span className="setup-todo" role="img" aria-label="To do" />
                )}
              </span>
              <BlockStack gap="200" inlineAlign="start">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="h3" variant="bodyMd" fontWeight={step.done ? 'regular' : 'semibold'}>
                    {words[step.id].title}
                  </Text>
                  {!step.done && busy(step.id) ? <Badge tone="info">Running</Badge> : null}
                </InlineStack>
                {step.done ? null : (
                  <Text as="p" tone="subdued">
                    {words[step.id].text}
                  </Text>
                )}
                {step === next && step.id === 'blocks' ? (
                  <Button variant="primary" url={editorLink('bought-together')}>
                    Open the theme editor
                  </Button>
                ) : null}
                {!step.done && step.id === 'bundle' ? (
                  <Button {...(step === next ? { variant: 'primary' as const } : {})} url="/bundles/new">
                    Create a bundle
                  </Button>
                ) : null}
              </BlockStack>
            </li>
          ))}
        </ol>
      </BlockStack>
    </Card>
  );
}
