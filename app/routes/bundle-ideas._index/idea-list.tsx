import { Link } from '@remix-run/react';
import {
  Badge,
  Button,
  Card,
  ChoiceList,
  EmptyState,
  IndexFilters,
  IndexFiltersMode,
  IndexTable,
  InlineStack,
  type SortButtonChoice,
  Text,
  useBreakpoints,
} from '@shopify/polaris';
import { useState } from 'react';
import { formatAbout, formatBps, formatCount, formatShare } from '../../ui/format.ts';
import { type IdeaQuery, type IdeaRow, ideaViews } from '../../ui/ideas/idea-row.ts';
import { coverWords, kindWords, rangeWords, refusalWords } from '../../ui/ideas/idea-words.ts';
import type { IdeaChange } from '../../ui/ideas/use-idea-change.ts';
import { Thumb } from '../../ui/thumb.tsx';
import { useListAddress } from '../../ui/use-list-address.ts';
import type { IdeasPageProps } from './ideas-page.tsx';

const viewWords: Readonly<Record<IdeaQuery['view'], string>> = {
  ideas: 'Ideas',
  refused: 'Refused',
  dismissed: 'Dismissed',
  drafted: 'Made a bundle',
};

const sorts: readonly SortButtonChoice[] = [
  { label: 'Expected profit', value: 'profit desc', directionLabel: 'Highest first' },
  { label: 'Orders', value: 'support desc', directionLabel: 'Most first' },
  { label: 'Attach rate', value: 'attach desc', directionLabel: 'Highest first' },
  { label: 'Margin', value: 'margin desc', directionLabel: 'Highest first' },
  { label: 'Stock cover', value: 'cover desc', directionLabel: 'Longest first' },
];

const headings: [{ title: string }, ...{ title: string; alignment?: 'end'; hidden?: boolean }[]] = [
  { title: 'Idea' },
  { title: 'Orders', alignment: 'end' },
  { title: 'Attach rate', alignment: 'end' },
  { title: 'Margin', alignment: 'end' },
  { title: 'Stock cover', alignment: 'end' },
  { title: 'Profit a month', alignment: 'end' },
  { title: 'Actions', hidden: true },
];

