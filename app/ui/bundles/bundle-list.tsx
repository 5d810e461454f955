import {
  Card,
  ChoiceList,
  EmptyState,
  IndexFilters,
  IndexFiltersMode,
  IndexTable,
  Page,
  type SortButtonChoice,
  useBreakpoints,
  useIndexResourceState,
} from '@shopify/polaris';
import { useState } from 'react';
import type { BundleListQuery, BundlePage } from '#app/domains/bundles/index.ts';
import type { LeftOutBundle } from './left-out-notice.tsx';
import { BundleNotices } from './bundle-notices.tsx';
import { BundleRow, bundleHeadings } from './bundle-row.tsx';
import { kindOrder, kindWords } from './kinds.ts';
import { DeleteBundles } from './delete-bundles.tsx';
import type { BundlePromise } from './promise.ts';
import { useBundleChange } from './use-bundle-change.ts';
import type { StoreStanding } from '../store-notice.tsx';
import { useListAddress } from '../use-list-address.ts';

const views = [
  ['all', 'All'],
  ['live', 'Live'],
  ['scheduled', 'Scheduled'],
  ['draft', 'Draft'],
  ['paused', 'Paused'],
  ['expired', 'Ended'],
] as const satisfies readonly (readonly [BundleListQuery['status'], string])[];

const sorts: readonly SortButtonChoice[] = [
  { label: 'Last changed', value: 'updated desc', directionLabel: 'Newest first' },
  { label: 'Title', value: 'title asc', directionLabel: 'A to Z' },
  { label: 'Revenue', value: 'revenue desc', directionLabel: 'Highest first' },
];

interface BundleListProps {
  readonly list: BundlePage;
  /** by bundle id */
  readonly promises: Readonly<Record<string, BundlePromise>>;
  /** the checkout tries all live bundles even in the largest carts */
  readonly allTried: boolean;
  /** live bundles that the store's discount cannot hold */
  readonly leftOut: readonly LeftOutBundle[];
  /** of pages in the store, by bundle id */
  readonly addresses: Readonly<Record<string, string>>;
  readonly query: Pick<BundleListQuery, 'search' | 'status' | 'kind' | 'sort' | 'page'>;
  readonly currency: string;
  readonly standing: StoreStanding;
}

