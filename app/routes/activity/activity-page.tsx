import { useFetcher, useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Box, Button, Card, EmptyState, InlineStack, Page, Select, Tabs } from '@shopify/polaris';
import { useEffect } from 'react';
import type { Run } from '#app/domains/activity/index.ts';
import type { CompletenessReport } from '#app/domains/completeness/index.ts';
import type { DeliveryNote } from '#app/domains/inbox/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { statusLooks } from '../../ui/runs/run-words.ts';
import { usePolling } from '../../ui/use-polling.ts';
import { DeliveryRow, RunRow } from './activity-rows.tsx';
import { type CodesReport, CodesView } from './codes-view.tsx';
import { CompletenessView } from './completeness-view.tsx';
import type { RetryAnswer } from './route.tsx';

export const activityViews = ['runs', 'webhooks', 'codes', 'completeness', 'failures'] as const;
export type ActivityView = (typeof activityViews)[number];

const tabs: readonly { id: ActivityView; content: string }[] = [
  { id: 'runs', content: 'Work' },
  { id: 'webhooks', content: 'Messages from the store' },
  { id: 'codes', content: 'Codes' },
  { id: 'completeness', content: 'Completeness' },
  { id: 'failures', content: 'Failures' },
];

const filters: Readonly<Record<ActivityView, readonly (keyof typeof statusLooks)[]>> = {
  runs: ['running', 'queued', 'succeeded', 'failed', 'cancelled'],
  webhooks: ['pending', 'done', 'ignored', 'failed'],
  codes: [],
  completeness: [],
  failures: [],
};

const nothing: Readonly<Record<Exclude<ActivityView, 'completeness' | 'codes'>, { heading: string; text: string }>> = {
  runs: {
    heading: 'No work here',
    text: 'Imports, computations, publications and customers’ requests for their data appear here as they happen.',
  },
  webhooks: {
    heading: 'No messages here',
    text: 'Your store tells Trellis about orders and products as they change. Each message is kept for some days.',
  },
  failures: { heading: 'Nothing has failed', text: 'If something does, it stays here until it is mended.' },
};

interface ActivityPageProps {
  readonly view: ActivityView;
  readonly status: string;
  /** of the view that shows it alone */
  readonly report: CompletenessReport | null;
  readonly codes: CodesReport | null;
  readonly runs: readonly Run[];
  readonly webhooks: readonly DeliveryNote[];
  readonly more: boolean;
  readonly next: number;
  readonly now: Date;
  readonly timeZone: string;
}

/** What Trellis does and did for the store, and what failed. */
export function ActivityPage(props: ActivityPageProps) {
  const { view, status, report, codes, runs, webhooks, more, next, now, timeZone } = props;
  const [, setParams] = useSearchParams();
  const retry = useFetcher<RetryAnswer>();
  const working =
    runs.some((run) => run.status === 'queued' || run.status === 'running') ||
    webhooks.some((note) => note.status === 'pending');
  // Work also begins by itself, so that a page at rest has to look now and then.
  usePolling(true, working ? 2_000 : 10_000);
  const answer = retry.data;
  useEffect(() => {
    if (answer?.ok) toast(answer.message);
  }, [answer]);

  const again = (kind: 'run' | 'webhook', id: string) => (): void => {
    retry.submit({ kind, id }, { method: 'post', encType: 'application/json' });
  };
  const go = (part: Record<string, string>): void => {
    setParams({ view, ...(status === '' ? {} : { status }), ...part }, { preventScrollReset: true });
  };
  const shared = { now, timeZone, busy: retry.state !== 'idle' };
  const empty = runs.length + webhooks.length === 0;

  return (
    <Page title="Activity">
      <BlockStack gap="400">
        {answer?.ok === false ? (
          <Banner tone="critical" title="It could not be tried again">
            <p>{answer.message}</p>
          </Banner>
        ) : null}
        <Card padding="0">
          <Tabs
            tabs={tabs.map((tab) => ({ ...tab, panelID: 'activity-list' }))}
            selected={tabs.findIndex((tab) => tab.id === view)}
            onSelect={(index) => {
              setParams({ view: tabs[index]?.id ?? 'runs' });
            }}
          />
          <div id="activity-list">
            {filters[view].length > 0 ? (
              <Box padding="400" paddingBlockEnd="200">
                <InlineStack>
                  <Select
                    label="Status"
                    labelInline
                    options={[
                      { value: '', label: 'All' },
                      ...filters[view].map((value) => ({ value, label: statusLooks[value].text })),
                    ]}
                    value={status}
                    onChange={(value) => {
                      go({ status: value });
                    }}
                  />
                </InlineStack>
              </Box>
            ) : null}
            {view === 'codes' ? (
              codes && <CodesView {...codes} timeZone={timeZone} />
            ) : view === 'completeness' ? (
              report && (
                <CompletenessView
                  report={report}
                  now={now}
                  timeZone={timeZone}
                  onWindow={(window) => {
                    go({ window });
                  }}
                />
              )
            ) : empty ? (
              <EmptyState heading={nothing[view].heading} image="">
                <p>{nothing[view].text}</p>
              </EmptyState>
            ) : (
              <ul className="activity-rows" aria-label={tabs.find((tab) => tab.id === view)?.content ?? 'Activity'}>
                {runs.map((run) => (
                  <RunRow key={run.id} run={run} {...shared} onRetry={again('run', run.id)} />
                ))}
                {webhooks.map((note) => (
                  <DeliveryRow key={note.id} note={note} {...shared} onRetry={again('webhook', note.id)} />
                ))}
              </ul>
            )}
            {more ? (
              <Box padding="400">
                <InlineStack align="center">
                  <Button
                    onClick={() => {
                      go({ show: String(next) });
                    }}
                  >
                    Show more
                  </Button>
                </InlineStack>
              </Box>
            ) : null}
          </div>
        </Card>
      </BlockStack>
    </Page>
  );
}
