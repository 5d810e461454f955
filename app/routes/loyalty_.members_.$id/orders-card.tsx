import { useSearchParams } from '@remix-run/react';
import { BlockStack, Button, Card, DataTable, InlineStack, Text } from '@shopify/polaris';
import { formatCount, formatMoment } from '../../ui/format.ts';
import type { ReasonWords } from '../loyalty/reason-words.ts';

/** What one order gave and why. */
export interface OrderRow {
  readonly orderId: string;
  readonly name: string;
  readonly placedAt: Date;
  readonly points: number;
  readonly reasons: readonly ReasonWords[];
  readonly version: number;
  readonly from: Date;
}

interface OrdersCardProps {
  readonly orders: readonly OrderRow[];
  readonly first: boolean;
  /** for the page after this one (`orders`); null on the last */
  readonly next: string | null;
  readonly timeZone: string;
}

/** Each order with the rules that it earned by: those of the moment in which it was placed, whatever holds today. */
export function OrdersCard({ orders, first, next, timeZone }: OrdersCardProps) {
  const [, setParams] = useSearchParams();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Points of orders
        </Text>
        <Text as="p" tone="subdued">
          What each order gives as it stands now, by the rules that were in force when it was placed.
        </Text>
        <DataTable
          columnContentTypes={['text', 'text', 'numeric', 'text', 'text']}
          headings={['Order', 'Placed', 'Points', 'Why', 'Rules']}
          verticalAlign="top"
          rows={orders.map((order) => [
            order.name === '' ? order.orderId : order.name,
            formatMoment(order.placedAt, timeZone),
            formatCount(order.points),
            <BlockStack key={order.orderId}>
              {order.reasons.length === 0 ? (
                <Text as="span">No rule gives points for it as it stands now</Text>
              ) : (
                order.reasons.map(({ text, points }, index) => (
                  <Text key={`${String(index)} ${text}`} as="span" breakWord>
                    {points > 0 ? '+' : ''}
                    {formatCount(points)} · {text}
                  </Text>
                ))
              )}
            </BlockStack>,
            `Version ${String(order.version)}, from ${formatMoment(order.from, timeZone)}`,
          ])}
        />
        <InlineStack gap="200">
          {first ? null : (
            <Button
              onClick={() => {
                setParams({});
              }}
            >
              Newest orders
            </Button>
          )}
          {next === null ? null : (
            <Button
              onClick={() => {
                setParams({ orders: next });
              }}
            >
              Earlier orders
            </Button>
          )}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
