import type { SerializeFrom } from '@remix-run/node';
import { Form, useSearchParams } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  DataTable,
  InlineStack,
  Link,
  Page,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { formatCount, formatDigits, formatMoment, formatPlural } from '../../ui/format.ts';
import { AccountCard, accountName, addressOf } from './account-card.tsx';
import type { LedgerData } from './route.tsx';

const heads = ['Available', 'Pending', 'Held', 'Debts', 'Given', 'Used', 'Expired', 'By hand', 'Forfeited'];

/** All points and money that customers have in the shop, the proof that they add up, and one account line by line. */
export function LedgerPage({ totals, check, accounts, account, timeZone, days }: SerializeFrom<LedgerData>) {
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [typed, setTyped] = useState(search);
  return (
    <Page title="Ledger">
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <InlineStack align="space-between" blockAlign="center">
              <Text as="h2" variant="headingMd">
                All accounts
              </Text>
              <CheckBadge check={check} timeZone={timeZone} />
            </InlineStack>
            {totals.length === 0 ? (
              <Text as="p">Nothing was booked yet. Loyalty and referrals keep their points and credit here.</Text>
            ) : (
              <DataTable
                columnContentTypes={['text', ...Array.from({ length: heads.length }, () => 'numeric' as const)]}
                headings={['Unit', ...heads]}
                rows={totals.map(({ unit, outstanding, debtors, moved }) => {
                  const [available, pending, held, debts] = outstanding.map(formatDigits);
                  const owed = debtors === 0 ? debts : `${debts ?? ''} (${formatPlural(debtors, 'customer')})`;
                  return [unit, available, pending, held, owed, ...moved.map(formatDigits)];
                })}
              />
            )}
            <Text as="p" tone="subdued">
              Available, pending and held are what customers have now. Debts are what customers used before it was taken
              back; nobody else’s balance is less for them. The others are what moved in the last {days} days.
            </Text>
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="300">
            <Form
              onSubmit={(event) => {
                event.preventDefault();
                setParams(typed.trim() === '' ? {} : { search: typed.trim() });
              }}
            >
              <InlineStack gap="200" blockAlign="end">
                <Box minWidth="280px">
                  <TextField
                    label="E-mail address or customer number"
                    value={typed}
                    onChange={setTyped}
                    autoComplete="off"
                  />
                </Box>
                <Button submit>Search</Button>
              </InlineStack>
            </Form>
            {search === '' ? null : accounts.length === 0 ? (
              <Text as="p">
                {search.includes('@')
                  ? `No customer with the address ${search} has an account here.`
                  : `No account begins with ${search}.`}
              </Text>
            ) : (
              accounts.map((one) => (
                <Link key={`${one.ownerKind} ${one.ownerId} ${one.unit}`} url={`/ledger?${addressOf(one).toString()}`}>
                  {accountName(one)}
                </Link>
              ))
            )}
          </BlockStack>
        </Card>
        {account === null ? null : <AccountCard account={account} timeZone={timeZone} />}
      </BlockStack>
    </Page>
  );
}

function CheckBadge({ check, timeZone }: Pick<SerializeFrom<LedgerData>, 'check' | 'timeZone'>) {
  if (check === null) return <Badge>Checked for the first time tonight</Badge>;
  const at = formatMoment(check.at, timeZone);
  return check.differences === 0 ? (
    <Badge tone="success">{`Everything adds up: ${formatCount(check.transactions)} transactions, ${at}`}</Badge>
  ) : (
    <Badge tone="critical">{`${formatCount(check.differences)} balances do not add up, ${at}`}</Badge>
  );
}
