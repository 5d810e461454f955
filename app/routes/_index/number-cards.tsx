import { BlockStack, Card, InlineGrid, InlineStack, Link, Text } from '@shopify/polaris';
import type { BundleSales, SuggestionTotals } from '#app/domains/insights/index.ts';
import type { HomeNumbers } from '#app/flows/home-numbers.ts';
import { trendValues } from '../../ui/charts/geometry.ts';
import { ShareBars } from '../../ui/charts/share-bars.tsx';
import { Sparkline } from '../../ui/charts/sparkline.tsx';
import { Trend } from '../../ui/charts/trend.tsx';
import { FigureCard } from '../../ui/figure-card.tsx';
import { formatCount, formatDay, formatMoney, formatMoneyTick, formatPlural, formatShare } from '../../ui/format.ts';
import { changeWords } from './change-words.ts';

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly line: readonly number[];
}

/** The store's key numbers with their trend and how they changed. */
export function KeyNumbers({ numbers }: { numbers: HomeNumbers }) {
  const { totals, previous, days, span } = numbers;
  const money = (minor: number): string => formatMoney(minor, span.currency, { whole: Math.abs(minor) >= 1_000_000 });
  const share = totals.revenueMinor > 0 ? totals.trellisRevenueMinor / totals.revenueMinor : 0;
  const figures: readonly Figure[] = [
    {
      name: 'Revenue',
      value: money(totals.revenueMinor),
      note: changeWords(totals.revenueMinor, previous.revenueMinor),
      line: days.map((day) => day.revenueMinor),
    },
    {
      name: 'Orders',
      value: formatCount(totals.orders),
      note: changeWords(totals.orders, previous.orders),
      line: days.map((day) => day.orders),
    },
    {
      name: 'Average order',
      value: totals.averageOrderMinor === null ? 'No orders' : money(totals.averageOrderMinor),
      note: changeWords(totals.averageOrderMinor ?? 0, previous.averageOrderMinor ?? 0),
      line: days.map((day) => day.averageOrderMinor ?? 0),
    },
    {
      name: 'Sold through Trellis',
      value: money(totals.trellisRevenueMinor),
      note: `${formatShare(share)} of revenue, ${formatPlural(totals.trellisOrders, 'order')}`,
      line: days.map((day) => day.trellisRevenueMinor),
    },
  ];
  return (
    <InlineGrid columns={{ xs: 2, lg: 4 }} gap={{ xs: '200', sm: '400' }}>
      {figures.map(({ name, value, note, line }) => (
        <FigureCard key={name} name={name} value={value} note={note}>
          <Sparkline values={trendValues(line)} label={`${name} by day, now ${value}, ${note}`} />
        </FigureCard>
      ))}
    </InlineGrid>
  );
}

/** Revenue day by day. */
export function RevenueCard({ numbers: { days, span } }: { numbers: HomeNumbers }) {
  return (
    <Card>
      <Trend
        title="Revenue by day"
        unit="Revenue"
        unfinished
        formatTick={(minor, step) => formatMoneyTick(minor, step, span.currency)}
        points={days.map((day) => ({
          label: formatDay(`${day.day}T00:00:00Z`, 'UTC'),
          value: day.revenueMinor,
          text: formatMoney(day.revenueMinor, span.currency),
        }))}
      />
    </Card>
  );
}

/** What shoppers did with suggestions. */
export function SuggestionsCard({ totals }: { totals: SuggestionTotals }) {
  const steps = [
    ['Shown', totals.impressions],
    ['Clicked', totals.clicks],
    ['Bought', totals.bought],
  ] as const;
  const most = Math.max(...steps.map(([, count]) => count));
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingSm">
            Suggestions
          </Text>
          <Link url="/recommendations">See all</Link>
        </InlineStack>
        {most === 0 ? (
          <Text as="p" tone="subdued">
            Nothing was shown to shoppers in this time.
          </Text>
        ) : (
          <ShareBars
            title="What shoppers did with suggestions"
            bars={steps.map(([label, value]) => ({ label, value, text: formatCount(value) }))}
            of={most}
          />
        )}
      </BlockStack>
    </Card>
  );
}

/** The bundles that sold best. */
export function BundlesCard({ bundles, currency }: { bundles: readonly BundleSales[]; currency: string }) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingSm">
            Bundles sold
          </Text>
          <Link url="/bundles">See all</Link>
        </InlineStack>
        {bundles.length === 0 ? (
          <Text as="p" tone="subdued">
            No bundle was bought in this time.
          </Text>
        ) : (
          <ShareBars
            title="Revenue of bundles"
            bars={bundles.slice(0, 5).map((bundle) => ({
              label: bundle.title,
              value: bundle.revenueMinor,
              text: `${formatMoney(bundle.revenueMinor, currency)} · ${formatPlural(bundle.orders, 'order')}`,
            }))}
            of={bundles[0]?.revenueMinor ?? 0}
          />
        )}
      </BlockStack>
    </Card>
  );
}
