import { useFetcher, useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Card, EmptyState, InlineStack, Page, Select, Spinner, Text } from '@shopify/polaris';
import { useState } from 'react';
import type {
  Confidence,
  Fit,
  Flow,
  FlowDays,
  Group,
  GroupFigures,
  LeftOut as LeftOutFigures,
  Square,
} from '#app/domains/segments/index.ts';
import { formatAge, formatCount, formatShare } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { usePolling } from '../../ui/use-polling.ts';
import type { SegmentRow } from '#app/flows/segments/own-segments.ts';
import { FlowChart } from './flow-chart.tsx';
import type { FlowLayout } from './flow-layout.server.ts';
import { OwnSegmentsCard } from './own-segments-card.tsx';
import { GroupsTable } from './groups-table.tsx';
import { HeatMap } from './heat-map.tsx';
import { LeftOut } from './left-out.tsx';

interface SegmentsPageProps {
  readonly fit: Fit | null;
  readonly own: readonly SegmentRow[];
  /** see `mapOf` */
  readonly map: readonly (readonly Square[])[];
  readonly groups: readonly GroupFigures[];
  readonly flows: readonly Flow[];
  readonly layout: FlowLayout;
  readonly days: FlowDays;
  readonly spans: readonly FlowDays[];
  readonly confidence: Confidence;
  /** buyers who are in the right group, expected number */
  readonly sure: number;
  /** under so many nothing is shown */
  readonly leastBuyers: number;
  /** as of the division; null = not counted yet */
  readonly leftOut: LeftOutFigures | null;
  readonly currency: string;
  readonly standing: StoreStanding;
  readonly now: Date;
}

/** Who the customers are: by recency, frequency and money, in groups with names, and how they move between them. */
export function SegmentsPage({ fit, standing, now, leastBuyers, leftOut, own, ...found }: SegmentsPageProps) {
  const fetcher = useFetcher<{ since: Date }>();
  const since = fetcher.data?.since;
  const waiting = fetcher.state !== 'idle' || (since !== undefined && (fit === null || fit.fittedAt < since));
  usePolling(waiting || own.some(({ filled, problem, words }) => !filled && problem === null && words !== null));
  const divide = (): void => {
    fetcher.submit(null, { method: 'post' });
  };
  return (
    <Page
      title="Segments"
      subtitle={
        fit
          ? `${formatCount(fit.buyers)} buyers${(fit.guests ?? 0) > 0 ? ` (${formatCount(fit.guests ?? 0)} without an account)` : ''}, divided ${formatAge(fit.fittedAt, now)}. Orders move them at once.`
          : 'Who your customers are, from what they bought'
      }
      primaryAction={{ content: 'New segment', url: '/segments/own/new' }}
      {...(fit ? { secondaryActions: [{ content: 'Divide anew', onAction: divide, loading: waiting }] } : {})}
    >
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        <OwnSegmentsCard segments={own} />
        {fit === null ? (
          <Card>
            <EmptyState
              heading="Find your best customers"
              action={{ content: 'Find them', onAction: divide, loading: waiting }}
              image=""
            >
              <p>
                Trellis compares when, how often and for how much your customers bought, and puts them into eleven
                groups, from Champions to Lost. It works from {String(leastBuyers)} buyers.
              </p>
            </EmptyState>
          </Card>
        ) : fit.buyers < leastBuyers ? (
          <Card>
            <EmptyState heading="Not enough buyers yet" image="">
              <p>
                {formatCount(fit.buyers)} of {String(leastBuyers)} buyers so far. With fewer, groups would say more
                about chance than about people. They appear here by themselves.
              </p>
            </EmptyState>
          </Card>
        ) : (
          <Divided fit={fit} {...found} />
        )}
        {fit === null || leftOut === null ? null : <LeftOut figures={leftOut} asOf={fit.fittedAt} now={now} />}
        {waiting ? (
          <div role="status">
            <InlineStack gap="200" blockAlign="center">
              <Spinner size="small" accessibilityLabel="" />
              <Text as="span">Your customers are being divided …</Text>
            </InlineStack>
          </div>
        ) : null}
      </BlockStack>
    </Page>
  );
}

type DividedProps = Omit<SegmentsPageProps, 'standing' | 'now' | 'fit' | 'leastBuyers' | 'leftOut' | 'own'> & {
  readonly fit: Fit;
};

function Divided({ fit, map, groups, flows, layout, days, spans, confidence, sure, currency }: DividedProps) {
  const [params, setParams] = useSearchParams();
  const [by, setBy] = useState<'customers' | 'money'>('customers');
  const [failed, setFailed] = useState(false);
  const save = (group: Group): void => {
    setFailed(false);
    saveFile(`/segments/csv?group=${group}`, `customers-${group}.csv`).catch(() => {
      setFailed(true);
    });
  };
  return (
    <>
      {confidence === 'good' ? null : (
        <Banner tone="info">
          With {formatCount(fit.buyers)} buyers, about {formatShare(sure / fit.buyers)} of them are where they would be
          among many more. Read the groups as a tendency; they become sharper with every order.
        </Banner>
      )}
      {failed ? <Banner tone="critical">The file could not be made. Try again in a moment.</Banner> : null}
      <Card>
        <BlockStack gap="400">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Map of your customers
            </Text>
            <Select
              label="Dark means many"
              labelInline
              options={[
                { label: 'buyers', value: 'customers' },
                { label: 'sales', value: 'money' },
              ]}
              value={by}
              onChange={(value) => {
                setBy(value === 'money' ? 'money' : 'customers');
              }}
            />
          </InlineStack>
          <HeatMap map={map} currency={currency} by={by} />
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Groups
          </Text>
          <GroupsTable figures={groups} currency={currency} onSave={save} />
          {groups.some(({ guests }) => guests > 0) ? (
            <Text as="p" tone="subdued">
              Buyers without an account count by their e-mail address. Lists, tags, segments of your own, levels and
              offers leave them out: those need an account. Once they have one, what they ordered before counts for it.
            </Text>
          ) : null}
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              How they moved
            </Text>
            <Select
              label="Since"
              labelInline
              options={spans.map((value) => ({ label: `${String(value)} days ago`, value: String(value) }))}
              value={String(days)}
              onChange={(value) => {
                const next = new URLSearchParams(params);
                next.set('days', value);
                setParams(next, { preventScrollReset: true });
              }}
            />
          </InlineStack>
          <FlowChart flows={flows} layout={layout} days={days} />
        </BlockStack>
      </Card>
    </>
  );
}
