import { BlockStack, Button, Card, Text } from '@shopify/polaris';

/** Leads from a live bundle to the experiment that tells what it earns. */
export function MeasureCard({ id }: { id: string }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Does it earn more?
        </Text>
        <Text as="p" tone="subdued">
          What was sold in a bundle might have been sold without it. Show it to one half of your visitors only, and see
          what the two halves bring you. Who does not see it still pays its price where their cart has it; the
          comparison counts that saving as not given.
        </Text>
        <Button url={`/experiments/new?bundle=${id}`}>Find out what it earns</Button>
      </BlockStack>
    </Card>
  );
}
