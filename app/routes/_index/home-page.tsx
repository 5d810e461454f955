import { useFetcher, useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Box, Button, Card, InlineGrid, InlineStack, Page, Select, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import type { Run } from '#app/domains/activity/index.ts';
import type { CompletenessProblem } from '#app/domains/completeness/index.ts';
import type { SetupState } from '#app/domains/shops/index.ts';
import type { Silence } from '#app/domains/signals/index.ts';
import type { HomeNumbers } from '#app/flows/home-numbers.ts';
import { SilenceNotice } from '../../ui/silence-notice.tsx';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { problemWords } from '../../ui/completeness-words.ts';
import { LargestCartsNotice } from '../../ui/bundles/largest-carts-notice.tsx';
import { type LeftOutBundle, LeftOutNotice } from '../../ui/bundles/left-out-notice.tsx';
import { RunProgress } from '../../ui/runs/run-progress.tsx';
import { kindWords } from '../../ui/runs/run-words.ts';
import { usePolling } from '../../ui/use-polling.ts';
import { useThemeBlocks } from '../../ui/use-theme-blocks.ts';
import { BlocksCard, NoBlocksCard, OwnBlocksCard, UnknownBlocksCard } from './blocks-card.tsx';
import { ExperimentCard } from './experiment-card.tsx';
import { BundlesCard, KeyNumbers, RevenueCard, SuggestionsCard } from './number-cards.tsx';
import type { NextStep } from './next-step.ts';
import { SetupGuide } from './setup-guide.tsx';
import { type SetupStep, withTheme } from './setup-steps.ts';
import { type ForeignBundles, ForeignBundlesNotice } from './foreign-bundles-notice.tsx';
import { TaxNotice } from './tax-notice.tsx';

export interface HomePageProps {
  readonly days: number;
  readonly numbers: HomeNumbers;
  readonly steps: readonly SetupStep[];
  /** what would help most now; null while the store is being set up, and when all is done */
  readonly next: NextStep | null;
  readonly setup: SetupState;
  /** the store can show blocks of ours */
  readonly blocks: boolean;
  /** the merchant puts them into the theme */
  readonly themeEditor: boolean;
  /** the store has just been connected and was not asked yet what it can show */
  readonly looking: boolean;
  readonly standing: StoreStanding;
  readonly running: readonly Run[];
  readonly failed: readonly Run[];
  /** what keeps the copy of the store from being complete */
  readonly incomplete: CompletenessProblem | null;
  /** the checkout tries all live bundles even in the largest carts */
  readonly allTried: boolean;
  /** live bundles that the store's discount cannot hold */
  readonly leftOut: readonly LeftOutBundle[];
  /** active bundles whose amounts are of another currency than the shop's */
  readonly foreign: ForeignBundles;
  /** the rate that is assumed because nobody knows the tax in prices; null = it is known, or there is none */
  readonly assumedTaxBps: number | null;
  /** nothing is heard of visitors any more */
  readonly silence: Silence | null;
  readonly shop: {
    readonly name: string;
    readonly domain: string;
    readonly currency: string;
    readonly timeZone: string;
  };
}

const spans = [
  ['7', 'Last 7 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
  ['365', 'Last 365 days'],
] as const;

/** The first page: what is still to do, what is being done, and what Trellis brings. */
export function HomePage({
  days,
  numbers,
  steps,
  next,
  setup,
  blocks,
  themeEditor,
  looking,
  standing,
  incomplete,
  allTried,
  leftOut,
  foreign,
  silence,
  assumedTaxBps,
  running,
  failed,
  shop,
}: HomePageProps) {
  const [, setParams] = useSearchParams();
  const remember = useFetcher();
  const theme = useThemeBlocks();
  usePolling(running.length > 0 || looking);

  const known = theme.state === 'known';
  const live = known && theme.blocks.some((block) => block.live);
  const submit = remember.submit;
  useEffect(() => {
    if (known && live !== setup.blocksChecked)
      submit({ blocksChecked: live }, { method: 'post', action: '/?index', encType: 'application/json' });
  }, [known, live, setup.blocksChecked, submit]);

  const [problem] = failed;
  const anyOrder = numbers.totals.orders + numbers.previous.orders > 0;
  return (
    <Page title={shop.name || 'Trellis'}>
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        {problem ? (
          <Banner
            tone="critical"
            title={`${kindWords(problem.kind)} failed`}
            action={{ content: 'See what to do', url: '/activity?view=failures' }}
          >
            {problem.error ? <p>{problem.error}</p> : null}
          </Banner>
        ) : null}
        {incomplete && !standing.needsReauth ? (
          <Banner
            tone="warning"
            title={problemWords(incomplete).title}
            action={{ content: 'See how complete it is', url: '/activity?view=completeness' }}
          />
        ) : null}
        <SilenceNotice silence={silence} themeEditor={themeEditor} timeZone={shop.timeZone} />
        <TaxNotice assumedBps={assumedTaxBps} />
        <ForeignBundlesNotice bundles={foreign} currency={shop.currency} />
        <LeftOutNotice bundles={leftOut} />
        {allTried ? null : <LargestCartsNotice url="/bundles" />}
        {setup.dismissed ? null : (
          <SetupGuide
            steps={withTheme(steps, theme)}
            running={running}
            onDismiss={() => {
              submit({ dismissed: true }, { method: 'post', action: '/?index', encType: 'application/json' });
            }}
          />
        )}
        {next ? (
          <Card>
            <InlineStack align="space-between" blockAlign="center" gap="400">
              <div className="next-step">
                <BlockStack gap="100">
                  <Text as="h2" variant="headingSm">
                    {next.title}
                  </Text>
                  <Text as="p" tone="subdued">
                    {next.text}
                  </Text>
                </BlockStack>
              </div>
              <Button url={next.url}>{next.action}</Button>
            </InlineStack>
          </Card>
        ) : null}
        {running.length > 0 ? (
          <Card>
            <BlockStack gap="500">
              {running.map((run) => (
                <RunProgress key={run.id} run={run} />
              ))}
            </BlockStack>
          </Card>
        ) : null}
        <Box paddingInline={{ xs: '400', sm: '0' }}>
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Your numbers
            </Text>
            <Select
              label="Time"
              labelInline
              options={spans.map(([value, label]) => ({ value, label }))}
              value={String(days)}
              onChange={(value) => {
                setParams({ days: value }, { preventScrollReset: true });
              }}
            />
          </InlineStack>
        </Box>
        <KeyNumbers numbers={numbers} />
        <ExperimentCard result={numbers.experiment} timeZone={shop.timeZone} />
        {anyOrder ? (
          <RevenueCard numbers={numbers} />
        ) : (
          <Card>
            <Text as="p" tone="subdued">
              {running.some((run) => run.kind === 'import')
                ? 'Your orders are being imported. Numbers appear here as they arrive.'
                : 'No orders in this time. Choose a longer one, or come back after your next order.'}
            </Text>
          </Card>
        )}
        <InlineGrid columns={{ xs: 1, md: 3 }} gap="400" alignItems="start">
          <SuggestionsCard totals={numbers.suggestions} />
          <BundlesCard bundles={numbers.bundles} currency={shop.currency} />
          {looking ? (
            <UnknownBlocksCard />
          ) : !blocks ? (
            <NoBlocksCard />
          ) : themeEditor ? (
            <BlocksCard theme={theme} />
          ) : (
            <OwnBlocksCard />
          )}
        </InlineGrid>
      </BlockStack>
    </Page>
  );
}
