import { BlockStack, Card, DataTable, EmptyState, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { SegmentTag } from '#app/domains/segments/index.ts';
import type { SegmentUses } from '#app/flows/segments/segment-uses.ts';
import { isGroupName, nameOf } from '../segments/group-words.ts';
import { formatCount, formatDay, formatMoney, formatPlural } from '../../ui/format.ts';
import { PageButtons, PeopleSearch, usePeopleAddress } from '../../ui/people-list.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { SegmentUsesCard } from '../../ui/segment-uses-card.tsx';
import { TagCard } from './tag-card.tsx';

interface PeoplePageProps {
  /** group's word or segment's id */
  readonly segment: string;
  readonly name: string;
  readonly rows: readonly {
    readonly customerId: string;
    readonly since: Date;
    readonly orders: number;
    readonly spentMinor: number;
    readonly lastOrderAt: Date | null;
    readonly group: string | null;
  }[];
  /** for the page after this one; null on the last */
  readonly next: string | null;
  readonly first: boolean;
  readonly search: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly tag: SegmentTag | null;
  readonly proposal: string;
  readonly tagging: { readonly field: string | null } | null;
  readonly offers: SegmentUses['offers'];
  /** buyers of a named group who have no account */
  readonly guests: number;
  /** a segment of the merchant, not a named group */
  readonly own: boolean;
  readonly now: Date;
}

/** The customers of one segment; one is found by e-mail address or customer number. */
export function PeoplePage(page: PeoplePageProps) {
  const { segment, name, rows, next, first, search, currency, timeZone, own, offers, guests } = page;
  const [failed, setFailed] = useState(false);
  const go = usePeopleAddress();
  return (
    <Page
      title={name}
      backAction={{ content: 'Segments', url: '/segments' }}
      secondaryActions={[
        ...(own ? [{ content: 'Change', url: `/segments/own/${segment}` }] : []),
        {
          content: 'Download CSV',
          onAction: () => {
            setFailed(false);
            saveFile(
              `/segments/csv?segment=${segment}`,
              `customers-${isGroupName(segment) ? segment : 'segment'}.csv`,
            ).catch(() => {
              setFailed(true);
            });
          },
        },
      ]}
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="400">
            <PeopleSearch
              search={search}
              problem={failed ? 'The file could not be made. Try again in a moment.' : ''}
              onSearch={go}
            />
            {rows.length === 0 ? (
              <EmptyState heading="Nobody here" image="">
                <p>{search === '' ? 'No customer is in this segment now.' : 'Nobody in this segment was found.'}</p>
              </EmptyState>
            ) : (
              <DataTable
                columnContentTypes={['text', 'text', 'numeric', 'numeric', 'text', 'text']}
                headings={['Customer', 'Group', 'Orders', 'Spent', 'Last order', 'In it since']}
                rows={rows.map((row) => [
                  row.customerId,
                  row.group !== null && isGroupName(row.group) ? nameOf(row.group) : '–',
                  formatCount(row.orders),
                  formatMoney(row.spentMinor, currency),
                  row.lastOrderAt === null ? '–' : formatDay(row.lastOrderAt, timeZone),
                  formatDay(row.since, timeZone),
                ])}
              />
            )}
            <PageButtons first={first} next={next} onOpen={go} />
            {guests > 0 ? (
              <Text as="p" tone="subdued">
                {formatPlural(guests, 'buyer')} of this group {guests === 1 ? 'has' : 'have'} no account and cannot be
                listed, tagged or given an offer. The group’s file under Segments counts them.
              </Text>
            ) : null}
          </BlockStack>
        </Card>
        <TagCard key={segment} tag={page.tag} proposal={page.proposal} tagging={page.tagging} now={page.now} />
        <SegmentUsesCard offers={offers} />
      </BlockStack>
    </Page>
  );
}
