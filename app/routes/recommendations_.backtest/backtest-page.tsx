import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Box, Card, DataTable, EmptyState, Layout, Page, Tabs, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { BlendReport } from '#app/domains/recommendations/index.ts';
import type { BacktestResult, LatestBacktest } from '#app/flows/backtest-result.ts';
import { IntervalRows } from '../../ui/charts/interval-rows.tsx';
import { formatAge, formatDay, formatPlural, formatShare } from '../../ui/format.ts';
import { BlendCard } from '../../ui/recommendations/blend-card.tsx';
import { surfaceWords } from '../../ui/recommendations/source-words.ts';
import { RunProgress } from '../../ui/runs/run-progress.tsx';
import { usePolling } from '../../ui/use-polling.ts';
import { backtestCsv, rowsOf, surfaceSentence } from './backtest-words.ts';

interface BacktestPageProps {
  readonly latest: LatestBacktest;
  readonly titles: Readonly<Record<string, string>>;
  readonly blends: readonly BlendReport[];
  readonly now: Date;
  readonly timeZone: string;
}

/** How recommendations would have done on the shop's own past, before anything is switched on. */
export function BacktestPage({ latest, titles, blends, now, timeZone }: BacktestPageProps) {
  const starter = useFetcher();
  const { running, result, failure, finishedAt } = latest;
  usePolling(running !== null);
  const busy = running !== null || starter.state !== 'idle';
  const start = (): void => {
    starter.submit(null, { method: 'post' });
  };
  return (
    <Page
      title="Test on past orders"
      subtitle="What would Trellis have recommended, and how often was it bought?"
      backAction={{ content: 'Recommendations', url: '/recommendations' }}
      primaryAction={{ content: result ? 'Test again' : 'Run the test', onAction: start, disabled: busy }}
      secondaryActions={
        result
          ? [
              {
                content: 'Download CSV',
                onAction: () => {
                  save(backtestCsv(result));
                },
              },
            ]
          : []
      }
    >
      <BlockStack gap="400">
        {running ? (
          <Card>
            <RunProgress run={running} />
          </Card>
        ) : failure !== null ? (
          <Banner tone="critical" title="The last test failed">
            <p>{failure}</p>
          </Banner>
        ) : null}
        {result ? (
          <Layout>
            <Layout.Section>
              <BlockStack gap="400">
                <Box paddingInline={{ xs: '400', sm: '0' }}>
                  <Text as="p" tone="subdued">
                    {result.cutAt === null
                      ? 'There are no orders to test on yet.'
                      : `Trellis learnt from ${formatPlural(result.taught, 'order')} before ${formatDay(new Date(result.cutAt), timeZone)} and was then asked about ${formatPlural(result.asked, 'later order')} that it had never seen.${finishedAt ? ` Tested ${formatAge(finishedAt, now)}.` : ''}`}
                  </Text>
                </Box>
                <Surfaces result={result} titles={titles} timeZone={timeZone} />
              </BlockStack>
            </Layout.Section>
            <Layout.Section variant="oneThird">
              <BlendCard blends={blends} />
            </Layout.Section>
          </Layout>
        ) : running ? null : (
          <Card>
            <EmptyState
              heading="See it on your own orders first"
              action={{ content: 'Run the test', onAction: start, disabled: busy }}
              image=""
            >
              <p>
                Trellis learns from your earlier orders only, then says what it would have recommended on the later
                ones. Nothing in your store changes, and it takes a few minutes at most.
              </p>
            </EmptyState>
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}

function Surfaces({
  result,
  titles,
  timeZone,
}: {
  result: BacktestResult;
  titles: BacktestPageProps['titles'];
  timeZone: string;
}) {
  const [at, setAt] = useState(0);
  const surface = result.surfaces[at];
  if (!surface) return null;
  const title = (id: string): string => titles[id] ?? 'A product that is gone';
  const rows = rowsOf(surface);
  return (
    <Card padding="0">
      <Tabs
        tabs={result.surfaces.map((one) => ({
          id: one.surface,
          content: surfaceWords(one.surface),
          panelID: 'backtest-panel',
        }))}
        selected={at}
        onSelect={setAt}
      />
      <div className="backtest-panel" id="backtest-panel">
        <Text as="p" variant="bodyLg">
          {surfaceSentence(surface, result.shown)}
        </Text>
        {surface.cases === 0 ? null : (
          <>
            <IntervalRows
              title="Share of cases in which a suggestion was bought"
              rows={rows}
              format={(value) => formatShare(value)}
            />
            <DataTable
              columnContentTypes={['text', 'numeric', 'numeric', 'numeric']}
              headings={['Suggestions by', 'Bought', 'At least', 'At most']}
              rows={rows.map(({ label, value, low, high }) => [label, ...[value, low, high].map(formatShare)])}
            />
            <Text as="p" tone="subdued">
              The lines are 95% intervals: with other orders of the same store the share would most probably lie there.
            </Text>
          </>
        )}
        {surface.examples.length === 0 ? null : (
          <BlockStack gap="200">
            <Text as="h3" variant="headingSm">
              Examples
            </Text>
            <ul className="plain-rows">
              {surface.examples.map((example, index) => (
                <li key={index}>
                  <Text as="p">
                    {`${formatDay(new Date(example.at), timeZone)}${example.basket.length > 0 ? `, beside ${example.basket.map(title).join(', ')}` : ''}: bought ${example.bought.map(title).join(', ')}`}
                  </Text>
                  <Text as="p" tone="subdued" variant="bodySm">
                    {`Trellis would have suggested ${example.suggested.slice(0, 5).map(title).join(', ')}`}
                  </Text>
                </li>
              ))}
            </ul>
          </BlockStack>
        )}
      </div>
    </Card>
  );
}

function save(csv: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'recommendations-on-past-orders.csv';
  link.click();
  URL.revokeObjectURL(address);
}
