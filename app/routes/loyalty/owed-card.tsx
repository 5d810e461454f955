import { BlockStack, Button, Card, InlineGrid, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { Liability } from '#app/domains/loyalty/index.ts';
import { formatCount, formatMoney, formatPlural } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';

interface OwedCardProps {
  readonly liability: Liability;
  readonly currency: string;
}

/** What is owed beside points, what members owe, and the figures as a file for the accountant. */
export function OwedCard({ liability, currency }: OwedCardProps) {
  const { rewards, issued, adjusted, redeemed, expired } = liability;
  const [day, setDay] = useState('');
  const [failed, setFailed] = useState(false);
  const codes = rewards.reduce((sum, one) => sum + one.codes, 0);
  const worth = rewards.reduce((sum, one) => sum + one.worthMinor, 0);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          For your accountant
        </Text>
        <Text as="p">
          {codes === 0
            ? 'No code that was given for points is open.'
            : `${formatPlural(codes, 'code')} for points not used yet, worth ${formatMoney(worth, currency)} at most, beside the outstanding points.`}
        </Text>
        <Text as="p">{debtWords(liability)}</Text>
        <Text as="p" tone="subdued">
          Since the beginning: {formatCount(issued)} points by orders and activities, {formatCount(adjusted)} by hand
          and by imports, {formatCount(redeemed)} redeemed, {formatCount(expired)} expired.
        </Text>
        <InlineGrid columns={{ xs: 1, sm: '220px auto' }} gap="300" alignItems="end">
          <TextField label="At the end of (empty: now)" type="date" value={day} autoComplete="off" onChange={setDay} />
          <div>
            <Button
              onClick={() => {
                setFailed(false);
                saveFile(
                  `/loyalty/liability/csv${day === '' ? '' : `?day=${day}`}`,
                  `loyalty-liability${day === '' ? '' : `-${day}`}.csv`,
                ).catch(() => {
                  setFailed(true);
                });
              }}
            >
              Download CSV
            </Button>
          </div>
        </InlineGrid>
        {failed ? (
          <Text as="p" tone="critical">
            The file could not be made. Try again in a moment.
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function debtWords({ debts, debtors }: Pick<Liability, 'debts' | 'debtors'>): string {
  if (debtors === 0) return 'Debts: no member owes points.';
  const who = debtors === 1 ? '1 member owes' : `${formatCount(debtors)} members owe`;
  return `Debts: ${who} ${formatPlural(debts, 'point')}, used before an order was given back. The outstanding points are not less for it; what these members earn next pays it off.`;
}
