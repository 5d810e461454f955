import { Badge, Banner, BlockStack, Card, InlineStack, Page, ProgressBar, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { DayReading, SplitTest, TestReading } from '#app/domains/experiments/index.ts';
import { formatDay, formatMoney, formatMoneyTick } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { ArmsTable } from './arms-table.tsx';
import { bandOf } from './band.ts';
import { ConfirmChange } from './confirm-change.tsx';
import { DifferenceChart } from './difference-chart.tsx';
import {
  armName,
  changeWords,
  progressWords,
  readingNotes,
  readingWords,
  stateWords,
  subjectWords,
} from './experiment-words.ts';
import { type ExperimentChange, useExperimentChange } from './use-experiment-change.ts';

interface ExperimentPageProps {
  readonly test: SplitTest;
  readonly reading: TestReading | null;
  readonly history: readonly DayReading[];
  /** whether a version keeps from its visitors what the checkout gives them all the same */
  readonly withholds: boolean;
  readonly bundles: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly marginBps: number;
  readonly timeZone: string;
}

const day = 86_400_000;
const stopped = {
  'by-hand': 'stopped by you',
  harm: 'stopped by itself, because a version lost money',
  done: 'over',
  'bundle-deleted': 'stopped by itself, because the bundle was deleted',
  'currency-changed': 'stopped by itself, because your store’s currency changed: its amounts are of another one',
};

/** An experiment that runs or ran: what it shows in a sentence, over time, and version by version. */
export function ExperimentPage(props: ExperimentPageProps) {
  const { test, reading, history, withholds, bundles, now, marginBps, timeZone } = props;
  const change = useExperimentChange(test.id);
  const [exportFailed, setExportFailed] = useState(false);
  const { tone, text } = stateWords[test.state];
  const startedAt = test.startedAt ? new Date(test.startedAt) : new Date(now);
  const endedAt = test.endedAt ? new Date(test.endedAt) : null;
  const days = Math.max(1 / 24, ((endedAt ?? new Date(now)).getTime() - startedAt.getTime()) / day);
  const span = `Since ${formatDay(startedAt, timeZone)}${endedAt ? ` until ${formatDay(endedAt, timeZone)}` : ''}`;
  return (
    <Page
      title={test.title}
      subtitle={subjectWords(test.subject, bundles)}
      backAction={{ content: 'Experiments', url: '/experiments' }}
      titleMetadata={<Badge tone={tone}>{text}</Badge>}
      {...primaryOf(test, reading, change)}
      secondaryActions={[
        {
          content: 'Export CSV',
          onAction: () => {
            setExportFailed(false);
            saveFile(`/experiments/${test.id}/csv`, `experiment-${test.id}.csv`).catch(() => {
              setExportFailed(true);
            });
          },
        },
        ...secondaryOf(test, change),
      ]}
    >
      <BlockStack gap="400">
        <ConfirmChange change={change} />
        {exportFailed ? (
          <Banner tone="critical" title="The file could not be downloaded">
            <p>Reload the page and try again.</p>
          </Banner>
        ) : null}
        {reading ? (
          <>
            <Outcome test={test} reading={reading} visitorsPerDay={reading.visitors / days} span={span} />
            <OverTime test={test} reading={reading} history={history} />
            <ArmsTable test={test} reading={reading} change={change} />
            <Card>
              <BlockStack gap="200">
                <Text as="h2" variant="headingSm">
                  How this is counted
                </Text>
                <ul className="plain-list">
                  {readingNotes(reading, { marginBps, withholds }).map((note) => (
                    <li key={note}>
                      <Text as="span" tone="subdued">
                        {note}
                      </Text>
                    </li>
                  ))}
                </ul>
              </BlockStack>
            </Card>
          </>
        ) : null}
      </BlockStack>
    </Page>
  );
}

function primaryOf(test: SplitTest, reading: TestReading | null, change: ExperimentChange) {
  const winner = reading?.verdict === 'better' ? reading.focus?.key : undefined;
  if (winner === undefined || test.state === 'applied' || test.state === 'draft') return {};
  const onAction = (): void => {
    change.ask('apply', winner);
  };
  return { primaryAction: { content: `Apply version ${armName(winner)}`, onAction, disabled: change.busy } };
}

function secondaryOf(test: SplitTest, change: ExperimentChange) {
  const action = (intent: 'stop' | 'withdraw' | 'delete', content: string) => ({
    content,
    destructive: intent !== 'withdraw',
    disabled: change.busy,
    onAction: () => {
      change.ask(intent);
    },
  });
  if (test.state === 'running') return [action('stop', 'Stop')];
  const back =
    test.state === 'applied' && test.subject.type !== 'bundle' && test.subject.type !== 'price'
      ? [action('withdraw', 'Take back')]
      : [];
  return [...back, action('delete', 'Delete')];
}

interface OutcomeProps {
  readonly test: SplitTest;
  readonly reading: TestReading;
  readonly visitorsPerDay: number;
  readonly span: string;
}

function Outcome({ test, reading, visitorsPerDay, span }: OutcomeProps) {
  const { headline, sentence } = readingWords(test, reading, visitorsPerDay);
  const planned = test.plannedVisitors;
  const ended = test.stopReason === null ? '' : ` · ${stopped[test.stopReason]}`;
  const applied = test.arms.find((arm) => arm.key === test.appliedArm);
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingLg">
            {headline}
          </Text>
          <Text as="p" variant="bodyLg">
            {sentence}
          </Text>
        </BlockStack>
        {planned > 0 && test.state === 'running' ? (
          <ProgressBar
            progress={Math.min(100, (reading.visitors / planned) * 100)}
            size="small"
            tone="primary"
            ariaLabelledBy="experiment-progress"
            animated={false}
          />
        ) : null}
        <InlineStack gap="200">
          <span id="experiment-progress">
            <Text as="span" tone="subdued">
              {`${span} · ${progressWords(reading.visitors, planned)}${ended}`}
            </Text>
          </span>
        </InlineStack>
        {applied ? (
          <Text as="p">{`Applied: version ${armName(applied.key)} (${changeWords(applied.change, reading.currency)}).`}</Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function OverTime({
  test,
  reading,
  history,
}: Pick<ExperimentPageProps, 'test' | 'history'> & { reading: TestReading }) {
  const others = test.arms.slice(1);
  const [chosen, setChosen] = useState(reading.focus?.key ?? others[0]?.key ?? '');
  const points = bandOf(history, chosen);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Difference to version A over time
        </Text>
        {others.length > 1 ? (
          <Select
            label="Version"
            labelInline
            options={others.map((arm) => ({
              value: arm.key,
              label: `${armName(arm.key)}: ${changeWords(arm.change, reading.currency)}`,
            }))}
            value={chosen}
            onChange={setChosen}
          />
        ) : null}
        {points.length === 0 ? (
          <Text as="p" tone="subdued">
            {reading.verdict === 'sample-ratio-mismatch'
              ? 'Not shown, because the groups do not match.'
              : reading.arms.some(({ contrast }) => contrast !== null)
                ? 'The first point is added within the hour, another one every day.'
                : 'Drawn as soon as 25 visitors of each version have bought. A point is added every day.'}
          </Text>
        ) : (
          <DifferenceChart
            title="Profit per 100 visitors"
            points={points}
            format={(minor) => formatMoney(minor * 100, reading.currency, { sign: true })}
            formatTick={(minor, step) => formatMoneyTick(minor * 100, step * 100, reading.currency, { sign: true })}
            formatDay={(date) => formatDay(`${date}T12:00:00Z`, 'UTC')}
          />
        )}
      </BlockStack>
    </Card>
  );
}
