import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { Assumptions, ProgrammeTerms, Simulation } from '#app/domains/referrals/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { formatBps, formatCount, formatMoney } from '../../ui/format.ts';
import { shareText, typedMoney, typedNumber, typedShare } from '../../ui/typed.ts';
import type { ProgrammeAnswer } from './route.tsx';

interface SimulationCardProps {
  readonly initial: Simulation;
  readonly assumed: Assumptions;
  /** null while something typed is not readable */
  readonly terms: ProgrammeTerms | null;
  readonly currency: string;
}

const shares = [
  ['broughtBps', 'New customers whom a friend brings'],
  ['addedBps', 'Of them, who would not have come otherwise'],
  ['marginBps', 'Your margin'],
] as const;

/** What the programme as it is typed would have cost and brought on the store's own first orders of the past year. */
export function SimulationCard({ initial, assumed, terms, currency }: SimulationCardProps) {
  const fetcher = useFetcher<ProgrammeAnswer>();
  const [typed, setTyped] = useState({
    broughtBps: shareText(assumed.broughtBps),
    addedBps: shareText(assumed.addedBps),
    marginBps: shareText(assumed.marginBps),
    pointCost: formatDecimal(assumed.pointCost, currency),
    friendsPerAdvocate: String(assumed.friendsPerAdvocate),
  });
  const field = (name: keyof typeof typed, label: string, suffix: string) => (
    <TextField
      key={name}
      label={label}
      suffix={suffix}
      autoComplete="off"
      inputMode="decimal"
      value={typed[name]}
      onChange={(value) => {
        setTyped({ ...typed, [name]: value });
      }}
    />
  );
  const next: Assumptions = {
    broughtBps: typedShare(typed.broughtBps),
    addedBps: typedShare(typed.addedBps),
    marginBps: typedShare(typed.marginBps),
    pointCost: typedMoney(typed.pointCost, currency),
    friendsPerAdvocate: typedNumber(typed.friendsPerAdvocate, 2),
  };
  const readable = terms !== null && Object.values(next).every((value) => value >= 0);
  const shown = (fetcher.data?.ok ? fetcher.data.simulation : null) ?? initial;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          What it would have cost
        </Text>
        <Text as="p" tone="subdued">
          On {formatCount(shown.firstOrders)} first orders of the past year, {formatCount(shown.eligible)} of them large
          enough.
        </Text>
        {shares.map(([name, label]) => field(name, label, '%'))}
        {field('friendsPerAdvocate', 'Friends of one advocate', 'on average')}
        {field('pointCost', '100 points cost you', currency)}
        <Button
          disabled={!readable}
          loading={fetcher.state !== 'idle'}
          onClick={() => {
            fetcher.submit(JSON.stringify({ simulate: { terms, assumed: next } }), {
              method: 'post',
              encType: 'application/json',
            });
          }}
        >
          Calculate
        </Button>
        <div role="status">
          <BlockStack gap="100">
            <Text as="p">{formatCount(shown.friends)} friends in a year</Text>
            <Text as="p">Their offers: {formatMoney(shown.offersMinor, currency)}</Text>
            <Text as="p">Rewards: {formatMoney(shown.rewardsMinor, currency)}</Text>
            <Text as="p">Margin of added orders: {formatMoney(shown.addedMarginMinor, currency)}</Text>
            <Text as="p" fontWeight="semibold">
              Profit: {formatMoney(shown.profitMinor, currency)}
            </Text>
            <Text as="p" tone="subdued">
              {shown.eligible === 0
                ? 'There is no order yet to calculate with.'
                : shown.breakEvenBps === null
                  ? 'It costs more than the margin of all friends’ orders.'
                  : `It pays as soon as ${formatBps(shown.breakEvenBps)} of the friends would not have come otherwise.`}
            </Text>
          </BlockStack>
        </div>
      </BlockStack>
    </Card>
  );
}
