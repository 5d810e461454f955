import { useFetcher, useSearchParams } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  DataTable,
  FormLayout,
  InlineGrid,
  InlineStack,
  Page,
  Text,
  TextField,
} from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { HistoryRow, LoyaltyView } from '#app/domains/loyalty/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import { formatCount, formatDay, formatMoment } from '../../ui/format.ts';
import { StatementFiles } from '../../ui/statement-files.tsx';
import { historyWords } from './history-words.ts';
import { type OrderRow, OrdersCard } from './orders-card.tsx';
import type { MemberAnswer } from './route.tsx';

interface MemberPageProps {
  readonly customerId: string;
  /** null = a customer of the store who is no member yet */
  readonly joinedAt: Date | null;
  /** null while the programme is not live */
  readonly view: LoyaltyView | null;
  readonly history: { readonly rows: readonly HistoryRow[]; readonly next: number | null };
  readonly adjustments: readonly { readonly id: string; readonly reason: string; readonly by: string }[];
  readonly orders: { readonly rows: readonly OrderRow[]; readonly first: boolean; readonly next: string | null };
  readonly first: boolean;
  readonly timeZone: string;
}

/** One member: points, tier, rewards, and everything that ever moved the points. */
export function MemberPage(props: MemberPageProps) {
  const { customerId, joinedAt, view, history, adjustments, orders, first, timeZone } = props;
  const [, setParams] = useSearchParams();
  const customer = view?.customer && view.customer.status !== 'held-out' ? view.customer : null;
  const reasons = new Map(adjustments.map(({ id, reason, by }) => [id, by === '' ? reason : `${reason} (${by})`]));
  return (
    <Page
      title={`Customer ${customerId}`}
      subtitle={joinedAt === null ? 'Not a member yet' : `Member since ${formatDay(joinedAt, timeZone)}`}
      backAction={{ content: 'Members', url: '/loyalty/members' }}
    >
      <BlockStack gap="400">
        {joinedAt === null ? (
          <Banner tone="info">This customer has no points yet. Points that you give by hand make them a member.</Banner>
        ) : null}
        {view?.customer?.status === 'held-out' ? (
          <Banner tone="warning">
            This customer is one of those who see no programme, for the comparison. Points can be given and stay, but
            the customer neither sees nor uses them while that holds.
          </Banner>
        ) : null}
        {customer && customer.available < 0 ? (
          <Banner tone="warning">
            Points were taken back that had been spent already. What the member earns next pays the debt off first.
          </Banner>
        ) : null}
        {customer ? (
          <InlineGrid columns={{ xs: 1, md: 3 }} gap="300">
            <FigureCard
              name="Points"
              value={formatCount(customer.available)}
              note={
                customer.expiringLots[0]
                  ? `${formatCount(customer.expiringLots[0].points)} end on ${formatDay(customer.expiringLots[0].at, timeZone)}`
                  : 'They do not end'
              }
            />
            <FigureCard
              name="Pending"
              value={formatCount(customer.pending)}
              note={
                customer.pendingLots[0]
                  ? `${formatCount(customer.pendingLots[0].points)} from ${formatDay(customer.pendingLots[0].at, timeZone)} on`
                  : 'Nothing waits'
              }
            />
            <FigureCard
              name="Tier"
              value={customer.tier?.name ?? 'None'}
              note={
                customer.nextTier
                  ? `${String(customer.nextTier.percent)}% of the way to ${customer.nextTier.name}`
                  : 'The highest'
              }
            />
          </InlineGrid>
        ) : null}
        <AdjustCard />
        {customer && customer.redemptions.length > 0 ? (
          <RewardsCard redemptions={customer.redemptions} timeZone={timeZone} />
        ) : null}
        {orders.rows.length > 0 ? (
          <OrdersCard orders={orders.rows} first={orders.first} next={orders.next} timeZone={timeZone} />
        ) : null}
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              History
            </Text>
            <StatementFiles
              address={new URLSearchParams({ kind: 'customer', owner: customerId, unit: 'points' })}
              timeZone={timeZone}
            />
            <DataTable
              columnContentTypes={['text', 'text', 'numeric', 'numeric']}
              headings={['When', 'What', 'Points', 'Available after']}
              rows={history.rows.map((row) => [
                formatMoment(row.at, timeZone),
                historyWords(row, reasons),
                row.points === 0 ? '' : `${row.points > 0 ? '+' : ''}${formatCount(row.points)}`,
                formatCount(row.available),
              ])}
            />
            <InlineStack gap="200">
              {first ? null : (
                <Button
                  onClick={() => {
                    setParams({});
                  }}
                >
                  Newest
                </Button>
              )}
              {history.next === null ? null : (
                <Button
                  onClick={() => {
                    setParams({ before: String(history.next) });
                  }}
                >
                  Earlier
                </Button>
              )}
            </InlineStack>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}

function AdjustCard() {
  const fetcher = useFetcher<MemberAnswer>();
  const [points, setPoints] = useState('');
  const [reason, setReason] = useState('');
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined;
  useEffect(() => {
    if (!answer?.ok) return;
    toast('Saved');
    setPoints('');
    setReason('');
  }, [answer]);
  const number = /^[+-]?\d{1,8}$/.test(points.trim()) ? Number(points) : null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Give or take points
        </Text>
        {answer?.ok === false ? <Banner tone="critical" title={answer.message} /> : null}
        <FormLayout.Group condensed>
          <TextField
            label="Points"
            helpText="With a minus to take some"
            value={points}
            onChange={setPoints}
            autoComplete="off"
            {...(points !== '' && number === null ? { error: 'Enter a whole number' } : {})}
          />
          <TextField
            label="Why"
            helpText="Kept with the points"
            value={reason}
            onChange={setReason}
            maxLength={200}
            autoComplete="off"
          />
        </FormLayout.Group>
        <InlineStack>
          <Button
            disabled={number === null || number === 0 || reason.trim() === ''}
            loading={fetcher.state !== 'idle'}
            onClick={() => {
              const id = crypto.randomUUID();
              fetcher.submit(
                { intent: 'adjust', id, points: number, reason },
                { method: 'post', encType: 'application/json' },
              );
            }}
          >
            Save
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

type Redemptions = Extract<NonNullable<LoyaltyView['customer']>, { status: 'member' | 'not-joined' }>['redemptions'];

const states: Readonly<Record<string, string>> = {
  wanted: 'Being made',
  open: 'Not used yet',
  given: 'Given by the store',
  used: 'Used',
  expired: 'Ended',
  withdrawn: 'Given back',
  refused: 'Refused by the store',
};

/** The store did not answer; the merchant looks at the customer there. */
const unsure = 'Not known whether the store gave it';

function RewardsCard({ redemptions, timeZone }: { readonly redemptions: Redemptions; readonly timeZone: string }) {
  const fetcher = useFetcher<MemberAnswer>();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Rewards
        </Text>
        {fetcher.data?.ok === false ? <Banner tone="critical" title={fetcher.data.message} /> : null}
        <DataTable
          columnContentTypes={['text', 'numeric', 'text', 'text', 'text']}
          headings={['Reward', 'Points', 'Code', 'State', '']}
          rows={redemptions.map((one) => [
            one.title,
            formatCount(one.points),
            one.code ?? '–',
            `${one.unsure ? unsure : (states[one.state] ?? '')}${one.endsAt ? `, until ${formatDay(one.endsAt, timeZone)}` : ''}`,
            one.cancellable || one.unsure ? (
              <Button
                key={one.id}
                variant="plain"
                disabled={fetcher.state !== 'idle'}
                accessibilityLabel={`Give the points of ${one.title} back`}
                onClick={() => {
                  fetcher.submit(
                    { intent: 'cancel', redemptionId: one.id },
                    { method: 'post', encType: 'application/json' },
                  );
                }}
              >
                Give points back
              </Button>
            ) : (
              ''
            ),
          ])}
        />
      </BlockStack>
    </Card>
  );
}
