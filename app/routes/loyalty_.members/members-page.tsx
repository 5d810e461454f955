import { BlockStack, Card, DataTable, EmptyState, Link, Page, Select } from '@shopify/polaris';
import { useState } from 'react';
import type { MemberRow } from '#app/domains/loyalty/index.ts';
import { formatCount, formatDay } from '../../ui/format.ts';
import { PageButtons, PeopleSearch, usePeopleAddress } from '../../ui/people-list.tsx';
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
  const [failed, setFailed] = useState(false);
  const go = usePeopleAddress();
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
          <PeopleSearch
            search={search}
            problem={failed ? 'The file could not be made. Try again in a moment.' : ''}
            onSearch={go}
          >
            <Select
              label="Tier"
              value={tier ?? 'all'}
              options={[{ label: 'All', value: 'all' }, ...tiers.map(({ id, name }) => ({ label: name, value: id }))]}
              onChange={(value) => {
                go({ tier: value === 'all' ? null : value });
              }}
            />
          </PeopleSearch>
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
          <PageButtons first={first} next={next} onOpen={go} />
        </BlockStack>
      </Card>
    </Page>
  );
}
