import { BlockStack, Card, DataTable, EmptyState, Link, Page, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { MemberRow, OtherRow } from '#app/domains/loyalty/index.ts';
import { formatCount, formatDay } from '../../ui/format.ts';
import { PageButtons, PeopleSearch, usePeopleAddress } from '../../ui/people-list.tsx';
import { saveFile } from '../../ui/save-file.ts';

interface MembersPageProps {
  readonly rows: readonly MemberRow[];
  /** customers of the store who are found by the search and are no members */
  readonly others: readonly OtherRow[];
  /** for the page after this one; null on the last */
  readonly next: string | null;
  readonly first: boolean;
  readonly search: string;
  readonly tier: string | null;
  readonly tiers: readonly { readonly id: string; readonly name: string }[];
  readonly timeZone: string;
}

/** Everybody who takes part; one is found by e-mail address or customer number, also who does not take part yet. */
export function MembersPage(props: MembersPageProps) {
  const { rows, others, next, first, search, tier, tiers, timeZone } = props;
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
          {rows.length === 0 && others.length > 0 ? (
            <Text as="p">No member is found by this.</Text>
          ) : rows.length === 0 ? (
            <EmptyState heading="Nobody here" image="">
              <p>
                Customers become members with their first order after the programme was switched on, or when you give
                them points by hand: look for any customer of your store.
              </p>
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
          {others.length === 0 ? null : <Others others={others} timeZone={timeZone} />}
          <PageButtons first={first} next={next} onOpen={go} />
        </BlockStack>
      </Card>
    </Page>
  );
}

function Others({ others, timeZone }: Pick<MembersPageProps, 'others' | 'timeZone'>) {
  return (
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        Customers who are no members yet
      </Text>
      <DataTable
        columnContentTypes={['text', 'text']}
        headings={['Customer', 'Account since']}
        rows={others.map(({ customerId, since }) => [
          <Link key={customerId} url={`/loyalty/members/${encodeURIComponent(customerId)}`}>
            {customerId}, give points by hand
          </Link>,
          formatDay(since, timeZone),
        ])}
      />
    </BlockStack>
  );
}