/** All bundles of the shop: search, views, sorting, paging, and what can be done to one or many. */
export function BundleList({
  list,
  promises,
  allTried,
  leftOut,
  addresses,
  query,
  currency,
  standing,
}: BundleListProps) {
  const { smDown } = useBreakpoints();
  const change = useBundleChange();
  const { search, setSearch, go, loading } = useListAddress(query.search);
  const [mode, setMode] = useState(IndexFiltersMode.Default);
  const rows = list.items.map((item) => ({ id: item.bundle.id, item }));
  const selection = useIndexResourceState(rows);
  const run = (intent: 'activate' | 'pause'): void => {
    change.run(intent, selection.selectedResources);
    selection.clearSelection();
  };
  const none = list.total === 0 && query.search === '' && query.status === 'all' && query.kind === 'all';
  const pages = Math.max(1, Math.ceil(list.total / list.pageSize));

  return (
    <Page
      title="Bundles"
      primaryAction={{ content: 'Create bundle', url: '/bundles/new' }}
      secondaryActions={[
        { content: 'Find ideas', url: '/bundle-ideas' },
        { content: 'Try a cart', url: '/bundles/try' },
      ]}
      fullWidth={false}
    >
      <DeleteBundles change={change} />
      <BundleNotices
        standing={standing}
        problems={change.problems}
        promises={Object.values(promises)}
        allTried={allTried}
        leftOut={leftOut}
      />
      <Card padding="0">
        {none ? (
          <EmptyState
            heading="Sell products together"
            action={{ content: 'Create bundle', url: '/bundles/new' }}
            image=""
          >
            <p>
              Sets, boxes, quantity breaks, gifts, goals for the cart: choose what you want to offer. It appears in your
              store and is taken off at checkout, never below your minimum margin.
            </p>
          </EmptyState>
        ) : (
          <>
            <IndexFilters
              queryValue={search}
              queryPlaceholder="Search bundles by title"
              onQueryChange={setSearch}
              onQueryClear={() => {
                setSearch('');
              }}
              cancelAction={{
                onAction: () => {
                  setSearch('');
                },
              }}
              tabs={views.map(([id, content]) => ({ id, content }))}
              selected={views.findIndex(([id]) => id === query.status)}
              onSelect={(index) => {
                go({ status: views[index]?.[0] ?? 'all' });
              }}
              sortOptions={[...sorts]}
              sortSelected={[sorts.find(({ value }) => value.startsWith(query.sort))?.value ?? 'updated desc']}
              onSort={([value]) => {
                go({ sort: value?.split(' ')[0] ?? 'updated' });
              }}
              filters={[
                {
                  key: 'kind',
                  label: 'Kind',
                  shortcut: true,
                  filter: (
                    <ChoiceList
                      title="Kind"
                      titleHidden
                      choices={kindOrder.map((kind) => ({ value: kind, label: kindWords[kind].name }))}
                      selected={query.kind === 'all' ? [] : [query.kind]}
                      onChange={([kind]) => {
                        go({ kind: kind ?? '' });
                      }}
                    />
                  ),
                },
              ]}
              appliedFilters={
                query.kind === 'all'
                  ? []
                  : [
                      {
                        key: 'kind',
                        label: kindWords[query.kind].name,
                        onRemove: () => {
                          go({ kind: '' });
                        },
                      },
                    ]
              }
              onClearAll={() => {
                setSearch('');
                go({ search: '', kind: '' });
              }}
              canCreateNewView={false}
              mode={mode}
              setMode={setMode}
              loading={loading}
            />
            <IndexTable
              resourceName={{ singular: 'bundle', plural: 'bundles' }}
              itemCount={rows.length}
              headings={bundleHeadings}
              condensed={smDown}
              selectedItemsCount={selection.allResourcesSelected ? 'All' : selection.selectedResources.length}
              onSelectionChange={selection.handleSelectionChange}
              promotedBulkActions={[
                {
                  content: 'Activate',
                  onAction: () => {
                    run('activate');
                  },
                },
                {
                  content: 'Pause',
                  onAction: () => {
                    run('pause');
                  },
                },
              ]}
              bulkActions={[
                {
                  content: 'Delete',
                  onAction: () => {
                    change.askDelete(selection.selectedResources);
                    selection.clearSelection();
                  },
                },
              ]}
              emptyState={
                <EmptyState
                  heading="No bundle fits"
                  image=""
                  action={{
                    content: 'Show all bundles',
                    onAction: () => {
                      setSearch('');
                      go({ search: '', status: 'all', kind: '' });
                    },
                  }}
                >
                  <p>Change the search or choose another view.</p>
                </EmptyState>
              }
              pagination={{
                hasPrevious: list.page > 1,
                hasNext: list.page < pages,
                onPrevious: () => {
                  go({ page: String(list.page - 1) });
                },
                onNext: () => {
                  go({ page: String(list.page + 1) });
                },
                label: `Page ${String(list.page)} of ${String(pages)}`,
              }}
            >
              {rows.map((row, index) => (
                <BundleRow
                  key={row.id}
                  item={row.item}
                  promise={promises[row.id] ?? { state: 'whole' }}
                  leftOut={leftOut.some(({ id }) => id === row.id)}
                  address={addresses[row.id] ?? null}
                  index={index}
                  selected={selection.selectedResources.includes(row.id)}
                  currency={currency}
                  condensed={smDown}
                  change={change}
                />
              ))}
            </IndexTable>
          </>
        )}
      </Card>
    </Page>
  );
}
