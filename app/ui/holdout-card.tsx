import { BlockStack, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import type { ArmSummary, ExperimentResult } from '#app/domains/experiments/index.ts';
import { IntervalPlot } from './charts/interval-plot.tsx';
import { formatCount, formatMoney, formatPlural } from './format.ts';

export interface HoldoutCardProps {
  readonly title: string;
  readonly result: ExperimentResult;
  /** what the comparison says */
  readonly words: { readonly headline: string; readonly text: string };
  /** what the numbers rest on; '' while nothing is measured */
  readonly basis: string;
  /** where the share is set */
  readonly settings: { readonly label: string; readonly url: string };
  /** who is given it, and who is not */
  readonly groups: { readonly treatment: string; readonly holdout: string };
  /** one of those who are counted: `visitor` */
  readonly unit: string;
}

/** What something really changed: those who were given it beside those who were held out. */
export function HoldoutCard({ title, result, words, basis, settings, groups, unit }: HoldoutCardProps) {
  const { headline, text } = words;
  const arms = result.status === 'off' ? [] : [result.treatment, result.holdout];
  const adjusted = arms.some(({ buyers, profitPerVisitor }) => buyers === 0 && profitPerVisitor !== 0)
    ? ` Amounts are adjusted for what each ${unit} had bought before, so a group in which nobody has bought yet can show one.`
    : '';
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm" tone="subdued">
            {title}
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
          <Link url={settings.url}>{settings.label}</Link>
        ) : (
          <>
            <InlineGrid columns={2} gap="400">
              <Group name={groups.treatment} arm={result.treatment} currency={result.currency} unit={unit} />
              <Group name={groups.holdout} arm={result.holdout} currency={result.currency} unit={unit} />
            </InlineGrid>
            <Text as="p" tone="subdued">
              {`${basis}${adjusted}`}
            </Text>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

interface GroupProps {
  readonly name: string;
  readonly arm: ArmSummary;
  readonly currency: string;
  readonly unit: string;
}

function Group({ name, arm, currency, unit }: GroupProps) {
  return (
    <BlockStack gap="050">
      <Text as="h3" variant="bodyMd" tone="subdued">
        {name}
      </Text>
      <Text as="p" variant="headingMd" numeric>
        {formatMoney(arm.profitPerVisitor, currency)}
      </Text>
      <Text as="p" tone="subdued">
        {`${formatPlural(arm.visitors, unit)}, ${formatCount(arm.buyers)} bought`}
      </Text>
    </BlockStack>
  );
}
