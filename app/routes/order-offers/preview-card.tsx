import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { ExampleProduct } from '#app/flows/order-offer-settings.ts';
import { formatBps, formatMoney } from '../../ui/format.ts';
import { Thumb } from '../../ui/thumb.tsx';

interface PreviewCardProps {
  readonly active: boolean;
  readonly discountBps: number;
  readonly examples: readonly ExampleProduct[];
  readonly currency: string;
}

/** What a shopper would see now, with what is typed and not saved yet. */
export function PreviewCard({ active, discountBps, examples, currency }: PreviewCardProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          Preview
        </Text>
        {!active ? (
          <Text as="p" tone="subdued">
            Off: shoppers see nothing.
          </Text>
        ) : examples.length === 0 ? (
          <Text as="p" tone="subdued">
            There are no recommendations yet. They come with the first training.
          </Text>
        ) : (
          <BlockStack gap="300">
            <Text as="p" fontWeight="semibold">
              Goes well with your order
            </Text>
            {examples.map((product) => (
              <Example key={product.id} product={product} discountBps={discountBps} currency={currency} />
            ))}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}

function Example({
  product: { title, imageUrl, priceMinor, largestBps },
  discountBps,
  currency,
}: {
  readonly product: ExampleProduct;
  readonly discountBps: number;
  readonly currency: string;
}) {
  const price = formatMoney(priceMinor, currency);
  const reduced = discountBps > 0 && discountBps <= largestBps;
  const now = formatMoney(priceMinor - Math.floor((priceMinor * discountBps + 5000) / 10_000), currency);
  return (
    <InlineStack gap="300" blockAlign="center" wrap={false}>
      <Thumb url={imageUrl} />
      <BlockStack>
        <Text as="span">{title}</Text>
        {reduced ? (
          <Text as="span">
            {now} <s>{price}</s>
          </Text>
        ) : (
          <Text as="span" tone="subdued">
            {price}
          </Text>
        )}
        {discountBps > largestBps ? (
          <Text as="span" tone="subdued" variant="bodySm">
            {largestBps === 0
              ? 'At its price: your minimum margin leaves no room.'
              : `At its price: your minimum margin leaves room for ${formatBps(largestBps)}.`}
          </Text>
        ) : null}
      </BlockStack>
    </InlineStack>
  );
}
