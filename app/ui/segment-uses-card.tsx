import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { SegmentUses } from '#app/flows/segments/segment-uses.ts';
import { stateWords } from './personal-offers/words.ts';

/** What stands on a segment; a change of it changes whom they reach. */
export function SegmentUsesCard({ offers }: Pick<SegmentUses, 'offers'>) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Where it is used
        </Text>
        {offers.length === 0 ? (
          <Text as="p" tone="subdued">
            No personal offer goes to this segment.
          </Text>
        ) : (
          offers.map(({ id, title, status }) => {
            const { label, ...look } = stateWords[status];
            return (
              <InlineStack key={id} gap="200" blockAlign="center">
                <Link url={`/personal-offers/${id}`}>{title}</Link>
                <Badge {...look}>{label}</Badge>
              </InlineStack>
            );
          })
        )}
      </BlockStack>
    </Card>
  );
}
