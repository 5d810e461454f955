import { Banner, BlockStack, Box, Button, EmptyState, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { type CompletenessReport, type Window } from '#app/domains/completeness/index.ts';
import { StackedBars } from '../../ui/charts/stacked-bars.tsx';
import { arrivalWords, problemWords } from '../../ui/completeness-words.ts';
import { formatAge, formatCount, formatMoment, formatPlural } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';

const windowWords: Readonly<Record<Window, string>> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
};

interface CompletenessViewProps {
  readonly report: CompletenessReport;
  readonly now: Date;
  readonly timeZone: string;
  readonly onWindow: (window: string) => void;
}

/** Whether everything that happened in the store has reached Trellis. */
export function CompletenessView({ report, now, timeZone, onWindow }: CompletenessViewProps) {
  const [failed, setFailed] = useState(false);
  const arrived = report.resources.reduce((sum, one) => sum + one.arrived, 0);
  const save = (): void => {
    setFailed(false);
    saveFile(`/activity/completeness/csv?window=${report.window}`, `completeness-${report.window}.csv`).catch(() => {
      setFailed(true);
    });
  };
  return (
    <Box padding="400">
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Select
            label="Time"
            labelInline
            options={Object.entries(windowWords).map(([value, label]) => ({ value, label }))}
            value={report.window}
            onChange={onWindow}
          />
          <Button onClick={save} disabled={arrived === 0}>
            Export CSV
          </Button>
        </InlineStack>
        {failed ? (
          <Text as="p" tone="critical">
            The file could not be downloaded. Reload the page and try again.
          </Text>
        ) : null}
        {report.problems.map((problem) => (
          <Banner key={problem} tone="warning" title={problemWords(problem).title}>
            <p>{problemWords(problem).text}</p>
          </Banner>
        ))}
        {arrived === 0 ? (
          <EmptyState heading="Nothing has changed in the store" image="">
            <p>As soon as orders, products or customers change, this page says how quickly Trellis knew.</p>
          </EmptyState>
        ) : (
          <>
            <ul className="completeness-sums" aria-label="What reached Trellis">
              {report.resources.map((one) => (
                <li key={one.resource}>{arrivalWords(one.resource, one)}</li>
              ))}
            </ul>
            <Chart report={report} timeZone={timeZone} />
          </>
        )}
        <Checks report={report} now={now} timeZone={timeZone} />
      </BlockStack>
    </Box>
  );
}

function Chart({ report, timeZone }: Pick<CompletenessViewProps, 'report' | 'timeZone'>) {
  const late = report.spans.reduce((sum, one) => sum + one.arrived - one.inTime, 0);
  const all = report.spans.reduce((sum, one) => sum + one.arrived, 0);
  return (
    <StackedBars
      title={`${formatPlural(all, 'change')} over time, ${formatCount(late)} of them later than 5 minutes`}
      names={['within 5 minutes', 'later']}
      more={['refilled']}
      end="now"
      bars={report.spans.map((span) => ({
        label: formatMoment(span.from, timeZone),
        base: span.inTime,
        top: span.arrived - span.inTime,
        more: [formatCount(span.refilled)],
        text: `From ${formatMoment(span.from, timeZone)}: ${formatPlural(span.arrived, 'change')}, ${formatCount(span.arrived - span.inTime)} late, ${formatCount(span.refilled)} refilled`,
      }))}
    />
  );
}

/** What stands behind the numbers: nothing is taken for complete because nothing was heard. */
function Checks({ report, now, timeZone }: Pick<CompletenessViewProps, 'report' | 'now' | 'timeZone'>) {
  const { checkedUntil, comparedAt, webhooksMended, deletedFound, ordersLeftOut } = report;
  const facts = [
    checkedUntil
      ? `The store was asked for everything that changed until ${formatMoment(checkedUntil, timeZone)} (${formatAge(checkedUntil, now)}).`
      : 'The store is asked for changes as soon as the first import is through.',
    comparedAt
      ? `Every record was last compared with the store ${formatAge(comparedAt, now)}.`
      : 'Every record is compared with the store once a day, for the first time within the next day.',
    ...(webhooksMended > 0
      ? [`${formatPlural(webhooksMended, 'webhook was', 'webhooks were')} missing or switched off, and made again.`]
      : []),
    ...(deletedFound > 0
      ? [`${formatPlural(deletedFound, 'record was', 'records were')} deleted in the store without a word, and found.`]
      : []),
    ...(ordersLeftOut > 0
      ? [
          `${formatPlural(ordersLeftOut, 'order was', 'orders were')} paid in another currency, and the store did not note at which rate: sums of money leave ${ordersLeftOut === 1 ? 'it' : 'them'} out.`,
        ]
      : []),
  ];
  return (
    <ul className="completeness-checks" aria-label="Checks">
      {facts.map((fact) => (
        <li key={fact}>
          <Text as="span" tone="subdued">
            {fact}
          </Text>
        </li>
      ))}
    </ul>
  );
}
