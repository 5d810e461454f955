import { useFetcher } from '@remix-run/react';
import { Badge, Banner, BlockStack, Box, Card, EmptyState, InlineGrid, Page, Text } from '@shopify/polaris';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import type { Liability, MonthFigures, Programme } from '#app/domains/loyalty/index.ts';
import type { LatestSimulation } from '#app/flows/loyalty/simulation-report.ts';
import { ShareBars } from '../../ui/charts/share-bars.tsx';
import { Trend } from '../../ui/charts/trend.tsx';
import { FigureCard } from '../../ui/figure-card.tsx';
import { formatAge, formatCount, formatMoney, formatMonth, formatPlural, formatShare } from '../../ui/format.ts';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { usePolling } from '../../ui/use-polling.ts';
import type { LoyaltyAnswer } from './route.tsx';
import { OwedCard } from './owed-card.tsx';
import { PlacesCard, type RewardsPlaces } from './places-card.tsx';
import { ProfitCard } from './profit-card.tsx';
import { SimulationCard } from './simulation-card.tsx';

export interface LoyaltyPageProps {
  readonly programme: Pick<Programme, 'status' | 'settings'> | null;
  readonly liability: Liability | null;
  readonly months: readonly MonthFigures[];
  readonly members: {
    readonly members: number;
    readonly redeemers: number;
    readonly tiers: Readonly<Record<string, number>>;
  };
  readonly simulation: LatestSimulation;
  /** null where nothing of ours can be shown in the store */
  readonly places: RewardsPlaces | null;
  /** null before the programme was live */
  readonly profit: ExperimentResult | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly standing: StoreStanding;
}

const looks = {
  draft: { text: 'Draft', tone: 'info' },
  live: { text: 'Live', tone: 'success' },
  paused: { text: 'Paused', tone: 'attention' },
} as const;

/** The programme at a glance: what it would cost, what it owes, what it gave. */
export function LoyaltyPage(props: LoyaltyPageProps) {
  const { programme, standing, simulation } = props;
  const fetcher = useFetcher<LoyaltyAnswer>();
  usePolling(simulation.running !== null);
  const busy = fetcher.state !== 'idle';
  const ask = (intent: 'begin' | 'simulate' | 'on' | 'off') => (): void => {
    fetcher.submit({ intent }, { method: 'post', encType: 'application/json' });
  };
  if (programme === null) {
    return (
      <Page title="Loyalty">
        <BlockStack gap="400">
          <StoreNotice standing={standing} />
          <Card>
            <EmptyState
              heading="Thank customers who come back"
              action={{ content: 'Begin with a good default', onAction: ask('begin'), loading: busy }}
              image=""
            >
              <p>
                Points for orders, three tiers and three rewards, cut to your margin and your usual order. Nothing is
                switched on: first you see what it would have cost on the orders of last year.
              </p>
            </EmptyState>
          </Card>
        </BlockStack>
      </Page>
    );
  }
  const look = looks[programme.status];
  const live = programme.status === 'live';
  return (
    <Page
      title="Loyalty"
      titleMetadata={<Badge tone={look.tone}>{look.text}</Badge>}
      primaryAction={{ content: live ? 'Pause' : 'Switch on', onAction: ask(live ? 'off' : 'on'), loading: busy }}
      secondaryActions={[
        { content: 'Rules, tiers and rewards', url: '/loyalty/programme' },
        { content: 'Members', url: '/loyalty/members' },
      ]}
    >
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        {fetcher.data?.ok === false ? <Banner tone="critical" title={fetcher.data.message} /> : null}
        {programme.status === 'paused' ? (
          <Banner tone="warning">Orders earn nothing and rewards cannot be redeemed. What was earned stays.</Banner>
        ) : null}
        {programme.status === 'draft' ? null : <Figures {...props} />}
        {live && props.places ? <PlacesCard {...props.places} /> : null}
        {props.profit ? <ProfitCard result={props.profit} timeZone={props.timeZone} /> : null}
        <SimulationCard {...props} onStart={ask('simulate')} busy={busy} />
        {programme.status === 'draft' ? null : <Months months={props.months} />}
        {programme.status === 'draft' ? null : <TiersCard {...props} />}
        {programme.status !== 'draft' && props.liability ? (
          <OwedCard liability={props.liability} currency={props.currency} />
        ) : null}
      </BlockStack>
    </Page>
  );
}

function Figures({ liability, members, currency, now }: LoyaltyPageProps) {
  if (!liability) return null;
  const { available, pending, debts, breakage, expectedMinor, worstMinor, checkedAt, differences } = liability;
  const share = members.members === 0 ? 0 : members.redeemers / members.members;
  return (
    <BlockStack gap="300">
      {differences > 0 ? (
        <Banner tone="critical" title="The ledger does not add up">
          <p>The nightly check found {formatCount(differences)} differences. Contact us before you pay out anything.</p>
        </Banner>
      ) : null}
      <InlineGrid columns={{ xs: 1, md: 4 }} gap="300">
        <FigureCard
          name="Members"
          value={formatCount(members.members)}
          note={`${formatShare(share)} have redeemed a reward`}
        />
        <FigureCard
          name="Outstanding points"
          value={formatCount(available + pending)}
          note={`${formatCount(pending)} of them still wait for the time in which goods come back${debts === 0 ? '' : `. Debts of ${formatPlural(debts, 'point')} are not taken off`}`}
        />
        <FigureCard
          name="Expected liability"
          value={formatMoney(expectedMinor, currency)}
          note={`${formatMoney(worstMinor, currency)} if every point were redeemed, tax in prices included`}
        />
        <FigureCard
          name="Expected breakage"
          value={formatShare(breakage)}
          note="Of points given more than half a year ago, brought ones included, the share that nobody redeemed; drawn towards 30% while there are few"
        />
      </InlineGrid>
      <Box paddingInline={{ xs: '400', sm: '0' }}>
        <Text as="p" tone="subdued">
          {checkedAt === null
            ? 'Every night all balances are added up anew from what was booked.'
            : `All balances were added up anew ${formatAge(checkedAt, now)}: ${differences === 0 ? 'everything adds up.' : 'see above.'}`}
        </Text>
      </Box>
    </BlockStack>
  );
}

function Months({ months }: Pick<LoyaltyPageProps, 'months'>) {
  const moved = months.some(({ earned, redeemed }) => earned !== 0 || redeemed !== 0);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Points by month
        </Text>
        {moved ? (
          <Trend
            title="Points earned"
            span="Month"
            unit="Earned"
            points={months.map(({ month, earned, redeemed }) => ({
              label: formatMonth(month),
              value: Math.max(0, earned),
              text: `${formatPlural(earned, 'point')} earned, ${formatCount(redeemed)} redeemed`,
            }))}
            formatTick={formatCount}
            unfinished
          />
        ) : (
          <Text as="p" tone="subdued">
            Nobody has earned points yet. The first order or the first birthday begins this chart.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function TiersCard({ programme, members }: LoyaltyPageProps) {
  const levels = programme?.settings.tiers.levels ?? [];
  if (levels.length === 0) return null;
  const known = [{ id: '', name: 'No tier' }, ...levels];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Members by tier
        </Text>
        <ShareBars
          title="Members by tier"
          bars={known
            .map(({ id, name }) => ({ label: name, value: members.tiers[id] ?? 0 }))
            .filter(({ label, value }) => value > 0 || label !== 'No tier')
            .map((bar) => ({ ...bar, text: formatCount(bar.value) }))}
          of={Math.max(1, members.members)}
        />
      </BlockStack>
    </Card>
  );
}
