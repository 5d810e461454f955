import { useSearchParams } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Box,
  Card,
  DataTable,
  EmptyState,
  InlineGrid,
  Link,
  Page,
  Select,
  Text,
} from '@shopify/polaris';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import type { AdvocateFigures, Funnel, Programme } from '#app/domains/referrals/index.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import { formatCount, formatMoney, formatPlural } from '../../ui/format.ts';
import { offerWords, reasonNames, rewardWords } from '../../ui/referrals/words.ts';
import { saveFile } from '../../ui/save-file.ts';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { Earned } from './earned.tsx';
import { FunnelChart } from './funnel-chart.tsx';

type Shown<T> = { readonly [K in keyof T]: T[K] extends Date | null ? string | Date | null : T[K] };

interface ReferralsPageProps {
  readonly programme: Programme;
  readonly funnel: Funnel;
  readonly outcomes: {
    readonly states: readonly { readonly state: string; readonly count: number }[];
    readonly reasons: readonly { readonly code: string; readonly count: number }[];
  };
  readonly sales: { readonly orders: number; readonly soldMinor: number };
  /** referrals that wait for the merchant */
  readonly waiting: number;
  readonly advocates: readonly Shown<AdvocateFigures>[];
  readonly days: number;
  readonly spans: readonly number[];
  /** of the programmes of points and referrals together; null = there is no programme of points */
  readonly profit: ExperimentResult | null;
  /** of referrals alone */
  readonly own: ExperimentResult;
  readonly timeZone: string;
  readonly currency: string;
  readonly standing: StoreStanding;
}

/** What customers' recommendations bring: from shares to rewards, why some are not paid, and who recommends most. */
export function ReferralsPage(props: ReferralsPageProps) {
  const { programme, waiting, currency, standing, advocates } = props;
  const empty = !programme.active && advocates.length === 0;
  const first = programme.terms.tiers[0]?.reward;
  return (
    <Page
      title="Referrals"
      subtitle={
        programme.active && first
          ? `Friends get ${offerWords(programme.terms.offer, currency)}, advocates ${rewardWords(first, currency)}`
          : 'Customers recommend your store to friends'
      }
      primaryAction={{ content: programme.active ? 'Edit programme' : 'Set up', url: '/referrals/programme' }}
      {...(empty
        ? {}
        : {
            secondaryActions: [
              { content: 'Review', url: '/referrals/review' },
              {
                content: 'Save as CSV',
                onAction: () => {
                  void saveFile('/referrals/csv', 'referrals.csv');
                },
              },
            ],
          })}
    >
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        {waiting > 0 ? (
          <Banner
            tone="warning"
            title={`${formatPlural(waiting, 'referral')} ${waiting === 1 ? 'waits' : 'wait'} for your decision`}
            action={{ content: 'Review', url: '/referrals/review' }}
          />
        ) : null}
        {empty ? (
          <Card>
            <EmptyState
              heading="Let customers bring their friends"
              action={{ content: 'Set up in five minutes', url: '/referrals/programme' }}
              image=""
            >
              <p>
                Each customer gets a link. A friend who orders for the first time gets your offer, the customer a reward
                once the return window is over. Whoever ordered before does not count, also before you had Trellis.
              </p>
            </EmptyState>
          </Card>
        ) : (
          <Figures {...props} />
        )}
      </BlockStack>
    </Page>
  );
}

function Figures(props: ReferralsPageProps) {
  const { funnel, outcomes, sales, advocates, days, spans, currency, programme } = props;
  const [, setSearch] = useSearchParams();
  const count = (...states: string[]) =>
    outcomes.states.filter(({ state }) => states.includes(state)).reduce((sum, one) => sum + one.count, 0);
  return (
    <>
      {programme.active ? null : (
        <Banner tone="info" title="The programme is off">
          <p>Rewards that are pending are still paid. New orders do not count.</p>
        </Banner>
      )}
      <Box paddingInline={{ xs: '400', sm: '0' }}>
        <Select
          label="Since"
          labelInline
          options={spans.map((span) => ({ value: String(span), label: `${String(span)} days ago` }))}
          value={String(days)}
          onChange={(value) => {
            setSearch({ days: value }, { preventScrollReset: true });
          }}
        />
      </Box>
      <InlineGrid columns={{ xs: 1, sm: 2, md: 4 }} gap="300">
        <FigureCard
          name="Sold to friends"
          value={formatMoney(sales.soldMinor, currency)}
          note={formatPlural(sales.orders, 'first order')}
        />
        <FigureCard
          name="Rewarded"
          value={formatCount(count('rewarded'))}
          note={`${formatCount(count('pending'))} pending`}
        />
        <FigureCard
          name="Held for you"
          value={formatCount(count('held'))}
          note="never paid without you, unless you chose so"
        />
        <FigureCard
          name="Not paid"
          value={formatCount(count('denied', 'ineligible', 'cancelled'))}
          note={`${formatCount(count('denied'))} that looked like fraud, or that you denied`}
        />
      </InlineGrid>
      <Earned {...props} />
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingSm">
            From a share to a reward
          </Text>
          <FunnelChart {...funnel} />
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingSm">
            What was found
          </Text>
          {outcomes.reasons.length === 0 ? (
            <Text as="p" tone="subdued">
              Nothing spoke against any order.
            </Text>
          ) : (
            <DataTable
              columnContentTypes={['text', 'numeric']}
              headings={['Reason', 'Orders']}
              rows={outcomes.reasons.map((one) => [reasonNames[one.code] ?? one.code, formatCount(one.count)])}
            />
          )}
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingSm">
            Customers who recommend you
          </Text>
          {advocates.length === 0 ? (
            <Text as="p" tone="subdued">
              Nobody has opened their link yet.
            </Text>
          ) : (
            <DataTable
              columnContentTypes={['text', 'text', 'numeric', 'numeric', 'numeric', 'numeric']}
              headings={['Customer', 'Code', 'Shared', 'Opened', 'Orders', 'Rewarded']}
              rows={advocates.map((one) => [
                <Link key={one.id} url={`/referrals/advocates/${one.id}`}>
                  {one.customerId ?? 'erased'}
                  {one.stoppedAt === null ? '' : ' (stopped)'}
                </Link>,
                one.code,
                formatCount(one.shares),
                formatCount(one.clicks),
                formatCount(one.orders),
                formatCount(one.rewarded),
              ])}
            />
          )}
        </BlockStack>
      </Card>
    </>
  );
}
