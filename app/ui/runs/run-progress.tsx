import { BlockStack, InlineStack, ProgressBar, Spinner, Text } from '@shopify/polaris';
import type { Run } from '#app/domains/activity/index.ts';
import { formatCount, formatPlural } from '../format.ts';
import { kindWords, percentOf, stageWords } from './run-words.ts';

/** Work in progress with its bar, said aloud politely when it changes. */
export function RunProgress({
  run,
}: {
  run: Pick<Run, 'id' | 'kind' | 'status' | 'stage' | 'done' | 'total' | 'attempts'>;
}) {
  const percent = percentOf(run);
  const waiting =
    run.attempts > 0
      ? `It did not work at ${formatPlural(run.attempts, 'try', 'tries')}, and is tried again by itself`
      : 'Waiting for its turn';
  const words = run.status === 'queued' ? waiting : stageWords(run.stage) || 'Starting';
  // A total of 100 is a percentage, which stands below already.
  const count =
    run.total === 100
      ? ''
      : run.total > 0
        ? `${formatCount(run.done)} of ${formatCount(run.total)}`
        : run.done > 0
          ? formatCount(run.done)
          : '';
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Spinner size="small" accessibilityLabel="" />
          <Text as="span" fontWeight="semibold">
            {kindWords(run.kind)}
          </Text>
        </InlineStack>
        <Text as="span" tone="subdued" numeric>
          {count}
        </Text>
      </InlineStack>
      <ProgressBar
        progress={percent ?? 0}
        size="small"
        tone="success"
        ariaLabelledBy={`run-${run.id}`}
        animated={false}
      />
      <span id={`run-${run.id}`} role="status">
        <Text as="span" tone="subdued">
          {percent === null ? words : `${words}, ${String(percent)}%`}
        </Text>
      </span>
    </BlockStack>
  );
}
