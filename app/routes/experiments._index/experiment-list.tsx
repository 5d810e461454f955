import { Link } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Card,
  EmptyState,
  IndexFilters,
  IndexFiltersMode,
  IndexTable,
  Page,
  Text,
  useBreakpoints,
} from '@shopify/polaris';
import { useState } from 'react';
import type { SplitTest, TestState } from '#app/domains/experiments/index.ts';
import type { Silence } from '#app/domains/signals/index.ts';
import { formatAge } from '../../ui/format.ts';
import { stateWords, subjectWords } from '../experiments.$id/experiment-words.ts';
import { SilenceNotice } from '../../ui/silence-notice.tsx';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { useListAddress } from '../../ui/use-list-address.ts';

const views = [
  ['all', 'All'],
  ['running', 'Running'],
  ['draft', 'Draft'],
  ['stopped', 'Stopped'],
  ['applied', 'Applied'],
] as const satisfies readonly (readonly [TestState | 'all', string])[];

interface ExperimentListProps {
  readonly list: { readonly items: readonly SplitTest[]; readonly total: number };
  /** titles by bundle id */
  readonly bundles: Readonly<Record<string, string>>;
  readonly standing: StoreStanding;
  /** nothing is heard of visitors any more */
  readonly silence: Silence | null;
  /** the merchant puts our blocks into the theme */
  readonly themeEditor: boolean;
  readonly timeZone: string;
  readonly query: {
    readonly search: string;
    readonly state: TestState | 'all';
    readonly page: number;
    readonly pageSize: number;
  };
  readonly now: Date;
}

/** All experiments of the shop: search, views and paging. */
export function ExperimentList({
  list,
  bundles,
  standing,
  silence,
  themeEditor,
  timeZone,
  query,
  now,
}: ExperimentListProps) {
  const { smDown } = useBreakpoints();
  const { search, setSearch, go, loading } = useListAddress(query.search);
  const [mode, setMode] = useState(IndexFiltersMode.Default);
  const none = list.total === 0 && query.search === '' && query.state === 'all';
  const pages = Math.max(1, Math.ceil(list.total / query.pageSize));
  const clear = (): void => {
    setSearch('');
  };

  return (
    <Page title="Experiments" primaryAction={{ content: 'New experiment', url: '/experiments/new' }}>
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        <SilenceNotice silence={silence} themeEditor={themeEditor} timeZone={timeZone} />
        <Card padding="0">
          {none ? (
            <EmptyState
              heading="Find out what earns more"
              action={{ content: 'New experiment', url: '/experiments/new' }}
              image=""
            >
              <p>
                Show half of your visitors another title, another list or nothing at all, and see what each version
                really earns per visitor, after discounts, free shipping, returns and costs.
              </p>
            </EmptyState>
          ) : (
            <>
              <IndexFilters
                queryValue={search}
                queryPlaceholder="Search experiments by name"
                onQueryChange={setSearch}
                onQueryClear={clear}
                cancelAction={{ onAction: clear }}
                tabs={views.map(([id, content]) => ({ id, content }))}
                selected={views.findIndex(([id]) => id === query.state)}
                onSelect={(index) => {
                  go({ state: views[index]?.[0] ?? 'all' });
                }}
                filters={[]}
                onClearAll={clear}
                hideFilters
                canCreateNewView={false}
                mode={mode}
                setMode={setMode}
                loading={loading}
              />
              <IndexTable
                resourceName={{ singular: 'experiment', plural: 'experiments' }}
                itemCount={list.items.length}
                headings={[
                  { title: 'Experiment' },
                  { title: 'State' },
                  { title: 'Versions', alignment: 'end' },
                  { title: 'Started' },
                ]}
                selectable={false}
                condensed={smDown}
                emptyState={
                  <EmptyState
                    heading="No experiment fits"
                    image=""
                    action={{
                      content: 'Show all experiments',
                      onAction: () => {
                        setSearch('');
                        go({ search: '', state: 'all' });
                      },
                    }}
                  >
                    <p>Change the search or choose another view.</p>
                  </EmptyState>
                }
                pagination={{
                  hasPrevious: query.page > 1,
                  hasNext: query.page < pages,
                  onPrevious: () => {
                    go({ page: String(query.page - 1) });
                  },
                  onNext: () => {
                    go({ page: String(query.page + 1) });
                  },
                  label: `Page ${String(query.page)} of ${String(pages)}`,
                }}
              >
                {list.items.map((test, index) => (
                  <ExperimentRow
                    key={test.id}
                    test={test}
                    index={index}
                    bundles={bundles}
                    now={now}
                    condensed={smDown}
                  />
                ))}
              </IndexTable>
            </>
          )}
        </Card>
      </BlockStack>
    </Page>
  );
}

interface ExperimentRowProps {
  readonly test: SplitTest;
  readonly index: number;
  readonly bundles: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly condensed: boolean;
}

function ExperimentRow({ test, index, bundles, now, condensed }: ExperimentRowProps) {
  const { tone, text } = stateWords[test.state];
  const started = test.startedAt ? formatAge(test.startedAt, now) : 'Not yet';
  const name = (
    <BlockStack gap="050">
      <Link to={`/experiments/${test.id}`} className="row-link">
        {test.title}
      </Link>
      <Text as="span" tone="subdued" variant="bodySm">
        {subjectWords(test.subject, bundles)}
      </Text>
    </BlockStack>
  );
  if (condensed) {
    return (
      <IndexTable.Row id={test.id} position={index}>
        <div className="condensed-row">
          {name}
          <Text as="span" tone="subdued">
            <Badge tone={tone}>{text}</Badge> {started}
          </Text>
        </div>
      </IndexTable.Row>
    );
  }
  return (
    <IndexTable.Row id={test.id} position={index}>
      <IndexTable.Cell>{name}</IndexTable.Cell>
      <IndexTable.Cell>
        <Badge tone={tone}>{text}</Badge>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric>
          {String(test.arms.length)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>{started}</IndexTable.Cell>
    </IndexTable.Row>
  );
}
