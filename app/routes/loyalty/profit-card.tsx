import { BlockStack, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import type { ArmSummary, ExperimentResult } from '#app/domains/experiments/index.ts';
import { IntervalPlot } from '../../ui/charts/interval-plot.tsx';
import { formatCount, formatDay, formatMoney, formatPlural } from '../../ui/format.ts';
import { basisWords, profitWords } from './profit-words.ts';

/** What the programme really changed: customers with it beside customers without it. */
export function ProfitCard({ result, timeZone }: { result: ExperimentResult; timeZone: string }) {
  const { headline, text } = profitWords(result);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm" tone="subdued">
            What it earns
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
          <Link url="/loyalty/programme">Open the rules</Link>
        ) : (
          <>
            <InlineGrid columns={2} gap="400">
              <Group name="With the programme" arm={result.treatment} currency={result.currency} />
              <Group name="Without it" arm={result.holdout} currency={result.currency} />
            </InlineGrid>
            <Text as="p" tone="subdued">
              {basisWords(result, formatDay(result.since, timeZone))}
            </Text>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function Group({ name, arm, currency }: { name: string; arm: ArmSummary; currency: string }) {
  return (
    <BlockStack gap="050">
      <Text as="h3" variant="bodyMd" tone="subdued">
        {name}
      </Text>
      <Text as="p" variant="headingMd" numeric>
        {formatMoney(arm.profitPerVisitor, currency)}
      </Text>
      <Text as="p" tone="subdued">
        {`${formatPlural(arm.visitors, 'customer')}, ${formatCount(arm.buyers)} bought`}
      </Text>
    </BlockStack>
  );
}
