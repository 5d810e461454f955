import type { SerializeFrom } from '@remix-run/node';
import { useSearchParams } from '@remix-run/react';
import { BlockStack, Box, Button, Card, DataTable, InlineStack, Text, TextField } from '@shopify/polaris';
import { formatDigits, formatMoment } from '../../ui/format.ts';
import { zoneName } from '../../ui/local-time.ts';
import { StatementFiles } from '../../ui/statement-files.tsx';
import { operationWords } from './operation-words.ts';
import type { LedgerData } from './route.tsx';

type Account = NonNullable<SerializeFrom<LedgerData>['account']>;

/** An account as a heading and a link name it. */
export const accountName = ({ ownerKind, ownerId, unit }: Pick<Account, 'ownerKind' | 'ownerId' | 'unit'>): string =>
  `${ownerKind.charAt(0).toUpperCase()}${ownerKind.slice(1)} ${ownerId}, ${unit}`;

/** The address by which a page names an account. */
export const addressOf = ({ ownerKind, ownerId, unit }: Pick<Account, 'ownerKind' | 'ownerId' | 'unit'>) =>
  new URLSearchParams({ kind: ownerKind, owner: ownerId, unit });

/** One owner's account: what is in it, now or at the end of a day, and everything that happened. */
export function AccountCard({ account, timeZone }: { readonly account: Account; readonly timeZone: string }) {
  const [params, setParams] = useSearchParams();
  const { balances, day, rows, first, next } = account;
  const go = (change: Readonly<Record<string, string | null>>): void => {
    const address = new URLSearchParams(params);
    for (const [key, value] of Object.entries(change))
      if (value === null || value === '') address.delete(key);
      else address.set(key, value);
    setParams(address);
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {accountName(account)}
          </Text>
        </InlineStack>
        <StatementFiles address={addressOf(account)} timeZone={timeZone} />
        <InlineStack gap="400" blockAlign="end">
          <Text as="p">
            Available {formatDigits(balances.available)} · Pending {formatDigits(balances.pending)} · Held{' '}
            {formatDigits(balances.held)}
          </Text>
          <Box minWidth="180px">
            <TextField
              label={`At the end of (${zoneName(timeZone)})`}
              type="date"
              value={day ?? ''}
              autoComplete="off"
              onChange={(value) => {
                go({ day: value });
              }}
            />
          </Box>
        </InlineStack>
        <DataTable
          columnContentTypes={['text', 'text', 'text', 'numeric', 'numeric', 'numeric', 'numeric']}
          headings={[`When (${zoneName(timeZone)})`, 'What', 'For', 'Available', 'Pending', 'Held', 'Balance']}
          rows={rows.map((row) => [
            formatMoment(row.at, timeZone),
            operationWords[row.operation],
            row.source,
            ...row.amounts.map(formatDigits),
          ])}
        />
        <InlineStack gap="200">
          {first ? null : (
            <Button
              onClick={() => {
                go({ before: null });
              }}
            >
              Newest
            </Button>
          )}
          {next === null ? null : (
            <Button
              onClick={() => {
                go({ before: String(next) });
              }}
            >
              Older
            </Button>
          )}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
