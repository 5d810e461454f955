import { BlockStack, Card, InlineStack, Spinner, Text } from '@shopify/polaris';
import type { CountAnswer } from '#app/flows/segments/count-segment.ts';
import { formatCount, formatMoney, formatPlural, formatShare } from '../../ui/format.ts';

interface CountCardProps {
  /** none before the first answer */
  readonly count: CountAnswer | undefined;
  readonly counting: boolean;
  readonly currency: string;
}

/** How many customers meet the conditions as they stand, and a few of them. */
export function CountCard({ count, counting, currency }: CountCardProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Who is in it now
          </Text>
          {counting ? <Spinner size="small" accessibilityLabel="Counting" /> : null}
        </InlineStack>
        <div role="status">
          <Words count={count} counting={counting} currency={currency} />
        </div>
        {count?.code === 'counted' && count.sample.length > 0 ? (
          <ul className="segment-sample">
            {count.sample.map(({ customerId, orders, spentMinor }) => (
              <li key={customerId}>
                <span>Customer {customerId}</span>
                <span>
                  {formatPlural(orders, 'order')}, {formatMoney(spentMinor, currency)}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function Words({ count, counting, currency }: CountCardProps) {
  if (!count && counting) return <Text as="p">The first count is on its way.</Text>;
  if (!count) return <Text as="p">Add a condition to see how many customers meet it.</Text>;
  if (count.code === 'incomplete')
    return <Text as="p">Complete the conditions to see how many customers meet them.</Text>;
  if (count.code === 'too-heavy')
    return (
      <Text as="p" tone="critical">
        This takes too long to count while you type. Shorten the spans or leave a condition out; you can save it as it
        is, and it is counted in the background.
      </Text>
    );
  const { customers, all, spentMinor, divided } = count;
  return (
    <BlockStack gap="100">
      <Text as="p" variant="headingLg">
        {formatPlural(customers, 'customer')}
      </Text>
      <Text as="p" tone="subdued">
        {all > 0 ? `${formatShare(Math.min(1, customers / all))} of ${formatCount(all)}. ` : ''}
        They spent {formatMoney(spentMinor, currency, { whole: true })} so far.
        {divided ? '' : ' Your past orders are still being counted: the number grows in a moment.'}
      </Text>
    </BlockStack>
  );
}
