import { BlockStack, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import type { ArmSummary, ExperimentResult } from '#app/domains/experiments/index.ts';
import { IntervalPlot } from '../../ui/charts/interval-plot.tsx';
import { formatCount, formatDay, formatMoney, formatPlural } from '../../ui/format.ts';
import { experimentWords, measureWords } from './experiment-words.ts';

/** What Trellis really changed: visitors with it beside visitors without it. */
export function ExperimentCard({ result, timeZone }: { result: ExperimentResult; timeZone: string }) {
  const { headline, text } = experimentWords(result);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm" tone="subdued">
            With and without Trellis
          </Text>
          <Text as="p" variant="headingLg">
            {headline}
          </Text>
          <Text as="p">{text}</Text>
        </BlockStack>
        {'incrementalInterval' in result ? (
          <IntervalPlot
            estimate={result.incrementalMinor}
            low={result.incrementalInterval.low}
            high={result.incrementalInterval.high}
            format={(minor) => formatMoney(minor, result.currency, { whole: true, sign: true })}
            label={`${headline}. ${text}`}
          />
        ) : null}
        {result.status === 'off' ? (
          <Link url="/settings">Open Settings</Link>
        ) : (
          <>
            <InlineGrid columns={2} gap="400">
              <Arm name="With Trellis" arm={result.treatment} currency={result.currency} />
              <Arm name="Without Trellis" arm={result.holdout} currency={result.currency} />
            </InlineGrid>
            <Text as="p" tone="subdued">
              {measureWords(result, formatDay(result.since, timeZone))}
            </Text>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function Arm({ name, arm, currency }: { name: string; arm: ArmSummary; currency: string }) {
  return (
    <BlockStack gap="050">
      <Text as="h3" variant="bodyMd" tone="subdued">
        {name}
      </Text>
      <Text as="p" variant="headingMd" numeric>
        {formatMoney(arm.profitPerVisitor, currency)}
      </Text>
      <Text as="p" tone="subdued">
        {`${formatPlural(arm.visitors, 'visitor')}, ${formatCount(arm.buyers)} bought`}
      </Text>
    </BlockStack>
  );
}
