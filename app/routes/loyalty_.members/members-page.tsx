import { Form, useSearchParams } from '@remix-run/react';
import {
  BlockStack,
  Box,
  Button,
  Card,
  DataTable,
  EmptyState,
  InlineStack,
  Link,
  Page,
  Select,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import type { MemberRow } from '#app/domains/loyalty/index.ts';
import { formatCount, formatDay } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';

interface MembersPageProps {
  readonly rows: readonly MemberRow[];
  /** for the page after this one; null on the last */
  readonly next: string | null;
  readonly first: boolean;
  readonly search: string;
  readonly tier: string | null;
  readonly tiers: readonly { readonly id: string; readonly name: string }[];
  readonly timeZone: string;
}

/** Everybody who takes part; one is found by e-mail address or customer number. */
export function MembersPage({ rows, next, first, search, tier, tiers, timeZone }: MembersPageProps) {
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(search);
  const [failed, setFailed] = useState(false);
  const go = (change: Readonly<Record<string, string | null>>): void => {
    const address = new URLSearchParams(params);
    for (const [key, value] of Object.entries({ after: null, ...change }))
      if (value === null) address.delete(key);
      else address.set(key, value);
    setParams(address);
  };
  const nameOf = new Map(tiers.map(({ id, name }) => [id, name]));
  return (
    <Page
      title="Members"
      backAction={{ content: 'Loyalty', url: '/loyalty' }}
      secondaryActions={[
        {
          content: 'Download CSV',
          onAction: () => {
            setFailed(false);
            saveFile('/loyalty/members/csv', 'loyalty-members.csv').catch(() => {
              setFailed(true);
            });
          },
        },
        { content: 'Bring balances', url: '/loyalty/import' },
      ]}
    >
      <Card>
        <BlockStack gap="400">
          <Form
            onSubmit={(event) => {
              event.preventDefault();
              go({ search: typed.trim() === '' ? null : typed.trim() });
            }}
          >
            <InlineStack gap="200" blockAlign="end">
              <Box minWidth="280px">
                <TextField
                  label="E-mail address or customer number"
                  value={typed}
                  onChange={setTyped}
                  autoComplete="off"
                  {...(failed ? { error: 'The file could not be made. Try again in a moment.' } : {})}
                />
              </Box>
              <Select
                label="Tier"
                value={tier ?? 'all'}
                options={[{ label: 'All', value: 'all' }, ...tiers.map(({ id, name }) => ({ label: name, value: id }))]}
                onChange={(value) => {
                  go({ tier: value === 'all' ? null : value });
                }}
              />
              <Button submit>Search</Button>
            </InlineStack>
          </Form>
          {rows.length === 0 ? (
            <EmptyState heading="Nobody here" image="">
              <p>Customers become members with their first order after the programme was switched on.</p>
            </EmptyState>
          ) : (
            <DataTable
              columnContentTypes={['text', 'text', 'numeric', 'numeric', 'text']}
              headings={['Customer', 'Tier', 'Points', 'Pending', 'Since']}
              rows={rows.map((row) => [
                <Link key={row.customerId} url={`/loyalty/members/${encodeURIComponent(row.customerId)}`}>
                  {row.customerId}
                </Link>,
                nameOf.get(row.tier) ?? '–',
                formatCount(row.available),
                formatCount(row.pending),
                formatDay(row.joinedAt, timeZone),
              ])}
            />
          )}
          <InlineStack gap="200">
            {first ? null : (
              <Button
                onClick={() => {
                  go({});
                }}
              >
                First page
              </Button>
            )}
            {next === null ? null : (
              <Button
                onClick={() => {
                  go({ after: next });
                }}
              >
                Next page
              </Button>
            )}
          </InlineStack>
        </BlockStack>
      </Card>
    </Page>
  );
}
