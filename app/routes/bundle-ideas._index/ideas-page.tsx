import { Banner, BlockStack, Box, Card, EmptyState, Page, Text } from '@shopify/polaris';
import type { Run } from '#app/domains/activity/index.ts';
import type { SearchReport } from '#app/domains/bundle-ideas/index.ts';
import { formatAge, formatCount, formatPlural } from '../../ui/format.ts';
import type { IdeaQuery, IdeaRow } from '../../ui/ideas/idea-row.ts';
import { ideasCsv } from '../../ui/ideas/ideas-csv.ts';
import { useIdeaChange } from '../../ui/ideas/use-idea-change.ts';
import { RunProgress } from '../../ui/runs/run-progress.tsx';
import { usePolling } from '../../ui/use-polling.ts';
import { IdeaList } from './idea-list.tsx';
import { RefusedCard } from './refused-card.tsx';

export interface IdeasPageProps {
  readonly run: Run | null;
  readonly report: SearchReport | null;
  readonly searchedAt: Date | null;
  readonly rows: readonly IdeaRow[];
  /** what was found and is not proposed, most orders first */
  readonly refused: readonly IdeaRow[];
  /** there are ideas, whatever the filter shows */
  readonly any: boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** orders that are still needed before a search says anything */
  readonly missing: number;
  /** orders with two or more different products that a search needs */
  readonly needed: number;
  readonly query: IdeaQuery;
  readonly currency: string;
  readonly now: Date;
}

/** Which bundles the shop's own orders speak for, and what each would earn. */
export function IdeasPage(props: IdeasPageProps) {
  const { run, any, rows, currency } = props;
  const change = useIdeaChange();
  const open = run !== null && (run.status === 'queued' || run.status === 'running');
  usePolling(open);
  return (
    <Page
      title="Bundle ideas"
      backAction={{ content: 'Bundles', url: '/bundles' }}
      primaryAction={{
        content: any ? 'Search again' : 'Find bundle ideas',
        onAction: change.search,
        disabled: open || change.busy,
      }}
      secondaryActions={[
        {
          content: 'Export',
          accessibilityLabel: 'Export the list as CSV',
          disabled: rows.length === 0,
          onAction: () => {
            download(ideasCsv(rows, currency));
          },
        },
      ]}
    >
      <BlockStack gap="400">
        {change.problem ? <Banner tone="critical" title={change.problem} /> : null}
        {open ? (
          <Card>
            <RunProgress run={run} />
          </Card>
        ) : null}
        {run?.status === 'failed' ? (
          <Banner
            tone="critical"
            title="The last search did not finish"
            action={{ content: 'Try again', onAction: change.search }}
          >
            <p>{run.error}</p>
          </Banner>
        ) : null}
        {any ? (
          <>
            <Summary {...props} />
            <IdeaList {...props} change={change} />
            {props.query.view === 'ideas' ? <RefusedCard refused={props.refused} /> : null}
          </>
        ) : (
          <Card>
            <NothingYet {...props} open={open} onSearch={change.search} />
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}

function Summary({ report, searchedAt, now }: IdeasPageProps) {
  if (!report || !searchedAt) return null;
  const capped =
    report.capped > 0
      ? ` ${formatPlural(report.capped, 'more order')} of buyers who order very often ${report.capped === 1 ? 'was' : 'were'} left out, so that nobody speaks for everybody.`
      : '';
  const covered = report.covered > 0 ? ` ${formatPlural(report.covered, 'idea')} you sell as a bundle already.` : '';
  return (
    <Box paddingInline={{ xs: '400', sm: '0' }}>
      <Text as="p" tone="subdued">
        {`Found ${formatAge(searchedAt, now)} in ${formatPlural(report.orders, 'order')} with ${formatPlural(report.products, 'product')}; a pair had to be in at least ${formatCount(report.threshold)} of them.${capped}${covered}`}
      </Text>
    </Box>
  );
}

function NothingYet({
  missing,
  needed,
  report,
  open,
  onSearch,
}: IdeasPageProps & { open: boolean; onSearch: () => void }) {
  if (open)
    return (
      <EmptyState heading="Your orders are being read" image="">
        <p>This takes seconds for most stores. You may leave this page.</p>
      </EmptyState>
    );
  if (missing > 0)
    return (
      <EmptyState heading={`${formatPlural(missing, 'more order')} needed`} image="">
        <p>
          {`Ideas come from what shoppers put into one cart. They need ${String(needed)} orders with two or more different products; you have ${String(needed - missing)}. Until then you can make a bundle yourself.`}
        </p>
      </EmptyState>
    );
  if (report)
    return (
      <EmptyState heading="No clear pattern yet" image="" action={{ content: 'Search again', onAction: onSearch }}>
        <p>
          {`In ${formatPlural(report.orders, 'order')} no products are bought together clearly more often than by chance. More orders will tell more.`}
        </p>
      </EmptyState>
    );
  return (
    <EmptyState
      heading="What should you bundle?"
      image=""
      action={{ content: 'Find bundle ideas', onAction: onSearch }}
    >
      <p>
        Trellis reads your past orders, finds what is bought together, and works out which discount would pay without
        breaking your minimum margin.
      </p>
    </EmptyState>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'bundle-ideas.csv';
  link.click();
  URL.revokeObjectURL(url);
}