/** The ideas with search, views, filter by kind and sorting, all kept in the address. */
export function IdeaList(props: IdeasPageProps & { change: IdeaChange }) {
  const { rows, counts, query, currency, change } = props;
  const { smDown } = useBreakpoints();
  const [mode, setMode] = useState(IndexFiltersMode.Default);
  const { search, setSearch, go } = useListAddress(query.search);
  const kinds = Object.entries(kindWords).map(([value, label]) => ({ value, label }));
  const clear = (): void => {
    setSearch('');
    go({ search: '', kind: '' });
  };
  return (
    <Card padding="0">
      <IndexFilters
        queryValue={search}
        queryPlaceholder="Search ideas by product"
        onQueryChange={setSearch}
        onQueryClear={() => {
          setSearch('');
        }}
        cancelAction={{ onAction: clear }}
        tabs={ideaViews.map((view) => ({ id: view, content: viewWords[view], badge: String(counts[view] ?? 0) }))}
        selected={ideaViews.indexOf(query.view)}
        onSelect={(index) => {
          go({ view: ideaViews[index] ?? 'ideas' });
        }}
        sortOptions={[...sorts]}
        sortSelected={[`${query.sort} desc`]}
        onSort={([value]) => {
          go({ sort: value?.split(' ')[0] ?? 'profit' });
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
                choices={kinds}
                selected={query.kind === 'all' ? [] : [query.kind]}
                onChange={([value]) => {
                  go({ kind: value ?? '' });
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
                  label: kindWords[query.kind],
                  onRemove: () => {
                    go({ kind: '' });
                  },
                },
              ]
        }
        onClearAll={clear}
        canCreateNewView={false}
        mode={mode}
        setMode={setMode}
      />
      <IndexTable
        resourceName={{ singular: 'idea', plural: 'ideas' }}
        itemCount={rows.length}
        headings={headings}
        selectable={false}
        condensed={smDown}
        emptyState={
          <EmptyState heading="Nothing here" image="" action={{ content: 'Clear search and filter', onAction: clear }}>
            <p>{query.view === 'refused' ? 'No idea was refused.' : 'Choose another view, or search again.'}</p>
          </EmptyState>
        }
      >
        {rows.map((row, index) => (
          <Row key={row.id} row={row} index={index} currency={currency} condensed={smDown} change={change} />
        ))}
      </IndexTable>
    </Card>
  );
}

interface RowProps {
  readonly row: IdeaRow;
  readonly index: number;
  readonly currency: string;
  readonly condensed: boolean;
  readonly change: IdeaChange;
}

function Row({ row, index, currency, condensed, change }: RowProps) {
  const profit = row.best ? formatAbout(row.best.profit.value, currency) : '–';
  const name = (
    <div className="bundle-name">
      <Thumb url={row.imageUrl} />
      <div className="bundle-row-words">
        <Link to={`/bundle-ideas/${row.id}`} className="row-link">
          {row.title}
        </Link>
        <InlineStack gap="100">
          <Badge>{kindWords[row.kind]}</Badge>
          {row.refusal ? <Badge tone="warning">{refusalWords[row.refusal][0]}</Badge> : null}
          {row.trend === 'steady' ? null : (
            <Badge tone={row.trend === 'rising' ? 'success' : 'attention'}>
              {row.trend === 'rising' ? 'Rising' : 'Falling'}
            </Badge>
          )}
        </InlineStack>
      </div>
    </div>
  );
  const settle =
    row.status === 'drafted' ? null : (
      <Button
        size="slim"
        variant="tertiary"
        disabled={change.busy}
        accessibilityLabel={`${row.status === 'dismissed' ? 'Bring back' : 'Dismiss'} ${row.title}`}
        onClick={() => {
          if (row.status === 'dismissed') change.restore(row.id);
          else change.dismiss(row.id);
        }}
      >
        {row.status === 'dismissed' ? 'Bring back' : 'Dismiss'}
      </Button>
    );
  if (condensed)
    return (
      <IndexTable.Row id={row.id} position={index}>
        <div className="condensed-row">
          {name}
          <InlineStack gap="200" align="space-between" blockAlign="center">
            <Text as="span" tone="subdued">
              {`${profit} a month · ${formatShare(row.attach)} of ${formatCount(row.chances)} orders`}
            </Text>
            {settle}
          </InlineStack>
        </div>
      </IndexTable.Row>
    );
  const cells: readonly (readonly [string, string?])[] = [
    [formatCount(row.support)],
    [formatShare(row.attach)],
    [
      row.marginBps === null ? '–' : formatBps(Math.round(row.marginBps / 10) * 10),
      row.costAssumed ? 'cost assumed' : undefined,
    ],
    [coverWords(row.cover)],
    [profit, row.best ? `at ${formatBps(row.best.basisPoints)} off` : undefined],
  ].map(([text = '', note]) => (note === undefined ? [text] : [text, note]));
  return (
    <IndexTable.Row id={row.id} position={index}>
      <IndexTable.Cell className="idea-cell">{name}</IndexTable.Cell>
      {cells.map(([text, note], at) => (
        <IndexTable.Cell key={at}>
          <Text as="span" alignment="end" numeric>
            {at === 4 && row.best ? <span title={rangeWords(row.best.profit, currency)}>{text}</span> : text}
          </Text>
          {note ? (
            <Text as="p" alignment="end" tone="subdued" variant="bodySm">
              {note}
            </Text>
          ) : null}
        </IndexTable.Cell>
      ))}
      <IndexTable.Cell>{settle}</IndexTable.Cell>
    </IndexTable.Row>
  );
}
