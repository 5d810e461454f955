import { useFetcher } from '@remix-run/react';
import { Badge, BlockStack, Button, ButtonGroup, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import type { Decision } from '#app/domains/referrals/index.ts';
import type { ShownReferral } from '#app/flows/referrals/show.ts';
import { toast } from '../app-bridge.ts';
import { formatDay, formatMoney } from '../format.ts';
import { decisionWords, howWords, rewardWords, stateWords } from './words.ts';

interface ReferralListProps {
  readonly rows: readonly ShownReferral[];
  readonly currency: string;
  readonly timeZone: string;
  /** on the advocate's own page it need not be said whose friend it is */
  readonly showAdvocate: boolean;
}

export type DecisionAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Referrals with what was decided and why; each can be decided anew, and that taken back. */
export function ReferralList({ rows, ...rest }: ReferralListProps) {
  return (
    <BlockStack gap="300">
      {rows.map((row) => (
        <ReferralCard key={row.orderId} row={row} {...rest} />
      ))}
    </BlockStack>
  );
}

function ReferralCard({
  row,
  currency,
  timeZone,
  showAdvocate,
}: Omit<ReferralListProps, 'rows'> & { row: ShownReferral }) {
  const { name, tone } = stateWords[row.state];
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            Order {row.orderName}
          </Text>
          <Badge {...(tone ? { tone } : {})}>{name}</Badge>
          {row.overruled ? <Badge>{`You decided: ${decisionWords[row.overruled].toLowerCase()}`}</Badge> : null}
        </InlineStack>
        <Text as="p" tone="subdued">
          {formatDay(row.placedAt, timeZone)}, {formatMoney(row.totalMinor, currency)}, {howWords[row.how] ?? row.how}
          {row.friendNo === null ? '' : `, friend ${String(row.friendNo)}`}
          {row.reward ? `, ${rewardWords(row.reward, currency)}` : ''}
          {row.state === 'pending' ? ` on ${formatDay(row.dueAt, timeZone)}` : ''}
          {showAdvocate ? (
            <>
              . <Link url={`/referrals/advocates/${row.advocateId}`}>Advocate</Link>
            </>
          ) : null}
        </Text>
        {row.reasons.map((reason) => (
          <Text as="p" key={reason}>
            {reason}
          </Text>
        ))}
        {row.appeal === null ? null : (
          <Text as="p" breakWord>
            The advocate says: “{row.appeal}”
          </Text>
        )}
        <Decide row={row} />
        {row.steps.length > 1 ? (
          <details>
            <summary>What happened</summary>
            <ul>
              {row.steps.map((step) => (
                <li key={`${step.at} ${step.note}`}>
                  {formatDay(step.at, timeZone)}: {stateWords[step.state].name}. {step.note}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </BlockStack>
    </Card>
  );
}

/** Where the order is undone there is nothing to decide. */
function Decide({ row }: { readonly row: ShownReferral }) {
  const fetcher = useFetcher<DecisionAnswer>();
  const busy = fetcher.state !== 'idle';
  const answer = busy ? undefined : fetcher.data;
  useEffect(() => {
    if (answer) toast(answer.ok ? 'Saved' : answer.message);
  }, [answer]);
  const decide = (decision: Decision | null): void => {
    fetcher.submit(
      { orderId: row.orderId, decision },
      { method: 'post', action: '/referrals/review', encType: 'application/json' },
    );
  };
  if (row.state === 'cancelled' || row.state === 'new') return null;
  const offered: readonly Decision[] = ['pay', 'credit', 'deny'];
  const standing = row.overruled ?? row.decision;
  return (
    <ButtonGroup>
      {offered
        .filter((decision) => decision !== standing)
        .map((decision) => (
          <Button
            key={decision}
            disabled={busy}
            {...(decision === 'deny' ? { tone: 'critical' as const } : {})}
            accessibilityLabel={`${decisionWords[decision]}: order ${row.orderName}`}
            onClick={() => {
              decide(decision);
            }}
          >
            {decisionWords[decision]}
          </Button>
        ))}
      {row.overruled === null ? null : (
        <Button
          variant="plain"
          disabled={busy}
          accessibilityLabel={`Take your decision back: order ${row.orderName}`}
          onClick={() => {
            decide(null);
          }}
        >
          Take your decision back
        </Button>
      )}
    </ButtonGroup>
  );
}
