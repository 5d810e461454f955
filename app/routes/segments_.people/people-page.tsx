import { BlockStack, Card, DataTable, EmptyState, Page } from '@shopify/polaris';
import { useState } from 'react';
import { isGroupName, nameOf } from '../segments/group-words.ts';
import { formatCount, formatDay, formatMoney } from '../../ui/format.ts';
import { PageButtons, PeopleSearch, usePeopleAddress } from '../../ui/people-list.tsx';
import { saveFile } from '../../ui/save-file.ts';

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
}

/** The customers of one segment; one is found by e-mail address or customer number. */
export function PeoplePage({ segment, name, rows, next, first, search, currency, timeZone }: PeoplePageProps) {
  const [failed, setFailed] = useState(false);
  const go = usePeopleAddress();
  return (
    <Page
      title={name}
      backAction={{ content: 'Segments', url: '/segments' }}
      secondaryActions={[
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
        </BlockStack>
      </Card>
    </Page>
  );
}
